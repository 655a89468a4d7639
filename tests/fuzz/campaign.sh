#!/bin/bash
# A campaign: libFuzzer targets for some seconds each, one after the other. campaign.sh BUILD SECONDS TARGET:SEEDS...
#
# BUILD is a build folder with -DSILT_FUZZ=ON, SEEDS a folder of tests/fuzz/seeds. What a target finds stays in
# BUILD/corpus/TARGET, where the next campaign goes on. Prints a row of docs/fuzzing.md for each; exit status 1 if one of
# them found something that must not be, which then lies in BUILD/corpus.
set -uo pipefail
build=$(realpath "$1")
seconds=$2
shift 2
here=$(dirname "$(realpath "$0")")
failed=0

# The last number behind a word in what libFuzzer says.
last() {
	grep -aoE "$1 *[0-9]+" "$2" | tail -1 | grep -oE '[0-9]+$'
}

run() {
	local name=$1 seeds=$here/seeds/$2
	local corpus=$build/corpus/$name
	mkdir -p "$corpus"
	"$build/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -rss_limit_mb=3072 -timeout=60 -print_final_stats=1 \
		-artifact_prefix="$build/corpus/$name-" "$corpus" "$seeds" >"$corpus.log" 2>&1 || {
		failed=1
		tail -40 "$corpus.log"
	}
	printf '| `%s` | %s | %s | %s | %s MB |\n' "$name" "$(last 'number_of_executed_units:' "$corpus.log")" "$seconds" \
		"$(last 'cov:' "$corpus.log")" "$(last 'peak_rss_mb:' "$corpus.log")"
}

for target in "$@"; do
	run "${target%%:*}" "${target##*:}"
done
exit $failed
