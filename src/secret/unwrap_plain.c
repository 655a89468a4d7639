/* Decoded text: scanned in pieces, and its matches moved to where the encoded bytes are. */
#include "secret/unwrap_plain.h"

#include "base/secure.h"
#include "secret/matcher.h"

/* Bytes that an encoding may have before it at the start of a file: a byte order mark. */
enum { MARK_MAX = 3 };

/*
 * The value [from, to) of the text, as bytes of the stream. A unit that holds a single bit of it belongs to it.
 * What follows the last unit of a code with whole bytes follows it at once, so that its end is the next one's start.
 */
static void move_to_stream(const struct silt_plain *plain, struct silt_match *match)
{
	unsigned bits = plain->code->bits;
	uint64_t from = (plain->lead + match->offset) * 8 / bits;
	uint64_t to = (plain->lead + match->offset + match->length) * 8;
	uint64_t start = silt_trace_find(&plain->trace, from);
	uint64_t end;
	if (bits == 8) {
		bool at_end = match->offset + match->length >= plain->length;
		end = at_end ? plain->end : silt_trace_find(&plain->trace, to / 8);
	} else {
		end = silt_trace_find(&plain->trace, (to + bits - 1) / bits - 1) + 1;
	}
	match->offset = start;
	match->length = end - start;
}

static enum silt_status on_match(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	struct silt_plain *plain = ctx;
	if (match->length == 0) {
		return SILT_OK;
	}
	struct silt_match moved = *match;
	moved.via = plain->code->via;
	move_to_stream(plain, &moved);
	return plain->sink.fn(plain->sink.ctx, &moved, err);
}

void silt_plain_init(struct silt_plain *plain, const struct silt_matcher *matcher, const struct silt_limits *limits,
		     size_t window, struct silt_plain_sink sink)
{
	*plain = (struct silt_plain){
		.matcher = matcher,
		.limits = limits,
		.sink = sink,
		/* A piece has one byte of text at least; matches begin in the window or in what is not scanned yet. */
		.trace_keep = window + 2 * SILT_PLAIN_ROOM,
	};
}

void silt_plain_done(struct silt_plain *plain)
{
	silt_plain_reset(plain);
	silt_scanner_free(plain->scanner);
	silt_trace_done(&plain->trace);
}

void silt_plain_reset(struct silt_plain *plain)
{
	if (plain->open) {
		silt_wipe(plain->room, sizeof(plain->room));
		silt_scanner_begin_part(plain->scanner, silt_bytes(NULL, 0), NULL, NULL); /* wipes what it kept */
	}
	plain->open = false;
	plain->used = 0;
	plain->texts = 0;
	plain->overflowed = SILT_LIMIT_NONE;
}

enum silt_status silt_plain_open(struct silt_plain *plain, const struct silt_code *code, uint64_t start,
				 struct silt_bytes path, struct silt_error *err)
{
	if (!plain->scanner) {
		enum silt_status status = silt_scanner_new(plain->matcher, plain->limits, &plain->scanner, err);
		if (status != SILT_OK) {
			return status;
		}
	}
	if (!silt_trace_start(&plain->trace, start, plain->trace_keep)) {
		return silt_fail_memory(err);
	}
	plain->open = true;
	plain->texts++;
	plain->code = code;
	plain->start = start;
	plain->lead = 0;
	plain->end = start;
	plain->length = 0;
	plain->used = 0;
	plain->status = SILT_OK;
	plain->err = err;
	if (code->whole_files && start <= MARK_MAX) {
		silt_scanner_begin(plain->scanner, path, on_match, plain);
	} else {
		silt_scanner_begin_part(plain->scanner, path, on_match, plain);
	}
	return SILT_OK;
}

void silt_plain_line(struct silt_plain *plain, uint64_t unit, uint64_t at)
{
	if (plain->status == SILT_OK && !silt_trace_line(&plain->trace, unit, at)) {
		plain->status = silt_fail_memory(plain->err);
	}
}

static void scan(struct silt_plain *plain, bool last)
{
	plain->length += plain->used;
	if (plain->status == SILT_OK) {
		plain->status =
			silt_scanner_feed(plain->scanner, silt_bytes(plain->room, plain->used), last, plain->err);
	}
}

void silt_plain_flush(struct silt_plain *plain)
{
	scan(plain, false);
	plain->used = 0;
}

enum silt_status silt_plain_close(struct silt_plain *plain, struct silt_error *err)
{
	plain->err = err;
	scan(plain, true);
	if (plain->overflowed == SILT_LIMIT_NONE) {
		plain->overflowed = silt_scanner_overflowed(plain->scanner);
	}
	silt_wipe(plain->room, plain->length < SILT_PLAIN_ROOM ? plain->used : SILT_PLAIN_ROOM);
	plain->open = false;
	plain->used = 0;
	plain->err = NULL;
	return plain->status;
}
