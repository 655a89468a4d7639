/*
 * How fast rules are matched: the bare literal engine on the anchors of all rules, and the whole scanner, over the same
 * files in the same run.
 *
 *     matching FILE.tar [ROUNDS [RULES.yaml ...]]
 *
 * The rules are those silt ships, and those of the files named.
 *
 * Every regular file of the tar is one stream, in blocks as silt reads them. The rounds of the two take turns, so that
 * what else the machine does meets both alike; the medians are compared.
 */
#include "base/limits.h"
#include "base/secure.h"
#include "secret/matcher.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RECORD = 512, ROUNDS = 7, ROUNDS_MAX = 101 };

struct file {
	struct silt_bytes path, body;
};

struct bench {
	struct silt_bytes tar; /* owns */
	struct file *files;    /* owns */
	size_t file_count;
	uint64_t bytes;
	struct silt_matcher *matcher;         /* owns */
	struct silt_scanner *scanner;         /* owns */
	struct silt_literal_stream *literals; /* owns */
	uint64_t anchors, matches;            /* of one round */
};

static void die(const char *what)
{
	fprintf(stderr, "matching: %s\n", what);
	exit(1);
}

static void must(enum silt_status status, const struct silt_error *err)
{
	if (status != SILT_OK) {
		die(err->text);
	}
}

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* ---- Input ------------------------------------------------------------------------------------------------------------- */

/* The caller frees it. */
static struct silt_bytes read_all(const char *name)
{
	FILE *file = fopen(name, "rb");
	if (!file || fseek(file, 0, SEEK_END) != 0) {
		die(name);
	}
	size_t size = (size_t)ftell(file);
	rewind(file);
	uint8_t *bytes = malloc(size + RECORD);
	if (!bytes || fread(bytes, 1, size, file) != size) {
		die(name);
	}
	fclose(file);
	return silt_bytes(bytes, size);
}

static void open_rules(struct bench *bench, char **files, int count)
{
	struct silt_error err = {0};
	struct silt_rule_set *set = silt_rule_set_new();
	must(set ? silt_rule_set_add_shipped(set, &err) : silt_fail_memory(&err), &err);
	for (int i = 0; i < count; i++) {
		struct silt_bytes yaml = read_all(files[i]);
		must(silt_rule_set_add(set, yaml, files[i], &err), &err);
		free((void *)(uintptr_t)yaml.ptr);
	}
	double start = now();
	must(silt_literals_test_small(&err), &err);
	must(silt_matcher_new_taking(set, &bench->matcher, &err), &err);
	printf("Matching: rules compiled and proven in %.1f ms\n", (now() - start) * 1e3);
	must(silt_scanner_new(bench->matcher, NULL, &bench->scanner, &err), &err);
	must(silt_literal_stream_new(bench->matcher->literals, &bench->literals, &err), &err);
}

static uint64_t octal(const uint8_t *digits, size_t count)
{
	uint64_t number = 0;
	for (size_t i = 0; i < count && digits[i] >= '0' && digits[i] <= '7'; i++) {
		number = number * 8 + (uint64_t)(digits[i] - '0');
	}
	return number;
}

/* Plain headers as tests/bench/bench.py writes them: names of at most 100 bytes, no prefix. */
static void list_files(struct bench *bench)
{
	size_t at = 0;
	while (bench->tar.len - at >= RECORD && bench->tar.ptr[at] != 0) {
		const uint8_t *header = bench->tar.ptr + at;
		uint64_t size = octal(header + 124, 11);
		at += RECORD;
		if (size > bench->tar.len - at) {
			die("the tar is cut off");
		}
		bench->files = realloc(bench->files, (bench->file_count + 1) * sizeof(*bench->files));
		if (!bench->files) {
			die("no memory");
		}
		struct silt_bytes path = silt_bytes(header, strnlen((const char *)header, 100));
		bench->files[bench->file_count++] = (struct file){path, silt_bytes(bench->tar.ptr + at, (size_t)size)};
		bench->bytes += size;
		at += (size + RECORD - 1) / RECORD * RECORD;
	}
}

/* ---- The two ----------------------------------------------------------------------------------------------------------- */

static bool count_anchor(void *ctx, uint32_t number, uint64_t end)
{
	(void)number;
	(void)end;
	((struct bench *)ctx)->anchors++;
	return true;
}

static enum silt_status count_match(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)match;
	(void)err;
	((struct bench *)ctx)->matches++;
	return SILT_OK;
}

static void run_literals(struct bench *bench, const struct file *file)
{
	struct silt_error err = {0};
	must(silt_literal_stream_begin(bench->literals, &err), &err);
	for (size_t at = 0; at < file->body.len; at += SILT_BLOCK_SIZE) {
		struct silt_bytes block = silt_bytes_slice(file->body, at, SILT_BLOCK_SIZE);
		must(silt_literal_stream_feed(bench->literals, block, count_anchor, bench, &err), &err);
	}
}

static void run_scanner(struct bench *bench, const struct file *file)
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

/* Seconds of one round over all files. */
static double round_of(struct bench *bench, void (*run)(struct bench *, const struct file *))
{
	bench->anchors = bench->matches = 0;
	double start = now();
	for (size_t i = 0; i < bench->file_count; i++) {
		run(bench, &bench->files[i]);
	}
	return now() - start;
}

static int by_size(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return left < right ? -1 : left > right;
}

static double median(double *times, size_t count)
{
	qsort(times, count, sizeof(*times), by_size);
	return times[count / 2];
}

/* ---- The result ---------------------------------------------------------------------------------------------------------- */

static void measure(struct bench *bench, size_t rounds)
{
	double bare[ROUNDS_MAX], whole[ROUNDS_MAX];
	uint64_t anchors = 0;
	for (size_t i = 0; i < rounds; i++) {
		bare[i] = round_of(bench, run_literals);
		anchors = bench->anchors;
		whole[i] = round_of(bench, run_scanner);
	}
	double megabytes = (double)bench->bytes * 1e-6;
	double fast = median(bare, rounds), slow = median(whole, rounds);
	printf("%zu rules, %zu literals; %zu files, %.0f MB; per MB %.0f anchors; %llu matches\n",
	       bench->matcher->rule_count, bench->matcher->anchors.count, bench->file_count, megabytes,
	       (double)anchors / megabytes, (unsigned long long)bench->matches);
	printf("  literals     %7.0f MB/s per core\n", megabytes / fast);
	printf("  scanner      %7.0f MB/s per core\n", megabytes / slow);
	printf("  ratio        %7.2f   (what confirming costs; 1: nothing)\n", fast / slow);
}

int main(int argc, char **argv)
{
	struct bench bench = {0};
	size_t rounds = argc > 2 ? strtoul(argv[2], NULL, 10) : ROUNDS;
	if (argc < 2 || rounds == 0 || rounds > ROUNDS_MAX) {
		die("usage: matching FILE.tar [ROUNDS [RULES.yaml ...]]");
	}
	bench.tar = read_all(argv[1]);
	list_files(&bench);
	open_rules(&bench, argv + 3, argc - 3);
	measure(&bench, rounds);
	silt_literal_stream_free(bench.literals);
	silt_scanner_free(bench.scanner);
	silt_matcher_free(bench.matcher);
	free(bench.files);
	free((void *)(uintptr_t)bench.tar.ptr);
	return 0;
}
