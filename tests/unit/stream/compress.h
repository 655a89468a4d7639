/* Compressed streams for tests, built piece by piece. Every call adds to `out`; a failure aborts. */
#ifndef SILT_TESTS_COMPRESS_H
#define SILT_TESTS_COMPRESS_H

#include "base/buffer.h"

/* Fields of a gzip header; NULL or empty: not there. `name` and `comment` are written up to their NUL. */
struct gzip_fields {
	const char *name;
	const char *comment;
	struct silt_bytes extra;
	bool header_crc;

	/* Lies: added to what is right. */
	unsigned wrong_header_crc;
	unsigned wrong_crc;
	unsigned wrong_length;
};

/* Bare deflate, or in the frame of zlib. */
void add_deflate(struct silt_buffer *out, struct silt_bytes content, bool zlib_frame);
/* Bare deflate: `first` in a block of fixed codes, and `content` in one that begins, at no whole byte, with its own. */
void add_deflate_of_two_blocks(struct silt_buffer *out, struct silt_bytes first, struct silt_bytes content);

void add_gzip(struct silt_buffer *out, struct silt_bytes content, const struct gzip_fields *fields);

/* With a checksum, and many small blocks if the content is large. */
void add_zstd(struct silt_buffer *out, struct silt_bytes content);
/* With a window of 2^`log` bytes; the content is small. */
void add_zstd_window(struct silt_buffer *out, struct silt_bytes content, int log);
/* A skippable frame of magic 0x184D2A50 + `kind` (0..15). */
void add_zstd_skippable(struct silt_buffer *out, unsigned kind, struct silt_bytes content);

void add_xz(struct silt_buffer *out, struct silt_bytes content);
/* With a dictionary of `size` bytes stated. */
void add_xz_dictionary(struct silt_buffer *out, struct silt_bytes content, uint32_t size);

void add_bzip2(struct silt_buffer *out, struct silt_bytes content);

#endif
