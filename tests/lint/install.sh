#!/bin/sh
# What is installed is enough for others: install.sh ROOT BUILD CC CMAKE
#
# Installs into a folder of its own, then builds the documented example by nothing but pkg-config, against the shared
# and against the static library, and runs it and the installed program.
set -eu
root=$1
build=$2
cc=$3
cmake=$4
command -v pkg-config >/dev/null || { echo "needs pkg-config"; exit 77; }
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT

"$cmake" --install "$build" --prefix "$prefix" >"$prefix/log" || { cat "$prefix/log"; exit 1; }
pc=$(find "$prefix" -name silt.pc)
[ -n "$pc" ] || { echo "no silt.pc"; exit 1; }
[ -f "$(find "$prefix" -path '*/man/man1/silt.1')" ] || { echo "no man page"; exit 1; }
[ -f "$(find "$prefix" -path '*/man/man1/silt-scan.1')" ] || { echo "no man page of a command"; exit 1; }
[ -f "$(find "$prefix" -path '*/silt/policies/strict.yaml')" ] || { echo "no policies"; exit 1; }
[ ! -e "$prefix/bin/silt-generate" ] || { echo "a tool of the build was installed"; exit 1; }

# One component is enough to build a program that embeds silt, and has nothing else.
"$cmake" --install "$build" --prefix "$prefix/embed" --component development >"$prefix/log" || { cat "$prefix/log"; exit 1; }
[ "$(ls "$prefix/embed" | tr '\n' ' ')" = "include lib " ] || { echo "the component development has other than it should"; exit 1; }
rm -r "$prefix/embed"

# The build was configured for another prefix: the file must find this one by itself, also after a move.
mv "$prefix" "$prefix.moved"
prefix=$prefix.moved
pc=$(find "$prefix" -name silt.pc)
PKG_CONFIG_PATH=$(dirname "$pc")
LD_LIBRARY_PATH=$(find "$prefix" -name libsilt.so -exec dirname {} \;)
export PKG_CONFIG_PATH LD_LIBRARY_PATH
flags() {
	pkg-config "$@" silt
}
[ "$(realpath "$(flags --variable=prefix)")" = "$(realpath "$prefix")" ] || { echo "the prefix of silt.pc is wrong"; exit 1; }
[ -f "$(flags --variable=includedir)/silt/silt.h" ] || { echo "the includedir of silt.pc is wrong"; exit 1; }
[ -e "$(flags --variable=libdir)/libsilt.so" ] || { echo "the libdir of silt.pc is wrong"; exit 1; }

# shellcheck disable=SC2046 # the flags are words
"$cc" -std=c17 -Wall -Wextra -Werror -o "$prefix/shared" "$root/docs/example.c" $(flags --cflags --libs)
# The other libraries stay shared: Debian has no static form of all that libarchive wants.
# shellcheck disable=SC2046
"$cc" -std=c17 -o "$prefix/static" "$root/docs/example.c" $(flags --cflags) "$LD_LIBRARY_PATH/libsilt.a" \
	$(pkg-config --libs $(flags --print-requires-private | cut -d ' ' -f 1)) -lbz2
for program in shared static; do
	"$prefix/$program" "$root/fixtures/leaky.tar" >"$prefix/$program.out"
	[ -s "$prefix/$program.out" ] || { echo "the $program example found nothing"; exit 1; }
done
cmp "$prefix/shared.out" "$prefix/static.out"
[ "$("$prefix/bin/silt" --version)" = "silt $(flags --modversion)" ] || { echo "program and silt.pc differ"; exit 1; }
for file in bash-completion/completions/silt zsh/vendor-completions/_silt fish/vendor_completions.d/silt.fish; do
	[ -s "$prefix/share/$file" ] || { echo "no $file"; exit 1; }
done
"$prefix/libexec/docker/cli-plugins/docker-silt" docker-cli-plugin-metadata | grep -q '"SchemaVersion":"0.1.0"' ||
	{ echo "no plugin for docker"; exit 1; }
