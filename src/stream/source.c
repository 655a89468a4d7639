/* Bytes in memory, and the two stages that leave bytes as they are: the tap and the peek. */
#include "stream/source.h"

#include "base/buffer.h"
#include "base/limits.h"

#include <assert.h>
#include <stdlib.h>

static const struct silt_bytes nothing;

/* ---- Bytes in memory ----------------------------------------------------------------------------------------------- */

static enum silt_status memory_next(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	(void)err;
	struct silt_memory_source *source = ctx;
	*block = source->bytes;
	source->bytes = nothing;
	return SILT_OK;
}

struct silt_source silt_memory_source(struct silt_memory_source *source)
{
	return (struct silt_source){.next = memory_next, .ctx = source};
}

/* ---- A tap --------------------------------------------------------------------------------------------------------- */

static enum silt_status tap_next(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_tap *tap = ctx;
	enum silt_status status = silt_source_next(tap->inner, block, err);
	if (status != SILT_OK || block->len == 0) {
		return status;
	}
	tap->total += block->len;
	tap->see(tap->ctx, *block);
	return SILT_OK;
}

static enum silt_status tap_fill(void *ctx, uint8_t *room, size_t *len, struct silt_error *err)
{
	struct silt_tap *tap = ctx;
	enum silt_status status = tap->inner.fill(tap->inner.ctx, room, len, err);
	if (status == SILT_OK && *len > 0) {
		tap->total += *len;
		tap->see(tap->ctx, silt_bytes(room, *len));
	}
	return status;
}

struct silt_source silt_tap(struct silt_tap *tap)
{
	return (struct silt_source){tap_next, tap, tap->inner.fill ? tap_fill : NULL};
}

/* ---- A peek -------------------------------------------------------------------------------------------------------- */

struct silt_peek {
	struct silt_source inner;
	struct silt_bytes first; /* the one block seen so far, not copied; empty once there are more */
	struct silt_buffer kept; /* copies of all blocks seen, when there are more than one */
	size_t given;            /* bytes of what was seen that were read again */
	bool ended;
	bool reading; /* silt_peek_source was read from */
};

enum silt_status silt_peek_new(struct silt_source inner, struct silt_peek **out, struct silt_error *err)
{
	struct silt_peek *peek = calloc(1, sizeof(*peek));
	if (!peek) {
		return silt_fail_memory(err);
	}
	peek->inner = inner;
	*out = peek;
	return SILT_OK;
}

void silt_peek_free(struct silt_peek *peek)
{
	if (peek) {
		silt_buffer_done(&peek->kept);
		free(peek);
	}
}

static struct silt_bytes seen(const struct silt_peek *peek)
{
	return peek->kept.len > 0 ? silt_buffer_bytes(&peek->kept) : peek->first;
}

/* Sees one block more. A block dies with the next call of the inner source: the first is copied before that. */
static enum silt_status see_more(struct silt_peek *peek, struct silt_error *err)
{
	silt_buffer_add(&peek->kept, peek->first);
	peek->first = nothing;
	struct silt_bytes block = nothing;
	enum silt_status status = silt_source_next(peek->inner, &block, err);
	if (status != SILT_OK) {
		return status;
	}
	peek->ended = block.len == 0;
	if (peek->kept.len == 0) {
		peek->first = block;
	} else {
		silt_buffer_add(&peek->kept, block);
	}
	return peek->kept.failed ? silt_fail_memory(err) : SILT_OK;
}

enum silt_status silt_peek_bytes(struct silt_peek *peek, size_t wanted, struct silt_bytes *out, struct silt_error *err)
{
	assert(!peek->reading);
	while (seen(peek).len < wanted && !peek->ended) {
		enum silt_status status = see_more(peek, err);
		if (status != SILT_OK) {
			return status;
		}
	}
	*out = seen(peek);
	return SILT_OK;
}

static enum silt_status peek_next(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_peek *peek = ctx;
	peek->reading = true;
	*block = silt_bytes_slice(seen(peek), peek->given, SILT_BLOCK_SIZE);
	if (block->len > 0) {
		peek->given += block->len;
		return SILT_OK;
	}
	peek->first = nothing;
	peek->given = 0;
	silt_buffer_done(&peek->kept);
	return peek->ended ? SILT_OK : silt_source_next(peek->inner, block, err);
}

struct silt_source silt_peek_source(struct silt_peek *peek)
{
	return (struct silt_source){.next = peek_next, .ctx = peek};
}

enum silt_status silt_source_drain(struct silt_source source, struct silt_error *err)
{
	struct silt_bytes block;
	do {
		enum silt_status status = silt_source_next(source, &block, err);
		if (status != SILT_OK) {
			return status;
		}
	} while (block.len > 0);
	return SILT_OK;
}
