#!/bin/sh
# The floors of the design: floors.sh ROOT. Says each #include that breaks them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
headers=$(cd src && find . -name '*.h' | cut -c 3- | sort; cd ../include && find . -name '*.h' | cut -c 3- | sort)
find src include -name '*.[ch]' | sort | xargs awk -v headers="$(echo $headers)" -f "$here/floors.awk"
