/*
 * The inflate stage: finds the members of a compressed stream, lets a codec decode each, and accounts for every byte
 * that is in none.
 *
 *     +--------+--------+- - -+--------+-------------+-------------------+
 *     | member | member |     | member | zeros (pad) | whatever: TRAILER  |
 *     +--------+--------+- - -+--------+-------------+-------------------+
 *
 * A member begins with its magic. Zeros behind a member are what tape writers leave; in xz further streams may follow
 * them, if they are a multiple of four.
 */
#include "stream/inflate.h"

#include "base/limits.h"
#include "base/secure.h"
#include "stream/inflate_budget.h"
#include "stream/inflate_decoders.h"
#include "stream/inflate_input.h"

#include <stdlib.h>

enum phase {
	PHASE_START,  /* nothing read yet */
	PHASE_PLAIN,  /* no compression: blocks pass */
	PHASE_FIND,   /* in front of a member, or of what follows the last one */
	PHASE_MEMBER, /* inside a member */
	PHASE_REST,   /* behind the last member, or behind the damage */
	PHASE_END,
};

struct silt_inflate {
	struct silt_inflate_budget budget;
	struct silt_inflate_input input;
	silt_aside_fn *aside; /* may be NULL */
	void *aside_ctx;      /* borrows */
	uint8_t *out;         /* owns; one block */
	struct silt_inflate_decoders decoders;

	enum phase phase;
	uint64_t members_seen; /* complete, with those that carry no payload */
	uint64_t member_at;    /* where the last one began */
	uint64_t padding;      /* zeros since the last member */
	bool out_was_full;     /* the codec may have more to write without further input */

	enum silt_aside rest_kind;
	enum silt_aside open_aside;
	bool aside_is_open; /* a first piece was given and no last one */
	struct silt_inflate_report report;
};

static struct silt_inflate *new_stage(struct silt_source inner, silt_aside_fn *aside, void *aside_ctx,
				      const struct silt_limits *limits)
{
	struct silt_inflate *s = calloc(1, sizeof(*s));
	if (s) {
		s->input.inner = inner;
		s->aside = aside;
		s->aside_ctx = aside_ctx;
		s->decoders.limits = silt_limits_or_default(limits);
	}
	return s;
}

enum silt_status silt_inflate_new(struct silt_source inner, silt_aside_fn *aside, void *aside_ctx,
				  const struct silt_limits *limits, struct silt_inflate **out, struct silt_error *err)
{
	*out = new_stage(inner, aside, aside_ctx, limits);
	return *out ? SILT_OK : silt_fail_memory(err);
}

void silt_inflate_free(struct silt_inflate *s)
{
	if (s) {
		silt_inflate_decoders_done(&s->decoders);
		if (s->out) {
			silt_wipe(s->out, SILT_BLOCK_SIZE);
			free(s->out);
		}
		free(s);
	}
}

void silt_inflate_restart(struct silt_inflate *s, struct silt_source inner)
{
	struct silt_inflate fresh = {
		.budget = s->budget,
		.input = {.inner = inner},
		.aside = s->aside,
		.aside_ctx = s->aside_ctx,
		.out = s->out,
		.decoders = s->decoders,
	};
	*s = fresh;
}

void silt_inflate_set_budget(struct silt_inflate *s, struct silt_inflate_budget budget)
{
	s->budget = budget;
}

/* Passes a piece aside on, and knows whether a field is still open. */
static enum silt_status give_aside(void *ctx, enum silt_aside aside, uint64_t offset, bool start, bool end,
				   struct silt_bytes bytes, struct silt_error *err)
{
	struct silt_inflate *s = ctx;
	s->open_aside = aside;
	s->aside_is_open = !end;
	return s->aside ? s->aside(s->aside_ctx, aside, offset, start, end, bytes, err) : SILT_OK;
}

/* Gives the last piece, an empty one, of a field that the end of the input cut off. */
static enum silt_status close_aside(struct silt_inflate *s, struct silt_error *err)
{
	if (!s->aside_is_open) {
		return SILT_OK;
	}
	return give_aside(s, s->open_aside, s->input.at, false, true, silt_bytes(NULL, 0), err);
}

/* Looks what it is, once. */
static enum silt_status start(struct silt_inflate *s, struct silt_error *err)
{
	if (s->phase != PHASE_START) {
		return SILT_OK;
	}
	enum silt_status status = silt_inflate_input_pull(&s->input, err);
	if (status != SILT_OK) {
		return status;
	}
	/* The first block has 512 bytes or is the whole stream: enough to decide. */
	s->report.compression = silt_compression_sniff(s->input.block);
	status = silt_inflate_decoders_use(&s->decoders, s->report.compression, err);
	s->phase = s->report.compression == SILT_COMPRESSION_NONE ? PHASE_PLAIN : PHASE_FIND;
	return status;
}

static bool may_follow(const struct silt_inflate *s)
{
	return s->padding == 0 || (s->report.compression == SILT_COMPRESSION_XZ && s->padding % 4 == 0);
}

static enum silt_status begin_member(struct silt_inflate *s, struct silt_error *err)
{
	s->phase = PHASE_MEMBER;
	s->member_at = s->input.at;
	s->padding = 0;
	s->out_was_full = false;
	return silt_inflate_decoders_begin(&s->decoders, err);
}

static void begin_rest(struct silt_inflate *s, enum silt_aside kind)
{
	s->phase = PHASE_REST;
	s->rest_kind = kind;
}

/* The input ended in a member. */
static enum silt_status end_truncated(struct silt_inflate *s, struct silt_error *err)
{
	uint64_t end = s->input.at + silt_inflate_input_held(&s->input).len;
	silt_codec_flaw(&s->report, SILT_INFLATE_TRUNCATED, end, "the compressed data ends in the middle of a member");
	begin_rest(s, SILT_ASIDE_UNDECODED);
	return close_aside(s, err);
}

static enum silt_status find_member(struct silt_inflate *s, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	if (s->members_seen > 0) {
		status = silt_inflate_input_skip_zeros(&s->input, &s->padding, err);
	}
	bool ended = false;
	while (status == SILT_OK && !ended) {
		struct silt_bytes held = silt_inflate_input_held(&s->input);
		enum silt_match match = silt_match_member(s->report.compression, held);
		if (match == SILT_MATCH_YES && may_follow(s)) {
			return begin_member(s, err);
		}
		if (match != SILT_MATCH_PART) {
			begin_rest(s, SILT_ASIDE_TRAILER);
			return SILT_OK;
		}
		status = silt_inflate_input_hold(&s->input, &ended, err);
	}
	if (status != SILT_OK) {
		return status;
	}
	if (silt_inflate_input_held(&s->input).len > 0) {
		return end_truncated(s, err); /* a piece of a magic */
	}
	s->phase = PHASE_END;
	return SILT_OK;
}

static void end_member(struct silt_inflate *s, enum silt_codec_step step)
{
	switch (step) {
	case SILT_CODEC_MORE:
		break;
	case SILT_CODEC_MEMBER:
	case SILT_CODEC_SKIPPED:
		s->report.members += step == SILT_CODEC_MEMBER;
		s->members_seen++;
		s->phase = PHASE_FIND;
		break;
	case SILT_CODEC_BROKEN:
		begin_rest(s, SILT_ASIDE_UNDECODED);
		break;
	}
}

static enum silt_status decode_member(struct silt_inflate *s, uint8_t *out, size_t room, size_t *written,
				      struct silt_error *err)
{
	const struct silt_allowance allowance = silt_inflate_allowance(&s->budget, s->decoders.limits, &s->report);
	if (room > allowance.bytes) {
		room = (size_t)allowance.bytes + 1; /* one byte too many tells that there are more */
	}
	struct silt_inflate_input *input = &s->input;
	if (silt_inflate_input_piece(input).len == 0 && !s->out_was_full) {
		enum silt_status status = silt_inflate_input_pull(input, err);
		if (status != SILT_OK) {
			return status;
		}
		if (input->ended) {
			return end_truncated(s, err);
		}
	}
	struct silt_codec_io io = {
		.in = silt_inflate_input_piece(input),
		.at = input->at,
		.out = out,
		.room = room,
		.aside = give_aside,
		.aside_ctx = s,
		.report = &s->report,
	};
	enum silt_codec_step step = SILT_CODEC_MORE;
	enum silt_status status = silt_inflate_decoders_decode(&s->decoders, &io, &step, err);
	silt_inflate_input_consume(input, (size_t)(io.at - input->at));
	s->out_was_full = io.room == 0;
	*written = room - io.room;
	end_member(s, step);
	/* Decoders decode ahead: how far they have read when a budget is spent depends on how the input was cut. */
	if (!silt_inflate_spend(&s->budget, &allowance, s->member_at, &s->report, written)) {
		begin_rest(s, SILT_ASIDE_UNDECODED);
	}
	return status;
}

static enum silt_status give_rest(struct silt_inflate *s, struct silt_error *err)
{
	enum silt_status status = silt_inflate_input_pull(&s->input, err);
	if (status != SILT_OK) {
		return status;
	}
	struct silt_bytes piece = silt_inflate_input_piece(&s->input);
	if (piece.len == 0) {
		s->phase = PHASE_END;
		return close_aside(s, err);
	}
	uint64_t offset = s->input.at;
	silt_inflate_input_consume(&s->input, piece.len);
	return give_aside(s, s->rest_kind, offset, !s->aside_is_open, false, piece, err);
}

/* Fills `out` with decoded bytes: less than `size` only at the end. Not for PHASE_PLAIN. */
static enum silt_status fill(struct silt_inflate *s, uint8_t *out, size_t size, size_t *len, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	*len = 0;
	while (status == SILT_OK && *len < size && s->phase != PHASE_END) {
		size_t written = 0;
		if (s->phase == PHASE_FIND) {
			status = find_member(s, err);
		} else if (s->phase == PHASE_MEMBER) {
			status = decode_member(s, out + *len, size - *len, &written, err);
		} else {
			status = give_rest(s, err);
		}
		*len += written;
	}
	s->report.in = s->input.at;
	return status;
}

/* Hands the inner block on as it is; the first is the one that start() looked at. */
static enum silt_status pass(struct silt_inflate *s, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_inflate_input *input = &s->input;
	enum silt_status status = silt_inflate_input_pull(input, err);
	if (status != SILT_OK) {
		return status;
	}
	*block = input->block;
	silt_inflate_input_consume(input, block->len);
	s->report.in = s->report.out = input->at;
	return SILT_OK;
}

static enum silt_status next(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_inflate *s = ctx;
	enum silt_status status = start(s, err);
	if (status != SILT_OK) {
		return status;
	}
	if (s->phase == PHASE_PLAIN) {
		return pass(s, block, err);
	}
	if (!s->out) {
		s->out = malloc(SILT_BLOCK_SIZE);
		if (!s->out) {
			return silt_fail_memory(err);
		}
		silt_leave_undumped(s->out, SILT_BLOCK_SIZE);
	}
	size_t len;
	status = fill(s, s->out, SILT_BLOCK_SIZE, &len, err);
	*block = silt_bytes(s->out, status == SILT_OK ? len : 0);
	return status;
}

/* As pass, in the caller's room: a copy of what start() looked at and of what comes in blocks of others. */
static enum silt_status pass_into(struct silt_inflate *s, uint8_t *room, size_t *len, struct silt_error *err)
{
	struct silt_inflate_input *input = &s->input;
	enum silt_status status = SILT_OK;
	if (input->block.len == 0 && !input->ended && input->inner.fill) {
		status = input->inner.fill(input->inner.ctx, room, len, err);
		input->ended = status == SILT_OK && *len == 0;
		input->at += *len;
	} else {
		status = silt_inflate_input_pull(input, err);
		struct silt_bytes piece = silt_bytes_slice(input->block, 0, SILT_BLOCK_SIZE);
		*len = status == SILT_OK ? piece.len : 0;
		if (*len > 0) {
			memcpy(room, piece.ptr, *len);
		}
		silt_inflate_input_consume(input, *len);
	}
	s->report.in = s->report.out = input->at;
	return status;
}

static enum silt_status fill_block(void *ctx, uint8_t *room, size_t *len, struct silt_error *err)
{
	struct silt_inflate *s = ctx;
	enum silt_status status = start(s, err);
	*len = 0;
	return status != SILT_OK         ? status
	       : s->phase == PHASE_PLAIN ? pass_into(s, room, len, err)
					 : fill(s, room, SILT_BLOCK_SIZE, len, err);
}

struct silt_source silt_inflate_source(struct silt_inflate *s)
{
	return (struct silt_source){next, s, fill_block};
}

const struct silt_inflate_report *silt_inflate_report(const struct silt_inflate *s)
{
	return &s->report;
}

static enum silt_status decode_start(struct silt_inflate *s, uint8_t *out, size_t size, size_t *len,
				     struct silt_error *err)
{
	enum silt_status status = start(s, err);
	if (status != SILT_OK) {
		return status;
	}
	if (s->phase != PHASE_PLAIN) {
		return fill(s, out, size, len, err);
	}
	struct silt_bytes plain = silt_bytes_slice(s->input.block, 0, size);
	if (plain.len > 0) {
		memcpy(out, plain.ptr, plain.len);
	}
	*len = plain.len;
	return SILT_OK;
}

enum silt_status silt_inflate_start(struct silt_bytes start_bytes, const struct silt_limits *limits, uint8_t *out,
				    size_t size, size_t *len, struct silt_error *err)
{
	struct silt_memory_source memory = {start_bytes};
	struct silt_inflate *s = new_stage(silt_memory_source(&memory), NULL, NULL, limits);
	if (!s) {
		return silt_fail_memory(err);
	}
	size_t decoded = 0;
	enum silt_status status = decode_start(s, out, size, &decoded, err);
	silt_inflate_free(s);
	if (status == SILT_OK) {
		*len = decoded;
	}
	return status;
}
