#!/bin/sh
# The reports shown in the documentation are those that silt writes: example.sh ROOT SILT
#
# An example stands between "<!-- example: silt scan fixtures/NAME -->" and "<!-- end -->", in a fenced block. A line of
# "..." in it stands for lines left out.
set -u
cd "$1" || exit 1
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
failed=0

# compare DOCUMENT FIXTURE
compare() {
	sed -n "\\,^<!-- example: silt scan $2 -->\$,,/^<!-- end -->\$/p" "$1" | sed '1,2d' | sed '/^```$/,$d' >"$folder/shown"
	[ -s "$folder/shown" ] || { echo "$1: no example of $2"; return 1; }
	"$silt" scan "$2" >"$folder/written"
	[ $? -le 1 ] || { echo "$2 cannot be scanned"; return 1; }
	awk -v document="$1" '
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
			print document " shows another report than silt writes. Shown: " $0
			print "Written, line " at ": " written[at]
			failed = 1
			exit
		}
	}
	END {
		if (!failed && !skipping && at != last) {
			print document " shows less of the report than silt writes, and does not say so"
			failed = 1
		}
		exit failed
	}' "$folder/written" "$folder/shown"
}

silt=$2
compare README.md fixtures/leaky.tar || failed=1
compare docs/reading-a-report.md fixtures/clean.tar || failed=1
exit $failed
