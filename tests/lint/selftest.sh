#!/bin/sh
# The lints find what they are there for: selftest.sh ROOT LINT
#
# Each row of the table plants one violation in a copy of the project: the file, the line to add to it, and a pattern
# that the lint must then say. The copy without a violation must pass.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$1
lint=$2
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
failed=0

cases() {
	case $lint in
	floors) cat <<-'END' ;;
		src/base/planted.c|#include "stream/tar.h"|base includes "stream/tar.h" of a higher floor
		src/content/planted.c|#include "secret/rule.h"|content includes "secret/rule.h" of the same floor
		src/policy/planted.c|#include "report/planted.h"|policy includes "report/planted.h" of the same floor
		src/rootfs/planted.h|	#  include	"audit/context.h"|rootfs includes "audit/context.h" of a higher floor
		src/cli/planted.c|#include "base/bytes.h"|the program includes "base/bytes.h"
		include/silt/planted.h|#include "base/bytes.h"|a public header includes "base/bytes.h"
		src/base/planted.c|#include "bytes.h"|is not a header of ours
		src/layer/planted.c|#include <archive.h>|<archive.h> belongs to
		src/stream/planted.c|#include <zlib.h>|<zlib.h> belongs to
		src/stream/inflate.c|#include <openssl/evp.h>|<openssl/evp.h> belongs to
		src/bundle/planted.c|#include <jansson.h>|<jansson.h> belongs to
		src/secret/planted.c|#include <hs/hs.h>|has one owner
		src/secret/zplanted.c|#include <pcre2.h>|has one owner
		src/secret/planted.c|#include <yaml.h>|<yaml.h> belongs to
		src/audit/planted.c|#include <curl/curl.h>|neither a header of the system
		src/extras/planted.c|#include <stdio.h>|no floor is called extras
	END
	banned) cat <<-'END' ;;
		src/base/planted.c|	strcpy(to, from);|strcpy: writes without a bound
		src/cli/planted.c|	n = atoi (word);|atoi: cannot report
		docs/planted.c|	/* fine */ sprintf(text, "%d", n); // strcpy(|sprintf: writes
		src/report/planted.c|	say('"'); printf("a");|printf: the library never prints
		src/audit/planted.c|	exit(1);|exit: the library never ends
		src/stream/planted.c|	const char *home = getenv("HOME");|getenv: a report depends
		src/layer/planted.c|	void *p = alloca(n);|alloca: takes stack
	END
	order) cat <<-'END' ;;
		src/audit/planted.c|/* In byte order. */ static const char *const planted[] = {"b", "a"};|planted.c: a list that says
		src/base/planted.c|/* In byte order. */ static const char *const planted[] = {"a", "a"};|planted.c: a list that says
	END
	tree) cat <<-'END' ;;
		notes.txt|text|notes.txt: has no place
		src/base/utils.c|/* x */|a name must say what is inside
		src/base/common.h|/* x */|a name must say what is inside
		src/audit/planted.c|int no_comment;|does not begin with a comment
		src/audit/planted.h|/* no guard */|its include guard is not SILT_AUDIT_PLANTED_H
		src/base/planted.c|/* TO@DO: later */|TO@DO
		docs/planted.md|FIX@ME|FIX@ME
	END
	rules) cat <<-'END' ;;
		src/secret/rules/planted.yaml|# Planted.|and src/secret/rules has
		src/secret/rules/planted.yaml|rules: []|rules/planted.yaml: does not begin with a comment
	END
	headers) cat <<-'END' ;;
		include/silt/planted.h|struct silt_a { size_t n; };|include/silt/planted.h: does not compile alone
		include/silt/planted.h|#include "base/bytes.h"|include/silt/planted.h: does not compile alone
		include/silt/planted.h|struct silt_twice { int x; };|include/silt/planted.h: does not compile alone
		include/silt/planted.h|struct silt_planted;|is not in silt/silt.h
	END
	*) echo "no cases for $lint" >&2; exit 1 ;;
	esac
}

check() {
	sh "$here/$lint.sh" "$folder" "${CC:-cc}" >"$folder/build-said" 2>&1
}

for part in src include tests docs .ci README.md CMakeLists.txt; do
	[ ! -e "$root/$part" ] || cp -r "$root/$part" "$folder/"
done
mkdir "$folder/src/extras"
echo "#define PLANTED" >"$folder/src/report/planted.h"
[ "$lint" = tree ] && rm "$folder/src/report/planted.h"
if ! check; then
	echo "the project as it is does not pass:"
	cat "$folder/build-said"
	exit 1
fi

cases | tr -d @ >"$folder/build-cases"
while IFS='|' read -r file line pattern; do
	before=$(cat "$folder/$file" 2>/dev/null && echo .)
	printf '%s\n' "$line" >>"$folder/$file"
	if check; then
		echo "not found: $line in $file"
		failed=1
	elif ! grep -qF -e "$pattern" "$folder/build-said"; then
		echo "found $line in $file, but did not say '$pattern':"
		cat "$folder/build-said"
		failed=1
	fi
	if [ -n "$before" ]; then
		printf '%s' "${before%.}" >"$folder/$file"
	else
		rm "$folder/$file"
	fi
done <"$folder/build-cases"
exit $failed
