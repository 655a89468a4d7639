/*
 * One zstd frame (RFC 8878), or one skippable frame. libzstd drops skippable frames without a word, so they are read
 * here: they can carry anything.
 *
 *     +-------------+------------------+-------------------+------------+
 *     | 28 B5 2F FD | frame header ... | blocks ...        | checksum ? |
 *     +-------------+------------------+-------------------+------------+
 *     +-------------+------------+--------------------+
 *     | 5x 2A 4D 18 | length (4) | bytes, not decoded |   little-endian length
 *     +-------------+------------+--------------------+
 */
#include "stream/inflate_codec.h"

#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

enum { MAGIC_LEN = 4, SKIPPABLE_HEAD_LEN = 8, BLOCK_HEAD_LEN = 3 };

enum part { PART_HEAD, PART_SKIPPED, PART_FRAME };

struct zstd {
	ZSTD_DStream *stream; /* owns */
	uint64_t window_max;
	enum part part;
	uint8_t head[SKIPPABLE_HEAD_LEN];
	size_t have;
	/* What libzstd asks for next: one block and the head of the one behind it, or what is in front of or behind the
	 * blocks. On an error it does not say how far it came, and what it wrote in that call is lost: so a call gets a
	 * block or a head, never both. */
	size_t wanted;
	bool holds; /* the last call filled the room: libzstd may have more to write without further input */
	uint32_t skip_left;
	bool skip_open; /* the first piece of the skippable frame was given */
};

static void destroy(void *state)
{
	struct zstd *z = state;
	if (z) {
		ZSTD_freeDStream(z->stream);
		free(z);
	}
}

/* The largest power of two that is not above the limit, and at least what libzstd takes for one. */
static int window_log(uint64_t window)
{
	int log = 10;
	while (window >> (log + 1) > 0) {
		log++;
	}
	return log;
}

/* Two windows fit beside each other, with what libzstd holds beside them. */
static uint64_t window_left(const struct zstd *z, uint64_t others)
{
	const uint64_t all = 2 * z->window_max + z->window_max / 8;
	const uint64_t left = all > others ? all - others : 0;
	return left < z->window_max ? left : z->window_max;
}

static enum silt_status create(const struct silt_limits *limits, void **state, struct silt_error *err)
{
	struct zstd *z = calloc(1, sizeof(*z));
	if (!z) {
		return silt_fail_memory(err);
	}
	z->stream = ZSTD_createDStream();
	z->window_max = limits->value[SILT_LIMIT_ZSTD_WINDOW];
	if (!z->stream) {
		destroy(z);
		return silt_fail_memory(err);
	}
	*state = z;
	return SILT_OK;
}

static enum silt_status begin(void *state, uint64_t others, struct silt_error *err)
{
	struct zstd *z = state;
	const int log = window_log(window_left(z, others));
	if (ZSTD_isError(ZSTD_DCtx_reset(z->stream, ZSTD_reset_session_only)) ||
	    ZSTD_isError(ZSTD_DCtx_setParameter(z->stream, ZSTD_d_windowLogMax, log))) {
		return silt_fail(err, SILT_ERR_INTERNAL, "libzstd cannot start a new frame");
	}
	z->part = PART_HEAD;
	z->have = 0;
	z->holds = false;
	return SILT_OK;
}

static enum silt_status take_error(size_t result, struct silt_codec_io *io, enum silt_codec_step *step,
				   struct silt_error *err)
{
	*step = SILT_CODEC_BROKEN;
	ZSTD_ErrorCode code = ZSTD_getErrorCode(result);
	if (code == ZSTD_error_memory_allocation) {
		return silt_fail_memory(err);
	}
	if (code == ZSTD_error_frameParameter_windowTooLarge) {
		silt_codec_limit(io->report, SILT_LIMIT_ZSTD_WINDOW, io->at, "zstd: the frame needs a larger window");
	} else {
		silt_codec_flaw(io->report, SILT_INFLATE_DAMAGED, io->at, "zstd: the frame is invalid");
	}
	return SILT_OK;
}

/* One call of libzstd with `in`, which it may not consume wholly if there is no room. */
static enum silt_status feed(struct zstd *z, struct silt_bytes in, size_t *consumed, struct silt_codec_io *io,
			     enum silt_codec_step *step, struct silt_error *err)
{
	ZSTD_inBuffer from = {in.ptr, in.len, 0};
	ZSTD_outBuffer to = {io->out, io->room, 0};
	size_t result = ZSTD_decompressStream(z->stream, &to, &from);
	*consumed = from.pos;
	if (!ZSTD_isError(result)) {
		silt_codec_produce(io, to.pos);
		z->wanted = result;
		*step = result == 0 ? SILT_CODEC_MEMBER : SILT_CODEC_MORE;
		return SILT_OK;
	}
	if (ZSTD_getErrorCode(result) == ZSTD_error_checksum_wrong) {
		/* Found with the last byte of the frame: what follows is sound again. */
		silt_codec_flaw(io->report, SILT_INFLATE_DAMAGED, io->at,
				"zstd: the checksum of the frame is not that of its content");
		*consumed = in.len;
		*step = SILT_CODEC_MEMBER;
		return SILT_OK;
	}
	return take_error(result, io, step, err);
}

/* How much of the input the next call may have, see `wanted`. What is held is written before anything is read. */
static size_t portion(const struct zstd *z)
{
	if (z->holds) {
		return 0;
	}
	return z->wanted > BLOCK_HEAD_LEN ? z->wanted - BLOCK_HEAD_LEN : z->wanted;
}

static enum silt_status decode_frame(struct zstd *z, struct silt_codec_io *io, enum silt_codec_step *step,
				     struct silt_error *err)
{
	bool went_on;
	do {
		size_t room = io->room, consumed;
		bool held = z->holds;
		enum silt_status status = feed(z, silt_bytes_slice(io->in, 0, portion(z)), &consumed, io, step, err);
		if (status != SILT_OK) {
			return status;
		}
		silt_codec_consume(io, consumed);
		z->holds = io->room == 0;
		went_on = held || consumed > 0 || io->room < room;
	} while (*step == SILT_CODEC_MORE && io->room > 0 && went_on);
	return SILT_OK;
}

static enum silt_status give_skipped(struct zstd *z, struct silt_codec_io *io, enum silt_codec_step *step,
				     struct silt_error *err)
{
	struct silt_bytes piece = silt_bytes_slice(io->in, 0, z->skip_left);
	bool end = piece.len == z->skip_left;
	if (piece.len == 0 && !end) {
		return SILT_OK;
	}
	bool start = !z->skip_open;
	uint64_t at = io->at;
	z->skip_open = true;
	z->skip_left -= (uint32_t)piece.len;
	silt_codec_consume(io, piece.len);
	*step = end ? SILT_CODEC_SKIPPED : SILT_CODEC_MORE;
	return io->aside(io->aside_ctx, SILT_ASIDE_ZSTD_SKIPPABLE, at, start, end, piece, err);
}

static bool collect(struct zstd *z, struct silt_codec_io *io, size_t wanted)
{
	struct silt_bytes piece = silt_bytes_slice(io->in, 0, wanted - z->have);
	if (piece.len > 0) {
		memcpy(z->head + z->have, piece.ptr, piece.len);
		z->have += piece.len;
		silt_codec_consume(io, piece.len);
	}
	return z->have == wanted;
}

/* The magic tells the two kinds of frame apart; libzstd gets the one of a data frame back. */
static enum silt_status read_head(struct zstd *z, struct silt_codec_io *io, enum silt_codec_step *step,
				  struct silt_error *err)
{
	if (z->have < MAGIC_LEN && !collect(z, io, MAGIC_LEN)) {
		return SILT_OK;
	}
	if ((z->head[0] & 0xF0) != 0x50) {
		z->part = PART_FRAME;
		size_t consumed;
		return feed(z, silt_bytes(z->head, MAGIC_LEN), &consumed, io, step, err);
	}
	if (collect(z, io, SKIPPABLE_HEAD_LEN)) {
		z->part = PART_SKIPPED;
		z->skip_left = silt_u32le(z->head + MAGIC_LEN);
		z->skip_open = false;
	}
	return SILT_OK;
}

static enum silt_status decode(void *state, struct silt_codec_io *io, enum silt_codec_step *step,
			       struct silt_error *err)
{
	struct zstd *z = state;
	*step = SILT_CODEC_MORE;
	if (z->part == PART_HEAD) {
		enum silt_status status = read_head(z, io, step, err);
		if (status != SILT_OK || *step != SILT_CODEC_MORE) {
			return status;
		}
	}
	switch (z->part) {
	case PART_HEAD:
		return SILT_OK;
	case PART_SKIPPED:
		return give_skipped(z, io, step, err);
	case PART_FRAME:
		return decode_frame(z, io, step, err);
	}
	return SILT_OK;
}

static uint64_t memory(const void *state)
{
	return ZSTD_sizeof_DStream(((const struct zstd *)state)->stream);
}

const struct silt_codec silt_codec_zstd = {create, destroy, begin, decode, memory};
