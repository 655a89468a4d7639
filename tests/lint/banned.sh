#!/bin/sh
# Functions that are not used here: banned.sh ROOT.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
find src include docs -name '*.[ch]' | sort | xargs awk -f "$here/banned.awk"
