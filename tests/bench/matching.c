/*
 * How fast rules are matched, over the same files in the same run:
 *
 *     yardstick   the literal engine on 240 literals that never change and are hardly ever met
 *     literals    the literal engine on the anchors of all rules, and nothing else
 *     scanner     the anchors, and what they are confirmed by
 *     search      the scanner, and what is decoded beside it: all that a scan does to find secrets
 *
 *     matching [--json] [--rounds N] [--rules FILE.yaml]... FILE.tar...
 *     matching --anchors [--rules FILE.yaml]...        the anchors, one on a line
 *
 * The rules are those silt ships, and those of the files named. Every regular file of a tar is one stream, in blocks as
 * silt reads them. The rounds take turns, so that what else the machine does meets all alike. Times are of the
 * processor.
 */
#include "base/limits.h"
#include "base/secure.h"
#include "sample.h"
#include "secret/matcher.h"
#include "secret/search.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 7, ROUNDS_MAX = 101, YARDSTICK = 240, YARDSTICK_LENGTH = 8 };

struct bench {
	bool json, anchors_only;
	size_t rounds;
	struct sample sample;                             /* owns */
	struct silt_matcher *matcher;                     /* owns */
	struct silt_scanner *scanner;                     /* owns */
	struct silt_search *search;                       /* owns */
	struct silt_literals *constant;                   /* owns */
	struct silt_literal_stream *yardstick, *literals; /* own */
	uint64_t seen;                                    /* anchors or matches of one round */
	double compiled;                                  /* seconds */
	char yardstick_text[YARDSTICK][YARDSTICK_LENGTH];
};

static void must(enum silt_status status, const struct silt_error *err)
{
	if (status != SILT_OK) {
		sample_die(err->text);
	}
}

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* ---- The engines ------------------------------------------------------------------------------------------------- */

static bool count_anchor(void *ctx, uint32_t number, uint64_t end)
{
	(void)number;
	(void)end;
	((struct bench *)ctx)->seen++;
	return true;
}

static enum silt_status count_match(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)match;
	(void)err;
	((struct bench *)ctx)->seen++;
	return SILT_OK;
}

static void feed_literals(struct bench *bench, struct silt_literal_stream *stream, const struct sample_file *file)
{
	struct silt_error err = {0};
	must(silt_literal_stream_begin(stream, &err), &err);
	for (size_t at = 0; at < file->body.len; at += SILT_BLOCK_SIZE) {
		struct silt_bytes block = silt_bytes_slice(file->body, at, SILT_BLOCK_SIZE);
		must(silt_literal_stream_feed(stream, block, count_anchor, bench, &err), &err);
	}
}

static void run_yardstick(struct bench *bench, const struct sample_file *file)
{
	feed_literals(bench, bench->yardstick, file);
}

static void run_literals(struct bench *bench, const struct sample_file *file)
{
	feed_literals(bench, bench->literals, file);
}

static void run_scanner(struct bench *bench, const struct sample_file *file)
{
	struct silt_error err = {0};
	silt_scanner_begin(bench->scanner, file->path, count_match, bench);
	size_t at = 0;
	do {
		struct silt_bytes block = silt_bytes_slice(file->body, at, SILT_BLOCK_SIZE);
		at += block.len;
		must(silt_scanner_feed(bench->scanner, block, at == file->body.len, &err), &err);
	} while (at < file->body.len);
}

static void run_search(struct bench *bench, const struct sample_file *file)
{
	struct silt_error err = {0};
	silt_search_begin(bench->search, file->path, count_match, bench);
	size_t at = 0;
	do {
		struct silt_bytes block = silt_bytes_slice(file->body, at, SILT_BLOCK_SIZE);
		at += block.len;
		must(silt_search_feed(bench->search, block, at == file->body.len, &err), &err);
	} while (at < file->body.len);
}

static const struct engine {
	const char *name;
	void (*run)(struct bench *bench, const struct sample_file *file);
} engines[] = {
	{"yardstick", run_yardstick},
	{"literals", run_literals},
	{"scanner", run_scanner},
	{"search", run_search},
};

enum { ENGINES = sizeof(engines) / sizeof(engines[0]), LITERALS = 1 };

/* ---- Getting ready ----------------------------------------------------------------------------------------------- */

/* Letters that a fixed generator of pseudo-random numbers draws: no text has such words. */
static void open_yardstick(struct bench *bench)
{
	struct silt_literal list[YARDSTICK];
	uint32_t state = 20240101;
	for (size_t i = 0; i < YARDSTICK; i++) {
		for (size_t k = 0; k < YARDSTICK_LENGTH; k++) {
			state = state * 1664525U + 1013904223U;
			bench->yardstick_text[i][k] = (char)('a' + (state >> 16) % 26);
		}
		list[i] = (struct silt_literal){
			.text = silt_bytes((const uint8_t *)bench->yardstick_text[i], YARDSTICK_LENGTH)};
	}
	struct silt_error err = {0};
	must(silt_literals_new(list, YARDSTICK, &bench->constant, &err), &err);
	must(silt_literal_stream_new(bench->constant, &bench->yardstick, &err), &err);
}

static void open_engines(struct bench *bench, struct silt_rule_set *set)
{
	struct silt_error err = {0};
	double start = now();
	must(silt_literals_test_small(&err), &err);
	must(silt_matcher_new_taking(set, &bench->matcher, &err), &err);
	bench->compiled = now() - start;
	must(silt_scanner_new(bench->matcher, NULL, &bench->scanner, &err), &err);
	must(silt_search_new(bench->matcher, NULL, &bench->search, &err), &err);
	must(silt_literal_stream_new(bench->matcher->literals, &bench->literals, &err), &err);
	open_yardstick(bench);
}

static void close_engines(struct bench *bench)
{
	silt_literal_stream_free(bench->yardstick);
	silt_literals_free(bench->constant);
	silt_literal_stream_free(bench->literals);
	silt_search_free(bench->search);
	silt_scanner_free(bench->scanner);
	silt_matcher_free(bench->matcher);
	sample_done(&bench->sample);
}

static void add_rules(struct silt_rule_set *set, const char *name)
{
	struct silt_error err = {0};
	struct silt_bytes yaml = sample_read(name);
	must(silt_rule_set_add(set, yaml, name, &err), &err);
	free((void *)(uintptr_t)yaml.ptr);
}

/* The options that have an argument; false: there is none of them here. */
static bool take_pair(struct bench *bench, struct silt_rule_set *set, const char *option, const char *argument)
{
	if (!argument) {
		return false;
	}
	if (strcmp(option, "--rounds") == 0) {
		bench->rounds = strtoul(argument, NULL, 10);
		return true;
	}
	if (strcmp(option, "--rules") == 0) {
		add_rules(set, argument);
		return true;
	}
	return false;
}

static void take_arguments(struct bench *bench, struct silt_rule_set *set, char **arguments)
{
	for (; *arguments; arguments++) {
		if (strcmp(*arguments, "--json") == 0) {
			bench->json = true;
		} else if (strcmp(*arguments, "--anchors") == 0) {
			bench->anchors_only = true;
		} else if (take_pair(bench, set, arguments[0], arguments[1])) {
			arguments++;
		} else {
			sample_add(&bench->sample, *arguments);
		}
	}
	if (bench->rounds == 0 || bench->rounds > ROUNDS_MAX || (bench->sample.bytes == 0 && !bench->anchors_only)) {
		sample_die("usage: matching [--json] [--rounds N] [--rules FILE.yaml]... FILE.tar... | --anchors");
	}
}

/* ---- The result -------------------------------------------------------------------------------------------------- */

struct result {
	double times[ROUNDS_MAX]; /* sorted at the end */
	uint64_t seen;
};

static double round_of(struct bench *bench, const struct engine *engine)
{
	bench->seen = 0;
	double start = now();
	for (size_t i = 0; i < bench->sample.file_count; i++) {
		engine->run(bench, &bench->sample.files[i]);
	}
	return now() - start;
}

static int by_size(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return left < right ? -1 : left > right;
}

static void measure(struct bench *bench, struct result results[static ENGINES])
{
	for (size_t i = 0; i < bench->rounds; i++) {
		for (size_t k = 0; k < ENGINES; k++) {
			results[k].times[i] = round_of(bench, &engines[k]);
			results[k].seen = bench->seen;
		}
	}
	for (size_t k = 0; k < ENGINES; k++) {
		qsort(results[k].times, bench->rounds, sizeof(double), by_size);
	}
}

static void print_json(const struct bench *bench, const struct result *results)
{
	printf("{\"rules\": %zu, \"anchors\": %zu, \"files\": %zu, \"bytes\": %" PRIu64 ", \"compiled\": %.6f",
	       bench->matcher->rule_count, bench->matcher->anchors.count, bench->sample.file_count, bench->sample.bytes,
	       bench->compiled);
	for (size_t k = 0; k < ENGINES; k++) {
		printf(", \"%s\": {\"median\": %.6f, \"best\": %.6f, \"seen\": %" PRIu64 "}", engines[k].name,
		       results[k].times[bench->rounds / 2], results[k].times[0], results[k].seen);
	}
	printf("}\n");
}

static void print_text(const struct bench *bench, const struct result *results)
{
	const double megabytes = (double)bench->sample.bytes * 1e-6;
	printf("%zu rules, compiled and proven in %.1f ms; %zu literals; %zu files, %.0f MB; medians of the "
	       "processor\n",
	       bench->matcher->rule_count, bench->compiled * 1e3, bench->matcher->anchors.count,
	       bench->sample.file_count, megabytes);
	for (size_t k = 0; k < ENGINES; k++) {
		const double took = results[k].times[bench->rounds / 2];
		printf("  %-10s %7.0f MB/s  %5.2f of the literals' speed  %" PRIu64 " met\n", engines[k].name,
		       megabytes / took, results[LITERALS].times[bench->rounds / 2] / took, results[k].seen);
	}
}

static void print_anchors(const struct silt_anchors *anchors)
{
	for (size_t i = 0; i < anchors->count; i++) {
		const struct silt_bytes text = anchors->literals[i].text;
		if (!memchr(text.ptr, '\n', text.len) && !memchr(text.ptr, 0, text.len)) {
			fwrite(text.ptr, 1, text.len, stdout);
			putchar('\n');
		}
	}
}

int main(int argc, char **argv)
{
	struct bench bench = {.rounds = ROUNDS};
	struct silt_error err = {0};
	struct silt_rule_set *set = silt_rule_set_new();
	must(set ? silt_rule_set_add_shipped(set, &err) : silt_fail_memory(&err), &err);
	take_arguments(&bench, set, argc > 0 ? argv + 1 : argv);
	open_engines(&bench, set);
	if (bench.anchors_only) {
		print_anchors(&bench.matcher->anchors);
	} else {
		struct result results[ENGINES] = {0};
		measure(&bench, results);
		(bench.json ? print_json : print_text)(&bench, results);
	}
	close_engines(&bench);
	return 0;
}
