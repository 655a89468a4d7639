#!/bin/sh
# Each public header compiles alone and names nothing but C: headers.sh ROOT CC.
set -u
cd "$1/include" || exit 1
cc=$2
failed=0
for header in silt/*.h; do
	# Twice, so that its guard is tested too. Without _GNU_SOURCE, as in any program that uses the library.
	printf '#include "%s"\n#include "%s"\ntypedef int something;\n' "$header" "$header" |
		"$cc" -std=c17 -Wall -Wextra -Wpedantic -Werror -I. -fsyntax-only -x c - || {
		echo "include/$header: does not compile alone"
		failed=1
	}
	[ "$header" = silt/silt.h ] || grep -q "^#include \"$header\"\$" silt/silt.h ||
		[ "$header" = silt/export.h ] || {
		echo "include/$header: is not in silt/silt.h, which promises everything"
		failed=1
	}
done
exit $failed
