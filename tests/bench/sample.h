/*
 * The files of some tars, in memory: what the benches of the matcher look at.
 */
#ifndef SILT_BENCH_SAMPLE_H
#define SILT_BENCH_SAMPLE_H

#include "base/bytes.h"

struct sample_file {
	struct silt_bytes path, body; /* inside of the tar */
};

/* Zeroed: none. */
struct sample {
	struct sample_file *files; /* owns */
	size_t file_count;
	uint64_t bytes;          /* of all bodies */
	struct silt_bytes *tars; /* owns, with the bytes */
	size_t tar_count;
};

/* All of a file, which the caller frees. Ends the program if it cannot be read. */
struct silt_bytes sample_read(const char *name);

/* Adds the regular files of a tar as inputs.py writes them: plain headers, names of at most 100 bytes. */
void sample_add(struct sample *sample, const char *name);

void sample_done(struct sample *sample);

/* Ends the program with a sentence. */
_Noreturn void sample_die(const char *what);

#endif
