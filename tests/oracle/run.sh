#!/bin/bash
# Runs a comparison in a mount namespace of its own, on a tmpfs, with nothing else writable: run.sh SCRIPT ARGUMENT...
#
# Oracles extract what was made to be odd, and umoci 0.4.7 can delete the parent of its output folder. ORACLE_WORK names
# the tmpfs. Exit status: that of the script; 77 skipped (and says why).
set -euo pipefail

skip() {
	echo "skipped: $*"
	exit 77
}

if [ -z "${ORACLE_WORK:-}" ]; then
	here=$(cd "$(dirname "$0")" && pwd)
	[ "$(id -u)" = 0 ] || skip "trees with owners and devices need root"
	unshare --mount true 2>/dev/null || skip "there are no mount namespaces here"
	ORACLE_WORK=$(mktemp -d "${TMPDIR:-/tmp}/silt-oracle.XXXXXX")
	export ORACLE_WORK
	trap 'rmdir "$ORACLE_WORK"' EXIT
	trap 'exit 130' INT TERM
	script=$here/$1
	shift
	unshare --mount --pid --fork --kill-child --mount-proc bash "$0" python3 -B "$script" "$@"
	exit
fi

mount --make-rprivate /
mount -t tmpfs -o mode=0700,size=1g tmpfs "$ORACLE_WORK"
while read -r _ _ _ _ target _; do
	case $target in
	"$ORACLE_WORK" | /proc | /proc/*) ;;
	*) mount -o remount,bind,ro "$target" 2>/dev/null || true ;;
	esac
done <<<"$(cat /proc/self/mountinfo)"
[ ! -d /dev/shm ] || mount -t tmpfs -o mode=1777,size=16m tmpfs /dev/shm # for the semaphores of Python
if touch "$(dirname "$ORACLE_WORK")/silt-oracle.$$" 2>/dev/null; then
	rm "$(dirname "$ORACLE_WORK")/silt-oracle.$$"
	skip "the file system cannot be made read-only"
fi
mkdir "$ORACLE_WORK/tmp" "$ORACLE_WORK/try" "$ORACLE_WORK/low" "$ORACLE_WORK/lower"
mount -t overlay -o "lowerdir=$ORACLE_WORK/low:$ORACLE_WORK/lower" overlay "$ORACLE_WORK/try" 2>/dev/null ||
	skip "there is no overlayfs here"
umount "$ORACLE_WORK/try"
export TMPDIR=$ORACLE_WORK/tmp HOME=$ORACLE_WORK/tmp
exec "$@"
