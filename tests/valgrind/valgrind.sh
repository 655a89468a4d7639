#!/bin/bash
# The unit tests, the tests of the library and the program itself under valgrind: valgrind.sh BUILD ROOT
#
# BUILD is one without sanitizers. What is left out: tests of the sandbox and the watchdog, which are about the process that
# valgrind is; the test that searches the memory of its own process; and the one that tries every rule at every place of
# a block, which takes hours.
set -uo pipefail
build=$(realpath "$1")
root=$(realpath "$2")
export log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
export options="--quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite --child-silent-after-fork=yes
	--num-callers=40 --suppressions=$root/tests/valgrind/suppressions.txt"

# check EXPECTED... -- COMMAND...: ends with 0 if the command, under valgrind, ends with one of them.
check() {
	local expected=() status=0
	while [ "$1" != -- ]; do
		expected+=("$1")
		shift
	done
	shift
	local file=$log/$BASHPID
	# shellcheck disable=SC2086 # words
	valgrind $options "$@" >"$file" 2>&1 || status=$?
	[[ " ${expected[*]} " == *" $status "* ]] && return
	echo "FAILED with $status: $*"
	grep -A12 -m3 '^==' "$file" || tail -20 "$file"
	return 1
}
export -f check

programs=$(find "$build/tests/unit" "$build/tests/flow" -type f -executable \( -name 'unit_*' -o -name 'flow_*' \) |
	grep -vE '/(unit_secret_alignment|unit_cli_sandbox|unit_cli_confined|unit_cli_watchdog|flow_wiping)$' | sort)
inputs=$(printf '%s\n' "$root"/fixtures/*.tar "$root"/tests/fuzz/seeds/bundle/*)
failed=0
cd "$root" || exit 1
xargs -P"$(nproc)" -I{} bash -c 'check 0 -- {}' <<<"$programs" || failed=1
xargs -P"$(nproc)" -I{} bash -c "check 0 1 3 -- $build/silt scan --no-sandbox --quiet {}" <<<"$inputs" || failed=1
echo "$(wc -l <<<"$programs") programs, $(wc -l <<<"$inputs") scans"
exit $failed
