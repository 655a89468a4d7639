#!/bin/sh
# The man pages are good mdoc: manual.sh ROOT. Exit status 77: no mandoc here.
set -eu
command -v mandoc >/dev/null || { echo "needs mandoc"; exit 77; }
mandoc -T lint -W warning "$1"/docs/man/*.1
