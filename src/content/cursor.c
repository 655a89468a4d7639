/* Looking ahead over the seams of blocks. */
#include "content/cursor.h"

#include <assert.h>

/* The first bytes of a file decide what it is. */
enum { PIECE_LEAST = 512 };

void silt_cursor_begin(struct silt_cursor *cursor, struct silt_source source)
{
	silt_buffer_clear(&cursor->held);
	cursor->held_taken = 0;
	cursor->source = source;
	cursor->block = silt_bytes(NULL, 0);
	cursor->ended = false;
}

void silt_cursor_done(struct silt_cursor *cursor)
{
	silt_buffer_done(&cursor->held);
}

static struct silt_bytes held(const struct silt_cursor *cursor)
{
	return silt_bytes_slice(silt_buffer_bytes(&cursor->held), cursor->held_taken, SIZE_MAX);
}

static enum silt_status pull(struct silt_cursor *cursor, struct silt_error *err)
{
	if (cursor->ended || cursor->block.len > 0) {
		return SILT_OK;
	}
	enum silt_status status = silt_source_next(cursor->source, &cursor->block, err);
	cursor->ended = status == SILT_OK && cursor->block.len == 0;
	return status;
}

/* Drops what was taken of the held bytes, so that they can grow behind. */
static void compact(struct silt_cursor *cursor)
{
	size_t left = cursor->held.len - cursor->held_taken;
	if (left > 0) {
		memmove(cursor->held.ptr, cursor->held.ptr + cursor->held_taken, left);
	}
	cursor->held.len = left;
	cursor->held_taken = 0;
}

/* Moves bytes of the block behind the held ones, until there are `wanted` of these or the source ends. */
static enum silt_status hold(struct silt_cursor *cursor, size_t wanted, struct silt_error *err)
{
	compact(cursor);
	while (cursor->held.len < wanted && !cursor->ended) {
		struct silt_bytes part = silt_bytes_slice(cursor->block, 0, wanted - cursor->held.len);
		silt_buffer_add(&cursor->held, part);
		if (cursor->held.failed) {
			return silt_fail_memory(err);
		}
		cursor->block = silt_bytes_slice(cursor->block, part.len, SIZE_MAX);
		enum silt_status status = pull(cursor, err);
		if (status != SILT_OK) {
			return status;
		}
	}
	return SILT_OK;
}

enum silt_status silt_cursor_look(struct silt_cursor *cursor, size_t wanted, struct silt_bytes *bytes,
				  struct silt_error *err)
{
	enum silt_status status = pull(cursor, err);
	size_t have = held(cursor).len;
	bool together = have >= wanted || (have == 0 && cursor->block.len >= wanted);
	if (status == SILT_OK && !together) {
		status = hold(cursor, wanted, err);
	}
	if (status == SILT_OK) {
		*bytes = held(cursor).len > 0 ? held(cursor) : cursor->block;
	}
	return status;
}

void silt_cursor_take(struct silt_cursor *cursor, size_t len)
{
	size_t have = held(cursor).len;
	assert(len <= (have > 0 ? have : cursor->block.len));
	if (have > 0) {
		cursor->held_taken += len;
	} else {
		cursor->block = silt_bytes_slice(cursor->block, len, SIZE_MAX);
	}
}

enum silt_status silt_cursor_piece(struct silt_cursor *cursor, uint64_t limit, struct silt_bytes *piece,
				   struct silt_error *err)
{
	*piece = silt_bytes(NULL, 0);
	struct silt_bytes bytes;
	enum silt_status status =
		silt_cursor_look(cursor, limit < PIECE_LEAST ? (size_t)limit : PIECE_LEAST, &bytes, err);
	if (status == SILT_OK && limit > 0) {
		*piece = silt_bytes_slice(bytes, 0, limit < bytes.len ? (size_t)limit : bytes.len);
		silt_cursor_take(cursor, piece->len);
	}
	return status;
}

enum silt_status silt_cursor_skip(struct silt_cursor *cursor, uint64_t *left, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	struct silt_bytes piece;
	do {
		status = silt_cursor_piece(cursor, *left, &piece, err);
		*left -= piece.len;
	} while (status == SILT_OK && piece.len > 0);
	return status;
}
