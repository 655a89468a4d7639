#!/bin/sh
# The rule files in the folder and those that the build embeds are the same, in order: rules.sh ROOT
set -u
cd "$1/src/secret" || exit 1
failed=0
listed=$(sed -n '/^set(rules$/,/)$/p' CMakeLists.txt | grep -o '[a-z0-9-]*\.yaml')
there=$(printf '%s\n' macros.yaml programs.yaml; cd rules && ls | grep -vx -e macros.yaml -e programs.yaml | LC_ALL=C sort)
if [ "$listed" != "$there" ]; then
	echo "src/secret/CMakeLists.txt lists"
	echo "$listed"
	echo "and src/secret/rules has (macros and programs first, then by name)"
	echo "$there"
	failed=1
fi

# The first line of a file says what family it is.
for file in rules/*; do
	head -n 1 "$file" | grep -q '^# .' || {
		echo "src/secret/$file: does not begin with a comment that names its family"
		failed=1
	}
done
exit $failed
