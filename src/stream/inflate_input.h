/*
 * The compressed stream as the inflate stage reads it: pieces, their place, and a few bytes looked at before it is known
 * who consumes them.
 *
 *        held         block of the inner source
 *     |<---->|<------------------------------------>|
 *     +------+--------------------------------------+ - - -
 *     ^ at
 */
#ifndef SILT_STREAM_INFLATE_INPUT_H
#define SILT_STREAM_INFLATE_INPUT_H

#include "stream/inflate_codec.h"

/* Start with `inner` set and the rest zero. */
struct silt_inflate_input {
	struct silt_source inner;
	uint8_t held[SILT_MAGIC_MAX];
	size_t held_start, held_end;
	struct silt_bytes block; /* what is left of the inner block */
	bool ended;              /* the inner source gave its end */
	uint64_t at;             /* place of the next byte not consumed */
};

/* The next piece, at most SILT_BLOCK_SIZE; empty if a pull is due. */
struct silt_bytes silt_inflate_input_piece(const struct silt_inflate_input *input);

/* Consumes `len` bytes of the piece. */
void silt_inflate_input_consume(struct silt_inflate_input *input, size_t len);

/* Fetches the next block if nothing is left of the last. If the piece is empty then, the stream has ended. */
enum silt_status silt_inflate_input_pull(struct silt_inflate_input *input, struct silt_error *err);

/* Consumes zeros up to the first other byte or the end, and adds their number to `*count`. Nothing may be held. */
enum silt_status silt_inflate_input_skip_zeros(struct silt_inflate_input *input, uint64_t *count,
					       struct silt_error *err);

/* Holds one byte more (SILT_MAGIC_MAX in all). `*ended`: there is none. */
enum silt_status silt_inflate_input_hold(struct silt_inflate_input *input, bool *ended, struct silt_error *err);

/* All bytes held. */
struct silt_bytes silt_inflate_input_held(const struct silt_inflate_input *input);

#endif
