/*
 * Bytes of a source, looked at before they are taken: for parsers of formats whose headers may be cut anywhere by the
 * blocks of the source.
 *
 *        held         block of the source
 *     |<---->|<------------------------------------>|
 *     +------+--------------------------------------+ - - -
 *     ^ next to be taken
 *
 * Spans given are valid until the next call.
 */
#ifndef SILT_CONTENT_CURSOR_H
#define SILT_CONTENT_CURSOR_H

#include "base/buffer.h"
#include "stream/source.h"

/* Starts zeroed. Fields are private. */
struct silt_cursor {
	struct silt_source source;
	struct silt_buffer held; /* bytes in front of the block, put together because a header straddles blocks */
	size_t held_taken;
	struct silt_bytes block; /* what is left of it */
	bool ended;              /* the source gave its end */
};

/* Starts over with another source; the memory is kept. */
void silt_cursor_begin(struct silt_cursor *cursor, struct silt_source source);
void silt_cursor_done(struct silt_cursor *cursor);

/* The next bytes: at least `wanted`, fewer only if the source ends. Some KiB at most: they may be copied. */
enum silt_status silt_cursor_look(struct silt_cursor *cursor, size_t wanted, struct silt_bytes *bytes,
				  struct silt_error *err);

/* Takes `len` bytes of those just looked at. */
void silt_cursor_take(struct silt_cursor *cursor, size_t len);

/*
 * Takes the next bytes as they lie, at most `limit`, at least 512 unless the limit or the source ends before: a block of
 * a source made of this cursor. Empty at the end.
 */
enum silt_status silt_cursor_piece(struct silt_cursor *cursor, uint64_t limit, struct silt_bytes *piece,
				   struct silt_error *err);

/* Steps over `*left` bytes and counts them off; what remains in `*left` was missing. */
enum silt_status silt_cursor_skip(struct silt_cursor *cursor, uint64_t *left, struct silt_error *err);

#endif
