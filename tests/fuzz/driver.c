/*
 * Runs a fuzz target without libFuzzer: every seed as it is, then a fixed number of mutations of each. The same
 * arguments do the same thing every time.
 *
 *     fuzz_NAME MUTATIONS FILE-OR-FOLDER...
 */
#include "fuzz/repair.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seed {
	uint8_t *bytes;
	size_t size;
};

static uint64_t random_state = 0x9E3779B97F4A7C15;

/* xorshift64* */
static uint64_t next_random(void)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return random_state * 0x2545F4914F6CDD1D;
}

static size_t random_below(size_t limit)
{
	return limit == 0 ? 0 : (size_t)(next_random() % limit);
}

static struct seed read_seed(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct stat facts;
	if (!file || fstat(fileno(file), &facts) != 0) {
		perror(path);
		exit(1);
	}
	struct seed seed = {malloc((size_t)facts.st_size + 1), (size_t)facts.st_size};
	if (!seed.bytes || fread(seed.bytes, 1, seed.size, file) != seed.size) {
		perror(path);
		exit(1);
	}
	fclose(file);
	return seed;
}

static void mutate(struct seed *seed)
{
	size_t changes = 1 + random_below(4);
	for (size_t i = 0; i < changes && seed->size > 0; i++) {
		size_t at = random_below(seed->size);
		switch (random_below(5)) {
		case 0:
			seed->bytes[at] ^= (uint8_t)(1u << random_below(8));
			break;
		case 1:
			seed->bytes[at] = (uint8_t)next_random();
			break;
		case 2:
			seed->size = at;
			break;
		case 3: {
			size_t from = random_below(seed->size);
			size_t room = seed->size - (at > from ? at : from);
			memmove(seed->bytes + at, seed->bytes + from, random_below(room + 1));
			break;
		}
		default:
			memset(seed->bytes + at, random_below(2) ? 0 : 0xFF, random_below(seed->size - at + 1) % 64);
		}
	}
}

/* A copy of exactly its size, so that a read beyond it is seen by the sanitizer. */
static void run(const struct seed *seed)
{
	uint8_t *exact = malloc(seed->size ? seed->size : 1);
	if (!exact) {
		abort();
	}
	memcpy(exact, seed->bytes, seed->size);
	LLVMFuzzerTestOneInput(exact, seed->size);
	free(exact);
}

static void run_file(const char *path, unsigned long mutations)
{
	struct seed seed = read_seed(path);
	run(&seed);
	for (unsigned long i = 0; i < mutations; i++) {
		struct seed copy = {malloc(seed.size + 1), seed.size};
		if (!copy.bytes) {
			abort();
		}
		memcpy(copy.bytes, seed.bytes, seed.size);
		mutate(&copy);
		if (random_below(2)) {
			repair_tar(copy.bytes, copy.size);
		}
		run(&copy);
		free(copy.bytes);
	}
	free(seed.bytes);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static unsigned long run_folder(const char *path, unsigned long mutations)
{
	struct dirent **names;
	int count = scandir(path, &names, NULL, by_name);
	unsigned long seeds = 0;
	for (int i = 0; i < count; i++) {
		if (names[i]->d_name[0] != '.') {
			char file[4096];
			snprintf(file, sizeof(file), "%s/%s", path, names[i]->d_name);
			run_file(file, mutations);
			seeds++;
		}
		free(names[i]);
	}
	if (count >= 0) {
		free(names);
	}
	return seeds;
}

int main(int argc, char **argv)
{
	unsigned long mutations = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
	unsigned long seeds = 0;
	for (int i = 2; i < argc; i++) {
		seeds += run_folder(argv[i], mutations);
	}
	printf("%lu seeds, %lu mutations of each\n", seeds, mutations);
	return seeds == 0; /* a target without seeds has tested nothing */
}
