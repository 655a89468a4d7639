/* One pattern, window after window. */
#include "forensics/query.h"

#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>

enum {
	/* Bytes that are matched at once: large enough that what is looked at twice is little. */
	WINDOW = 1024 * 1024,
	BEHIND = 256, /* PCRE2 allows no longer lookbehind in effect */
};

struct silt_query {
	struct silt_pattern *pattern; /* owns */
};

enum silt_status silt_query_new(const char *pattern, unsigned shortest, struct silt_query **out, struct silt_error *err)
{
	char printable[64];
	struct silt_pattern_facts facts;
	(void)snprintf(printable, sizeof(printable), "[\\t\\x20-\\x7e]{%u,}", shortest > 0 ? shortest : 1);
	const char *text = pattern ? pattern : printable;
	enum silt_status status = silt_pattern_check(text, &facts, err);
	if (status != SILT_OK) {
		return status;
	}
	if (facts.look_behind > BEHIND - 1) {
		return silt_fail(err, SILT_ERR_USAGE, "the pattern looks %u bytes back, and %d are kept",
				 facts.look_behind, BEHIND - 1);
	}
	struct silt_query *query = calloc(1, sizeof(*query));
	if (!query) {
		return silt_fail_memory(err);
	}
	status = silt_pattern_new(text, SILT_PATTERN_ANYWHERE, &query->pattern, err);
	if (status != SILT_OK) {
		free(query);
		return status;
	}
	*out = query;
	return SILT_OK;
}

void silt_query_free(struct silt_query *query)
{
	if (query) {
		silt_pattern_free(query->pattern);
	}
	free(query);
}

/* ---- Streams ----------------------------------------------------------------------------------------------------------- */

enum silt_status silt_questioned_init(struct silt_questioned *stream, const struct silt_query *query,
				      struct silt_error *err)
{
	*stream = (struct silt_questioned){.query = query};
	return silt_pattern_memory_new(&silt_default_limits, &stream->memory, err);
}

void silt_questioned_done(struct silt_questioned *stream)
{
	silt_pattern_memory_free(stream->memory);
	silt_buffer_done(&stream->window);
}

void silt_questioned_begin(struct silt_questioned *stream, uint64_t offset)
{
	silt_buffer_clear(&stream->window);
	stream->at = offset;
	stream->from = 0;
}

/*
 * Where the next match may begin; an empty match is none, and is stepped over. How much of a long one is in the window
 * depends on where that ends: it is cut where every window has it.
 */
static enum silt_status take_hit(struct silt_questioned *stream, struct silt_range hit,
				 const struct silt_query_taker *taker, struct silt_error *err)
{
	const size_t all = hit.end - hit.start;
	const size_t len = all < SILT_QUERY_MATCH_MAX ? all : SILT_QUERY_MATCH_MAX;
	stream->from = hit.start + (len > 0 ? len : 1);
	return len > 0 ? taker->match(taker->ctx, stream->at + hit.start,
				      silt_bytes_slice(silt_buffer_bytes(&stream->window), hit.start, len), err)
		       : SILT_OK;
}

static enum silt_status give_up(struct silt_questioned *stream, size_t end, const struct silt_query_taker *taker,
				struct silt_error *err)
{
	const size_t from = stream->from;
	stream->from = end;
	return taker->given_up(taker->ctx, stream->at + from, end - from, err);
}

/* All matches that begin in front of `end`. */
static enum silt_status match_window(struct silt_questioned *stream, size_t end, const struct silt_query_taker *taker,
				     struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	while (stream->from < end && status == SILT_OK) {
		struct silt_pattern_hit hit;
		const struct silt_range starts = {stream->from, end};
		switch (silt_pattern_search(stream->query->pattern, stream->memory, silt_buffer_bytes(&stream->window),
					    starts, &hit)) {
		case SILT_PATTERN_NONE:
			stream->from = end;
			break;
		case SILT_PATTERN_FOUND:
			status = take_hit(stream, hit.whole, taker, err);
			break;
		case SILT_PATTERN_LIMIT:
			status = give_up(stream, end, taker, err);
			break;
		case SILT_PATTERN_STARVED:
			return silt_fail_memory(err);
		}
	}
	return status;
}

/* Forgets what no later match can begin in or look back to. */
static void slide(struct silt_questioned *stream)
{
	struct silt_buffer *window = &stream->window;
	const size_t kept = stream->from > BEHIND ? stream->from - BEHIND : 0;
	if (kept > 0 && kept <= window->len) {
		memmove(window->ptr, window->ptr + kept, window->len - kept);
		silt_buffer_cut(window, window->len - kept);
		stream->at += kept;
		stream->from -= kept;
	}
}

enum silt_status silt_questioned_feed(struct silt_questioned *stream, struct silt_bytes bytes, bool last,
				      const struct silt_query_taker *taker, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	silt_buffer_add(&stream->window, bytes);
	if (stream->window.failed) {
		return silt_fail_memory(err);
	}
	const size_t len = stream->window.len;
	if (last) {
		return match_window(stream, len, taker, err);
	}
	if (len >= WINDOW) {
		status = match_window(stream, len - SILT_QUERY_MATCH_MAX, taker, err);
		slide(stream);
	}
	return status;
}
