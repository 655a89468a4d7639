#!/bin/sh
# The documents that are made from tables say what the tables say: documents.sh ROOT GENERATOR
set -u
root=$1
generate=$2
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
failed=0

complain() {
	echo "$*"
	failed=1
}

mkdir "$folder/man" && "$generate" man "$folder/man" || exit 1
diff -ru "$root/docs/man" "$folder/man" || complain "docs/man is out of date: silt-generate man docs/man"

"$generate" rules >"$folder/rules.md" || exit 1
diff -u "$root/docs/rules.md" "$folder/rules.md" || complain "docs/rules.md is out of date: silt-generate rules > docs/rules.md"

"$generate" checks >"$folder/checks.md" || exit 1
diff -u "$root/docs/checks.md" "$folder/checks.md" || complain "docs/checks.md is out of date: silt-generate checks > docs/checks.md"

"$generate" limits >"$folder/limits.md" || exit 1
diff -u "$root/docs/limits.md" "$folder/limits.md" || complain "docs/limits.md is out of date: silt-generate limits > docs/limits.md"

"$generate" config >"$folder/config.md" || exit 1
diff -u "$root/docs/config.md" "$folder/config.md" || complain "docs/config.md is out of date: silt-generate config > docs/config.md"

# In Markdown the generated part stands between two marks; the words around it are written by hand.
"$generate" exit-status >"$folder/table" || exit 1
sed -n '/^<!-- made from src\/cli\/exit_status.c -->$/,/^<!-- end -->$/p' "$root/docs/exit-status.md" |
	sed '1d;$d' >"$folder/documented"
diff -u "$folder/documented" "$folder/table" || complain "docs/exit-status.md is out of date: silt-generate exit-status"

"$generate" sandbox >"$folder/table" || exit 1
sed -n '/^<!-- made from src\/cli\/sandbox_seccomp.c -->$/,/^<!-- end -->$/p' "$root/docs/sandbox.md" |
	sed '1d;$d' >"$folder/documented"
diff -u "$folder/documented" "$folder/table" || complain "docs/sandbox.md is out of date: silt-generate sandbox"
exit $failed
