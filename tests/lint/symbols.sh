#!/bin/sh
# What the shared library shows: symbols.sh ROOT LIBRARY. Every symbol begins with silt_ and is declared SILT_API in a
# public header, and every function declared so is there.
set -u
root=$1
library=$2
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
export LC_ALL=C

# Sanitizers and coverage add symbols of their own, which are theirs to name.
nm -D --defined-only "$library" | awk '{ print $3 }' |
	grep -vE '^(__asan|__ubsan|__sanitizer|__odr_asan|__gcov|__llvm|mangle_path|_init$|_fini$)' | sort >"$folder/shown"
# A declaration may take several lines; it ends with ";".
awk '/^SILT_API/ { inside = 1 } inside { print } /;/ { inside = 0 }' "$root"/include/silt/*.h | tr '\n' ' ' | tr ';' '\n' |
	sed -n 's/^ *SILT_API[^(]*[ *]\(silt_[a-z0-9_]*\)(.*/\1/p' | sort >"$folder/declared"

[ -s "$folder/declared" ] || { echo "no SILT_API declarations found"; exit 1; }
if ! diff "$folder/declared" "$folder/shown" >"$folder/difference"; then
	sed -n 's/^< /declared SILT_API but not in the library: /p; s/^> /in the library but in no public header: /p' \
		"$folder/difference"
	exit 1
fi
