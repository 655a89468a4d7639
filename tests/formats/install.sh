#!/bin/sh
# Installs a package of npm into a folder, once, and makes a program of it executable, which a script of the package
# would do otherwise: install.sh FOLDER PACKAGE VERSION PROGRAM
set -u
folder=$1 package=$2 version=$3
program=$folder/node_modules/$package/$4
if [ -x "$program" ]; then
	exit 0
fi
command -v npm >/dev/null || {
	echo "skipped: npm is missing"
	exit 77
}
mkdir -p "$folder" || exit 1
timeout 240 npm install --prefix "$folder" --no-audit --no-fund --no-save --ignore-scripts "$package@$version" \
	>"$folder/log" 2>&1 || {
	echo "skipped: npm could not install $package: $(tail -n 1 "$folder/log")"
	exit 77
}
chmod +x "$program"
