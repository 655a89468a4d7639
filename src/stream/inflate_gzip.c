/*
 * One gzip member (RFC 1952). Libraries decode the body only: their own readers of headers store fields in fixed buffers
 * and drop what does not fit, and say nothing of a wrong header CRC's place.
 *
 *     +----+----+----+-----+-------+-----+----+
 *     | 1F | 8B | 08 | FLG | MTIME | XFL | OS |            10 bytes
 *     +----+----+----+-----+-------+-----+----+
 *     | XLEN (2) | extra field ...   |  if FLG.2
 *     | file name ...           | 00 |  if FLG.3
 *     | comment ...             | 00 |  if FLG.4
 *     | CRC16 of all above (2)       |  if FLG.1
 *     +------------------------------+
 *     | deflate ...                  |
 *     +---------------+--------------+
 *     | CRC32 (4)     | ISIZE (4)    |  of the output; all numbers little-endian
 *     +---------------+--------------+
 *
 * A wrong check value is a flaw, but not the end: what follows is decoded all the same.
 */
#include "stream/inflate_codec.h"

#include "stream/crc32.h"
#include "stream/deflate.h"

#include <stdlib.h>

enum {
	FIXED_LEN = 10,
	TRAILER_LEN = 8,

	FLAG_HCRC = 2,
	FLAG_EXTRA = 4,
	FLAG_NAME = 8,
	FLAG_COMMENT = 16,
	FLAGS_RESERVED = 0xE0,
};

/* The parts of a member, in their order. */
enum part {
	PART_FIXED,
	PART_EXTRA_LEN,
	PART_EXTRA,
	PART_NAME,
	PART_COMMENT,
	PART_HCRC,
	PART_BODY,
	PART_TRAILER,
	PART_DONE,
};

struct gzip {
	uint64_t text_max;         /* bytes that a name or comment may have */
	struct silt_deflate *body; /* owns */
	enum part part;
	uint8_t flags;
	uint8_t field[FIXED_LEN]; /* a part of fixed length, as it comes together */
	size_t have;              /* bytes in it */
	size_t extra_left;
	uint64_t text_len; /* bytes of the current name or comment so far */
	bool field_open;   /* the first piece of the current extra field, name or comment was given */
	uint32_t header_crc;
	uint32_t body_crc;
	uint32_t body_len; /* modulo 2^32, as ISIZE */
};

/* Whether a part was ended by a call: if not, it waits for input (or, the body, for room). */
enum progress { WAIT, DONE, BROKEN };

static enum silt_status create(const struct silt_limits *limits, void **state, struct silt_error *err)
{
	struct gzip *g = calloc(1, sizeof(*g));
	if (!g) {
		return silt_fail_memory(err);
	}
	enum silt_status status = silt_deflate_new(SILT_DEFLATE_BARE, &g->body, err);
	if (status != SILT_OK) {
		free(g);
		return status;
	}
	g->text_max = limits->value[SILT_LIMIT_GZIP_FIELD_BYTES];
	*state = g;
	return SILT_OK;
}

static void destroy(void *state)
{
	struct gzip *g = state;
	if (g) {
		silt_deflate_free(g->body);
		free(g);
	}
}

static enum silt_status begin(void *state, uint64_t others, struct silt_error *err)
{
	(void)others, (void)err;
	struct gzip *g = state;
	silt_deflate_begin(g->body);
	g->part = PART_FIXED;
	g->have = 0;
	g->header_crc = 0;
	g->body_crc = g->header_crc;
	g->body_len = 0;
	return SILT_OK;
}

/* Consumes `len` bytes that FHCRC covers. */
static void consume_header(struct gzip *g, struct silt_codec_io *io, size_t len)
{
	g->header_crc = silt_crc32_add(g->header_crc, silt_bytes(io->in.ptr, len));
	silt_codec_consume(io, len);
}

/* Moves input into g->field until it has `wanted` bytes. True if it has. */
static bool collect(struct gzip *g, struct silt_codec_io *io, size_t wanted, bool covered)
{
	size_t missing = wanted - g->have;
	size_t len = io->in.len < missing ? io->in.len : missing;
	if (len > 0) {
		memcpy(g->field + g->have, io->in.ptr, len);
		g->have += len;
		if (covered) {
			consume_header(g, io, len);
		} else {
			silt_codec_consume(io, len);
		}
	}
	if (g->have < wanted) {
		return false;
	}
	g->have = 0;
	return true;
}

static enum progress read_fixed(struct gzip *g, struct silt_codec_io *io)
{
	if (!collect(g, io, FIXED_LEN, true)) {
		return WAIT;
	}
	g->flags = g->field[3];
	if (g->flags & FLAGS_RESERVED) {
		silt_codec_flaw(io->report, SILT_INFLATE_DAMAGED, io->at - FIXED_LEN + 3,
				"gzip: reserved flag bits must be zero");
	}
	return DONE;
}

static enum progress read_extra_len(struct gzip *g, struct silt_codec_io *io)
{
	if (!collect(g, io, 2, true)) {
		return WAIT;
	}
	g->extra_left = (size_t)g->field[0] | (size_t)g->field[1] << 8;
	return DONE;
}

static enum silt_status read_extra(struct gzip *g, struct silt_codec_io *io, enum progress *progress,
				   struct silt_error *err)
{
	struct silt_bytes piece = silt_bytes_slice(io->in, 0, g->extra_left);
	bool end = piece.len == g->extra_left;
	if (piece.len == 0 && !end) {
		return SILT_OK;
	}
	bool start = !g->field_open;
	uint64_t at = io->at;
	g->field_open = true;
	g->extra_left -= piece.len;
	consume_header(g, io, piece.len);
	*progress = end ? DONE : WAIT;
	return io->aside(io->aside_ctx, SILT_ASIDE_GZIP_EXTRA, at, start, end, piece, err);
}

/* A name or comment: up to a NUL, with no length in front. However long it is, it is given, in pieces. */
static enum silt_status read_text(struct gzip *g, struct silt_codec_io *io, enum silt_aside aside,
				  enum progress *progress, struct silt_error *err)
{
	if (io->in.len == 0) {
		return SILT_OK;
	}
	size_t nul = silt_bytes_find_byte(io->in, 0);
	bool end = nul != SIZE_MAX;
	struct silt_bytes piece = silt_bytes_slice(io->in, 0, nul);
	bool start = !g->field_open;
	uint64_t at = io->at;
	const uint64_t before = start ? 0 : g->text_len;
	g->text_len = before + piece.len;
	g->field_open = !end;
	if (g->text_len > g->text_max && before <= g->text_max) {
		silt_codec_limit(io->report, SILT_LIMIT_GZIP_FIELD_BYTES, at + g->text_max - before,
				 "gzip: a header field is longer");
	}
	consume_header(g, io, piece.len + (end ? 1 : 0));
	*progress = end ? DONE : WAIT;
	return io->aside(io->aside_ctx, aside, at, start, end, piece, err);
}

static enum progress read_header_crc(struct gzip *g, struct silt_codec_io *io)
{
	if (!collect(g, io, 2, false)) {
		return WAIT;
	}
	uint32_t stated = (uint32_t)g->field[0] | (uint32_t)g->field[1] << 8;
	if (stated != (g->header_crc & 0xFFFF)) {
		silt_codec_flaw(io->report, SILT_INFLATE_DAMAGED, io->at - 2,
				"gzip: the CRC-16 of the header is not that of its bytes");
	}
	return DONE;
}

static enum progress read_body(struct gzip *g, struct silt_codec_io *io)
{
	struct silt_bytes rest = io->in;
	size_t produced;
	enum silt_deflate_step step = silt_deflate_next(g->body, &rest, io->out, io->room, &produced);
	g->body_crc = silt_crc32_add(g->body_crc, silt_bytes(io->out, produced));
	g->body_len += (uint32_t)produced;
	silt_codec_produce(io, produced);
	silt_codec_consume(io, io->in.len - rest.len);
	switch (step) {
	case SILT_DEFLATE_MORE:
		return WAIT;
	case SILT_DEFLATE_END:
		return DONE;
	case SILT_DEFLATE_BROKEN:
		break;
	}
	silt_codec_flaw(io->report, SILT_INFLATE_DAMAGED, io->at, "gzip: the deflate data is invalid");
	return BROKEN;
}

static enum progress read_trailer(struct gzip *g, struct silt_codec_io *io)
{
	if (!collect(g, io, TRAILER_LEN, false)) {
		return WAIT;
	}
	uint64_t at = io->at - TRAILER_LEN;
	if (silt_u32le(g->field) != g->body_crc) {
		silt_codec_flaw(io->report, SILT_INFLATE_DAMAGED, at,
				"gzip: the CRC-32 of the member is not that of its content");
	}
	if (silt_u32le(g->field + 4) != g->body_len) {
		silt_codec_flaw(io->report, SILT_INFLATE_DAMAGED, at + 4,
				"gzip: the length of the member is not that of its content");
	}
	return DONE;
}

static bool is_present(const struct gzip *g, enum part part)
{
	static const uint8_t flags[PART_DONE] = {
		[PART_EXTRA_LEN] = FLAG_EXTRA, [PART_EXTRA] = FLAG_EXTRA, [PART_NAME] = FLAG_NAME,
		[PART_COMMENT] = FLAG_COMMENT, [PART_HCRC] = FLAG_HCRC,
	};
	return part >= PART_BODY || (g->flags & flags[part]);
}

static enum silt_status read_part(struct gzip *g, struct silt_codec_io *io, enum progress *progress,
				  struct silt_error *err)
{
	*progress = WAIT;
	switch (g->part) {
	case PART_FIXED:
		*progress = read_fixed(g, io);
		return SILT_OK;
	case PART_EXTRA_LEN:
		*progress = read_extra_len(g, io);
		return SILT_OK;
	case PART_EXTRA:
		return read_extra(g, io, progress, err);
	case PART_NAME:
		return read_text(g, io, SILT_ASIDE_GZIP_NAME, progress, err);
	case PART_COMMENT:
		return read_text(g, io, SILT_ASIDE_GZIP_COMMENT, progress, err);
	case PART_HCRC:
		*progress = read_header_crc(g, io);
		return SILT_OK;
	case PART_BODY:
		*progress = read_body(g, io);
		return SILT_OK;
	case PART_TRAILER:
		*progress = read_trailer(g, io);
		return SILT_OK;
	case PART_DONE:
		break;
	}
	return silt_fail(err, SILT_ERR_INTERNAL, "a gzip member was read beyond its end");
}

static enum silt_status decode(void *state, struct silt_codec_io *io, enum silt_codec_step *step,
			       struct silt_error *err)
{
	struct gzip *g = state;
	*step = SILT_CODEC_MORE;
	enum progress progress;
	do {
		enum silt_status status = read_part(g, io, &progress, err);
		if (status != SILT_OK) {
			return status;
		}
		if (progress == DONE) {
			do {
				g->part++;
			} while (!is_present(g, g->part));
			g->field_open = false;
		}
	} while (progress == DONE && g->part != PART_DONE);
	if (progress == BROKEN) {
		*step = SILT_CODEC_BROKEN;
	} else if (g->part == PART_DONE) {
		*step = SILT_CODEC_MEMBER;
	}
	return SILT_OK;
}

const struct silt_codec silt_codec_gzip = {create, destroy, begin, decode, NULL};
