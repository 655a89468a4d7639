#!/bin/sh
# Each check of the catalogue has examples, and every example a check: catalogue.sh ROOT GENERATOR.
set -u
root=$1
generate=$2
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
failed=0

"$generate" ids | sort >"$folder/checks" || exit 1
(cd "$root/tests/flow/recipes/checks" && ls) | sed -n 's/\.txt$//p' | sort >"$folder/examples"

twice=$(uniq -d "$folder/checks")
[ -z "$twice" ] || { echo "checks with the same id: $twice"; failed=1; }

lacking=$(comm -23 "$folder/checks" "$folder/examples")
[ -z "$lacking" ] || { echo "checks without examples in tests/flow/recipes/checks:" $lacking; failed=1; }

surplus=$(comm -13 "$folder/checks" "$folder/examples")
[ -z "$surplus" ] || { echo "examples of no check:" $surplus; failed=1; }

# checks.py fails for a file without a section of either kind; here the files are at least not empty of them.
for file in "$root"/tests/flow/recipes/checks/*.txt; do
	for kind in yes no; do
		grep -q "^=== $kind " "$file" || { echo "$file has no section '$kind'"; failed=1; }
	done
done

# What a finding is called must be in the catalogue, or be a pattern rule.
grep -rhoE '\.rule = "[a-z0-9-]+"' "$root/src/audit" | sed 's/.*"\(.*\)"/\1/' | sort -u >"$folder/told"
unknown=$(comm -23 "$folder/told" "$folder/checks")
[ -z "$unknown" ] || { echo "findings of no check:" $unknown; failed=1; }
exit $failed
