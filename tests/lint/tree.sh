#!/bin/sh
# What lies where, and what it is called: tree.sh ROOT. Says each file that has no place.
set -u
cd "$1" || exit 1
failed=0

complain() {
	echo "$*"
	failed=1
}

for entry in $(ls -A); do
	case $entry in
	src | include | tests | fixtures | docs | .ci) ;;
	README.md | LICENSE | CMakeLists.txt | .clang-format | .clang-tidy | .editorconfig | .gitignore) ;;
	.git | build*) ;; # not part of the project
	*) complain "$entry: has no place at the top of the project" ;;
	esac
done

# Names that say nothing collect what nobody wanted to name.
for file in $(find src include tests docs | grep -E '/(utils?|common|helpers?|misc|stuff)(\.[a-z]+)?$'); do
	complain "$file: a name must say what is inside"
done

for file in $(find src include -type f -name '*.[ch]'); do
	lines=$(wc -l <"$file")
	[ "$lines" -le 400 ] || complain "$file: $lines lines; split it"
	case $file in
	*.h)
		guard=$(echo "$file" | sed 's,^src/,silt/,; s,^include/,,' | tr 'a-z/.' 'A-Z__')
		grep -q "^#ifndef $guard\$" "$file" || complain "$file: its include guard is not $guard"
		;;
	esac
	head -n 1 "$file" | grep -q '^/\*' || complain "$file: does not begin with a comment that names its job"
done

# A promise to do it later is neither code nor documentation. The words are split so that this line is not one.
marks=$(grep -rnE "\\b(TO""DO|FIX""ME|XX""X|HA""CK)\\b" src include tests docs .ci README.md CMakeLists.txt .clang-tidy 2>/dev/null)
[ -z "$marks" ] || complain "$marks"

exit $failed
