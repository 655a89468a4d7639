#!/bin/sh
# The public headers serve C++ too: cxx.sh ROOT LIBRARY
#
# Each header compiles alone as C++, and a program that names every function links: without extern "C" it would look for
# names that the library does not have. It is not run, so the library may be an instrumented one.
set -u
root=$1
library=$2
for cxx in g++ clang++ ""; do
	[ -n "$cxx" ] || { echo "skipped: neither g++ nor clang++ is there"; exit 77; }
	! command -v "$cxx" >/dev/null || break
done
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$root/include" || exit 1
failed=0

for header in silt/*.h; do
	printf '#include "%s"\n#include "%s"\nint something;\n' "$header" "$header" |
		"$cxx" -std=c++11 -Wall -Wextra -Wpedantic -Werror -I. -fsyntax-only -x c++ - || {
		echo "include/$header: does not compile as C++"
		failed=1
	}
done

{
	echo '#include "silt/silt.h"'
	echo 'typedef void (*function)(void);'
	echo 'function volatile functions[] = {'
	cat silt/*.h | tr '\n' ' ' | tr ';' '\n' | sed -n 's/.*SILT_API [^(]*[ *]\(silt_[a-z_]*\)(.*/	(function)\1,/p'
	echo '};'
	echo 'int main() { return functions[0] == nullptr; }'
} >"$folder/all.cc"
named=$(grep -c '(function)' "$folder/all.cc")
[ "$named" -eq "$(grep -c '^SILT_API' silt/*.h | awk -F : '{ sum += $2 } END { print sum }')" ] || {
	echo "not every function was named in the C++ program: $named"
	failed=1
}
"$cxx" -std=c++11 -I. -o "$folder/all" "$folder/all.cc" "$library" -Wl,--allow-shlib-undefined || {
	echo "a C++ program does not link: a header lacks extern \"C\""
	failed=1
}
exit $failed
