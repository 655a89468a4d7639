/* From places where a byte of a value is spelled out to decoded text around them, in one scanner for each kind. */
#include "secret/undo.h"

#include "base/arena.h"
#include "secret/matcher.h"
#include "secret/undo_read.h"
#include "secret/wanted.h"

#include <stdlib.h>

enum {
	CHUNK = 2048,
	/* What stands of a value before its first sign, and behind its last one, is as it is. */
	BACK = SILT_WANTED_MAX + 64,
	AHEAD = SILT_WANTED_MAX + 64,
};

_Static_assert((int)BACK <= (int)SILT_UNWRAP_BACK, "a decoder may look back so far");
_Static_assert((int)SILT_UNDO_LONGEST <= (int)SILT_UNWRAP_AHEAD, "a decoder may look ahead so far");

struct way {
	struct silt_code code;
	silt_undo_read_fn *read;
	uint64_t ahead; /* bytes from a sign on in which what is left of a value ends */
};

/* The signs of broken base64 are the first pieces of a value: all the rest of it is ahead, and its breaks. */
static const struct way ways[SILT_UNDO_KINDS] = {
	[SILT_UNDO_PERCENT] = {{.via = "percent-encoding", .bits = 8}, silt_undo_percent, AHEAD},
	[SILT_UNDO_BACKSLASH] = {{.via = "escapes", .bits = 8}, silt_undo_backslash, AHEAD},
	[SILT_UNDO_ENTITY] = {{.via = "character references", .bits = 8}, silt_undo_entity, AHEAD},
	[SILT_UNDO_BREAKS] = {{.via = "base64 in lines", .bits = 8}, silt_undo_breaks, (uint64_t)8 * AHEAD},
};

/* A part of the stream that is decoded. Parts may overlap: a value may begin before a sign and behind another. */
struct part {
	uint64_t from, to;
};

struct decoder {
	struct silt_plain plain;
	struct part *parts; /* owns; in order of `from` */
	size_t count, capacity;
	bool open;     /* the first part is under way */
	uint64_t done; /* the stream is decoded up to here */
	uint64_t units, next;
};

struct silt_undo {
	struct decoder decoders[SILT_UNDO_KINDS];
	bool failed; /* memory ran out: parts are missing */
};

enum silt_status silt_undo_new(const struct silt_matcher *matcher, const struct silt_limits *limits,
			       struct silt_plain_sink sink, struct silt_undo **out, struct silt_error *err)
{
	struct silt_undo *undo = calloc(1, sizeof(*undo));
	if (!undo) {
		return silt_fail_memory(err);
	}
	for (size_t i = 0; i < SILT_UNDO_KINDS; i++) {
		silt_plain_init(&undo->decoders[i].plain, matcher, limits, matcher->window_usual, sink);
	}
	*out = undo;
	return SILT_OK;
}

void silt_undo_free(struct silt_undo *undo)
{
	for (size_t i = 0; undo && i < SILT_UNDO_KINDS; i++) {
		silt_plain_done(&undo->decoders[i].plain);
		free(undo->decoders[i].parts);
	}
	free(undo);
}

void silt_undo_reset(struct silt_undo *undo)
{
	for (size_t i = 0; i < SILT_UNDO_KINDS; i++) {
		silt_plain_reset(&undo->decoders[i].plain);
		undo->decoders[i].count = 0;
		undo->decoders[i].open = false;
	}
	undo->failed = false;
}

void silt_undo_meet(struct silt_undo *undo, enum silt_undo_kind kind, uint64_t at)
{
	struct decoder *decoder = &undo->decoders[kind];
	struct part *last = decoder->count > 0 ? &decoder->parts[decoder->count - 1] : NULL;
	const uint64_t to = at + ways[kind].ahead;
	if (last && at < last->to) {
		last->to = to > last->to ? to : last->to;
		return;
	}
	void *parts = decoder->parts;
	if (!silt_grow(&parts, decoder->count, &decoder->capacity, sizeof(*decoder->parts))) {
		undo->failed = true;
		return;
	}
	decoder->parts = parts;
	decoder->parts[decoder->count++] = (struct part){at > BACK ? at - BACK : 0, to};
}

/* The next character of the text, at the start of `text`; returns its bytes. */
static size_t take(struct decoder *decoder, const struct way *way, struct silt_bytes text)
{
	uint8_t bytes[SILT_UTF8_MAX];
	size_t count = 0;
	const size_t length = way->read(text, bytes, &count);
	if (decoder->done != decoder->next) {
		silt_plain_line(&decoder->plain, decoder->units, decoder->done);
	}
	for (size_t i = 0; i < count; i++) {
		silt_plain_put(&decoder->plain, bytes[i]);
	}
	decoder->units += count;
	decoder->next = decoder->done + count;
	decoder->done += length;
	decoder->plain.end = decoder->done;
	return length;
}

static void decode(struct decoder *decoder, const struct way *way, const struct silt_view *view, uint64_t to)
{
	while (decoder->done < to && decoder->plain.status == SILT_OK) {
		struct silt_bytes text = silt_view_bytes(view, decoder->done, CHUNK + SILT_UNDO_LONGEST);
		for (size_t at = 0; at < CHUNK && at < text.len && decoder->done < to;) {
			at += take(decoder, way, silt_bytes_slice(text, at, SILT_UNDO_LONGEST));
		}
	}
}

/* The first part, as far as it is known. */
static enum silt_status go_on(struct decoder *decoder, const struct way *way, const struct silt_view *view,
			      const struct part *part)
{
	const uint64_t to = part->to < view->limit ? part->to : view->limit;
	decoder->plain.err = view->err;
	if (!decoder->open) {
		decoder->done = decoder->next = part->from;
		decoder->units = 0;
		enum silt_status status =
			silt_plain_open(&decoder->plain, &way->code, part->from, view->path, view->err);
		if (status != SILT_OK) {
			return status;
		}
		decoder->open = true;
	}
	decode(decoder, way, view, to);
	const bool ended = view->last || part->to <= view->limit || decoder->plain.status != SILT_OK;
	decoder->open = !ended;
	return ended ? silt_plain_close(&decoder->plain, view->err) : SILT_OK;
}

static enum silt_status go_on_all(struct decoder *decoder, const struct way *way, const struct silt_view *view)
{
	enum silt_status status = SILT_OK;
	size_t ended = 0;
	while (ended < decoder->count && status == SILT_OK && decoder->parts[ended].from < view->limit) {
		status = go_on(decoder, way, view, &decoder->parts[ended]);
		if (decoder->open) {
			break;
		}
		ended++;
	}
	decoder->count -= ended;
	if (ended > 0 && decoder->count > 0) {
		memmove(decoder->parts, decoder->parts + ended, decoder->count * sizeof(*decoder->parts));
	}
	return status;
}

enum silt_status silt_undo_go_on(struct silt_undo *undo, const struct silt_view *view)
{
	enum silt_status status = undo->failed ? silt_fail_memory(view->err) : SILT_OK;
	for (size_t i = 0; i < SILT_UNDO_KINDS && status == SILT_OK; i++) {
		status = go_on_all(&undo->decoders[i], &ways[i], view);
	}
	return status;
}

enum silt_limit_id silt_undo_overflowed(const struct silt_undo *undo)
{
	enum silt_limit_id overflowed = SILT_LIMIT_NONE;
	for (size_t i = 0; i < SILT_UNDO_KINDS && overflowed == SILT_LIMIT_NONE; i++) {
		overflowed = undo->decoders[i].plain.overflowed;
	}
	return overflowed;
}
