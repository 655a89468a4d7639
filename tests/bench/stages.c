/*
 * What the stages of a scan cost by themselves, in seconds of the processor: each is put on top of those before it, run
 * over the same layer, and the difference is its own.
 *
 *     stages LAYER [ROUNDS]        a tar, plain or compressed
 *     stages --headers LAYER...    reads each once, as both readers do, and says nothing
 *
 *     read        pread in blocks of silt's size
 *     inflate     ... and decompressed
 *     hash        ... and SHA-256 of what came out (and, of a compressed layer, of what went in)
 *     tar         ... and taken apart, by both readers
 *
 * Prints JSON: the least of each stage over the rounds, which take turns. Matching is measured by matching.c.
 */
#include "base/limits.h"
#include "sample.h"
#include "stream/digest.h"
#include "stream/inflate.h"
#include "stream/tar.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 5, ROUNDS_MAX = 101 };

enum stage { STAGE_READ, STAGE_INFLATE, STAGE_HASH, STAGE_TAR, STAGE_COUNT };

static const char *const names[STAGE_COUNT] = {"read", "inflate", "hash", "tar"};

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

static void drain_tar(struct silt_source source)
{
	struct silt_error err = {0};
	struct silt_tar *tar = NULL;
	struct silt_tar_event event = {0};
	must(silt_tar_new(source, &silt_default_limits, &tar, &err), &err);
	do {
		must(silt_tar_next(tar, &event, &err), &err);
	} while (event.kind != SILT_TAR_END);
	silt_tar_free(tar);
}

/* A source and all that stands on it. */
struct stack {
	struct silt_fd_source *file;
	struct silt_inflate *inflate;
	struct silt_hasher *packed, *plain;
	struct silt_tap packed_tap, plain_tap;
	struct silt_source top;
};

static void put_inflate(struct stack *stack, bool hashed)
{
	struct silt_error err = {0};
	if (hashed) {
		must(silt_hasher_new(&stack->packed, &err), &err);
		stack->packed_tap =
			(struct silt_tap){.inner = stack->top, .see = silt_hasher_see, .ctx = stack->packed};
		stack->top = silt_tap(&stack->packed_tap);
	}
	must(silt_inflate_new(stack->top, NULL, NULL, &silt_default_limits, &stack->inflate, &err), &err);
	stack->top = silt_inflate_source(stack->inflate);
}

/* Of a layer that is not compressed both sums are one. */
static void put_hash(struct stack *stack)
{
	struct silt_error err = {0};
	must(silt_hasher_new(&stack->plain, &err), &err);
	stack->plain_tap = (struct silt_tap){.inner = stack->top, .see = silt_hasher_see, .ctx = stack->plain};
	stack->top = silt_tap(&stack->plain_tap);
}

static void take_down(struct stack *stack)
{
	silt_hasher_free(stack->plain);
	silt_hasher_free(stack->packed);
	silt_inflate_free(stack->inflate);
	silt_fd_source_free(stack->file);
}

/* Seconds of everything up to `last`; `*out` bytes came out. */
static double run(int fd, enum stage last, bool compressed, uint64_t *out)
{
	struct silt_error err = {0};
	struct stack stack = {0};
	const double start = now();
	must(silt_fd_source_new(fd, &stack.file, &err), &err);
	stack.top = silt_fd_source(stack.file);
	if (last >= STAGE_INFLATE) {
		put_inflate(&stack, last >= STAGE_HASH && compressed);
	}
	if (last >= STAGE_HASH) {
		put_hash(&stack);
	}
	if (last >= STAGE_TAR) {
		drain_tar(stack.top);
	} else {
		must(silt_source_drain(stack.top, &err), &err);
	}
	const double took = now() - start;
	if (last >= STAGE_INFLATE) {
		*out = silt_inflate_report(stack.inflate)->out;
	}
	take_down(&stack);
	return took;
}

static bool is_compressed(int fd)
{
	uint8_t start[8];
	const ssize_t got = pread(fd, start, sizeof(start), 0);
	return got > 0 && silt_compression_sniff(silt_bytes(start, (size_t)got)) != SILT_COMPRESSION_NONE;
}

/* The tars are taken apart, and nothing is done with what is in them. */
static int read_headers(char *const *paths)
{
	struct silt_error err = {0};
	for (; *paths; paths++) {
		struct stack stack = {0};
		const int fd = open(*paths, O_RDONLY | O_CLOEXEC);
		if (fd < 0) {
			sample_die("the layer cannot be opened");
		}
		must(silt_fd_source_new(fd, &stack.file, &err), &err);
		stack.top = silt_fd_source(stack.file);
		put_inflate(&stack, false);
		drain_tar(stack.top);
		take_down(&stack);
		close(fd);
	}
	return 0;
}

int main(int argc, char **argv)
{
	if (argc > 2 && strcmp(argv[1], "--headers") == 0) {
		return read_headers(argv + 2);
	}
	const int fd = argc > 1 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
	const unsigned long rounds = argc > 2 ? strtoul(argv[2], NULL, 10) : ROUNDS;
	if (fd < 0 || rounds == 0 || rounds > ROUNDS_MAX) {
		sample_die("usage: stages LAYER [ROUNDS]");
	}
	const bool compressed = is_compressed(fd);
	double best[STAGE_COUNT] = {0};
	uint64_t bytes = 0;
	for (unsigned long i = 0; i < rounds; i++) {
		for (enum stage stage = 0; stage < STAGE_COUNT; stage++) {
			lseek(fd, 0, SEEK_SET);
			const double took = run(fd, stage, compressed, &bytes);
			best[stage] = i == 0 || took < best[stage] ? took : best[stage];
		}
	}
	printf("{\"bytes\": %" PRIu64, bytes);
	for (enum stage stage = 0; stage < STAGE_COUNT; stage++) {
		const double own = best[stage] - (stage > 0 ? best[stage - 1] : 0);
		printf(", \"%s\": %.6f", names[stage], own > 0 ? own : 0);
	}
	printf("}\n");
	close(fd);
	return 0;
}
