#!/bin/sh
# Lists of texts that say "In byte order." are, each text once: they are searched by halves. order.sh ROOT
set -u
cd "$1" || exit 1
failed=0
for file in $(grep -l '^/\* In byte order\. \*/' src/*/*.c); do
	# A list is its lines from the comment to the brace; each text becomes "NUMBER TEXT", of the list it is in.
	texts=$(awk '/^\/\* In byte order\. \*\// { list++; inside = 1 }
		inside { while (match($0, /"[^"]*"/)) { print list, substr($0, RSTART + 1, RLENGTH - 2)
							$0 = substr($0, RSTART + RLENGTH) } }
		/};$/ { inside = 0 }' "$file")
	for list in $(printf '%s\n' "$texts" | cut -d ' ' -f 1 | uniq); do
		printf '%s\n' "$texts" | sed -n "s/^$list //p" | LC_ALL=C sort -cu || {
			echo "$file: a list that says it is in byte order is not, or has a text twice"
			failed=1
		}
	done
done
exit $failed
