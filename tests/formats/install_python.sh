#!/bin/sh
# Installs a package of PyPI into an environment of its own, once: install_python.sh FOLDER PACKAGE VERSION PROGRAM
set -u
folder=$1 package=$2 version=$3 program=$1/bin/$4
if [ -x "$program" ]; then
	exit 0
fi
/usr/bin/python3 -m venv "$folder" >"$folder.log" 2>&1 || {
	echo "skipped: python3 makes no environments here (Debian: python3-venv)"
	exit 77
}
timeout 240 "$folder/bin/python3" -m pip install --quiet --disable-pip-version-check "$package==$version" \
	>"$folder.log" 2>&1 || {
	echo "skipped: pip could not install $package: $(tail -n 1 "$folder.log")"
	exit 77
}
