#!/bin/sh
# The two commands of the README can be found by .ci/run and name all packages that the build needs: readme.sh ROOT
set -u
cd "$1" || exit 1
failed=0

complain() {
	echo "$*"
	failed=1
}

# The fenced block that follows a mark; .ci/run cuts it out in the same way.
block() {
	sed -n "/^<!-- $1 -->\$/,/^\`\`\`\$/p" README.md | sed '1,/^```sh$/d; /^```$/d'
}

# silt_need(NAME "module" package): the package is the last word; a remark on other platforms may follow it.
packages=$(sed -n 's/^silt_need([A-Z0-9]* "[^"]*" "\{0,1\}\([a-z0-9.+-]*\).*/\1/p' CMakeLists.txt
	sed -n 's/.* is missing. On Debian: apt-get install \([a-z0-9.+-]*\)"*)*$/\1/p' CMakeLists.txt)
[ "$(echo "$packages" | wc -l)" -ge 10 ] || complain "CMakeLists.txt: the packages were not found"
[ -n "$(block install)" ] || complain "README.md: no block after <!-- install -->"
[ -n "$(block test)" ] || complain "README.md: no block after <!-- test -->"

for package in $packages; do
	for command in install test; do
		block $command | grep -qw -e "$package" || complain "README.md: the $command command lacks $package"
	done
done
block test | grep -qw libcmocka-dev || complain "README.md: the test command lacks libcmocka-dev"

# Each command is one list: pasted into a shell, nothing runs after something failed.
for command in install test; do
	block $command | sh -n || complain "README.md: the $command command is not shell"
	[ "$(block $command | sed -e 's/ *\\$/ \\/' | grep -vcE '(\\|&&)$')" -eq 1 ] ||
		complain "README.md: the $command command is not one list joined by &&"
done
exit $failed
