#!/bin/sh
# What the linker and compiler were to do for a binary: hardening.sh PROGRAM|LIBRARY...
# Exit status 77: no readelf here.
set -u
command -v readelf >/dev/null || { echo "needs readelf (binutils)"; exit 77; }
failed=0

complain() {
	echo "$binary: $*"
	failed=1
}

for binary; do
	headers=$(readelf -W -h -l -d -n -s "$binary") || exit 1
	holds() {
		echo "$headers" | grep -qE -e "$1"
	}
	holds 'Type: +DYN' || complain "is not position-independent"
	holds 'GNU_RELRO' || complain "has no RELRO: its tables stay writable"
	holds 'FLAGS_1.*NOW|\(BIND_NOW\)|FLAGS.*BIND_NOW' || complain "binds lazily: its jump table stays writable"
	holds 'GNU_STACK +([^ ]+ +){5}RW ' || complain "has an executable stack"
	holds '__stack_chk_fail' || complain "has no stack protector"
	holds '_chk@|_chk *$|_chk ' || complain "is not fortified"
	holds '\((RPATH|RUNPATH)\)' && complain "looks for libraries in a folder of its own"
	# The note that says so for the whole binary is of no use: the start files of Debian lack it, so the linker drops it.
	if holds 'Machine: +Advanced Micro Devices X86-64' && command -v objdump >/dev/null; then
		objdump -d -j .text "$binary" | grep -q endbr64 || complain "has no landing marks for indirect branches (CET)"
	fi
done
exit $failed
