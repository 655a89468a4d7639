#!/bin/sh
# The report shown in the README is the one that silt writes: example.sh ROOT SILT
#
# A line of "..." stands for lines left out.
set -u
cd "$1" || exit 1
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

sed -n '/^<!-- example: silt scan fixtures\/leaky.tar -->$/,/^<!-- end -->$/p' README.md | sed '1,2d' |
	sed '/^```$/,$d' >"$folder/shown"
[ -s "$folder/shown" ] || { echo "README.md: no example"; exit 1; }
"$2" scan fixtures/leaky.tar >"$folder/written"
[ $? -eq 1 ] || { echo "the scan found nothing"; exit 1; }

awk '
	FNR == NR { written[++last] = $0; next }
	$0 == "..." { skipping = 1; next }
	skipping && $0 == "" { next }
	{
		at++
		while (skipping && at <= last && written[at] != $0) {
			at++
		}
		skipping = 0
		if (written[at] != $0) {
			print "README.md shows another report than silt writes. Shown: " $0
			print "Written, line " at ": " written[at]
			failed = 1
			exit
		}
	}
	END {
		if (!failed && !skipping && at != last) {
			print "README.md shows less of the report than silt writes, and does not say so"
			failed = 1
		}
		exit failed
	}' "$folder/written" "$folder/shown"
