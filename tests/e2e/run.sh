#!/bin/bash
# Runs one end-to-end test: run.sh TOPIC SENTENCE, where TOPIC.sh holds a function called SENTENCE.
#
# SILT names the program under test. Exit status: 0 passed, 77 skipped (and says why), anything else failed.
#
# As root the test gets namespaces of its own: mounts, processes, network. No builder can reach the network or the
# storage of the system (an empty /run and /var/lib hide them), and when the test ends, however it ends, its daemons and
# its overlay mounts end with it.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
topic=$1 sentence=$2

if [ -z "${E2E_WORK:-}" ]; then
	: "${SILT:?names the program under test}"
	SILT=$(realpath "$SILT")
	E2E_WORK=$(mktemp -d "${TMPDIR:-/tmp}/silt-e2e.XXXXXX")
	export SILT E2E_WORK
	trap 'rm -rf "$E2E_WORK"' EXIT
	trap 'exit 130' INT TERM

	own=(unshare --mount --pid --net --fork --kill-child --mount-proc)
	if [ "$(id -u)" != 0 ] || ! "${own[@]}" true 2>/dev/null; then
		own=()
	fi
	export E2E_ROOT=${#own[@]}
	"${own[@]}" bash "$0" "$topic" "$sentence"
	exit
fi

. "$here/lib.sh"
. "$here/$topic.sh"
begin
"$sentence"
