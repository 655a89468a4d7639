#!/bin/sh
# The lints of binaries find what they are there for: symbols_and_hardening_find_violations.sh CC ROOT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cc=$1
root=$2
command -v readelf >/dev/null || { echo "needs readelf (binutils)"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# expect PATTERN COMMAND...: the command fails and says so.
expect() {
	pattern=$1
	shift
	if "$@" >said 2>&1; then
		echo "not found: $pattern"
		exit 1
	fi
	grep -q -e "$pattern" said || { echo "did not say '$pattern':"; cat said; exit 1; }
}

echo 'int stray(void); int stray(void) { return 1; }' >stray.c
"$cc" -shared -fPIC -o stray.so stray.c
expect 'in no public header: stray' sh "$here/symbols.sh" "$root" stray.so
expect 'not in the library: silt_audit' sh "$here/symbols.sh" "$root" stray.so

cat >soft.c <<'END'
#include <stdio.h>
int main(int argc, char **argv)
{
	char text[64];
	return argc > 1 ? snprintf(text, sizeof(text), "%s", argv[1]) : 0;
}
END
"$cc" -O2 -no-pie -fno-pie -U_FORTIFY_SOURCE -fno-stack-protector -fcf-protection=none -Wl,-z,norelro,-z,lazy,-z,execstack \
	-Wl,-rpath,/tmp -o soft soft.c
for flaw in position-independent RELRO lazily executable 'stack protector' fortified 'folder of its own'; do
	expect "$flaw" sh "$here/hardening.sh" ./soft
done
