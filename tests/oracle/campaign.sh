#!/bin/bash
# The long comparison: campaign.sh [COUNT [SEED]]. COUNT odd stacks, a third as many well-formed ones, as many hostile tars,
# and a hundredth as many stacks for the runtimes of this system, which take some seconds for each.
#
# ORACLE_LIST_ENTRIES and ORACLE_LIST_TREE name silt's listers. Exit status: 0 all agree, 1 they do not.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
count=${1:-20000} seed=${2:-1}
failed=0

# step COMMAND...: what cannot run here (77) is no failure.
step() {
	echo "==> $*"
	"$here/$1" "${@:2}"
	case $? in
	0 | 77) ;;
	*) failed=1 ;;
	esac
}

step tars.py written
step tars.py hostile "$count" "$seed"
step run.sh stacks.py well-formed $((count / 3)) "$seed"
step run.sh stacks.py odd "$count" "$seed"
step run.sh runtimes.py well-formed $((count / 200)) "$seed"
step run.sh runtimes.py odd $((count / 100)) "$seed"
exit "$failed"
