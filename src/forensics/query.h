/*
 * A pattern on streams of any length: they are matched in windows, and what of one is looked at again in the next is enough
 * for lookbehinds and for matches of SILT_QUERY_MATCH_MAX bytes.
 *
 *     stream   -------------------------------------------------------------
 *     window   [ behind | matches begin here          | ahead ]
 *     the next                                 [ behind | matches begin ...
 */
#ifndef SILT_FORENSICS_QUERY_H
#define SILT_FORENSICS_QUERY_H

#include "base/buffer.h"
#include "secret/pattern.h"
#include "silt/strings.h"

/* Gets what comes of a stream, in its order. What it returns if it is not SILT_OK ends the feeding with that. */
struct silt_query_taker {
	/* A match; none is within another, and none longer than SILT_QUERY_MATCH_MAX: what follows is matched anew. */
	enum silt_status (*match)(void *ctx, uint64_t offset, struct silt_bytes match, struct silt_error *err);
	/* The pattern took too long: nobody knows whether a match begins in these bytes. */
	enum silt_status (*given_up)(void *ctx, uint64_t offset, uint64_t length, struct silt_error *err);
	void *ctx;
};

/* One stream. */
struct silt_questioned {
	const struct silt_query *query;     /* borrows */
	struct silt_pattern_memory *memory; /* owns */
	struct silt_buffer window;          /* owns */
	uint64_t at;                        /* where the window begins in the stream */
	size_t from;                        /* in the window: where the next match may begin */
};

enum silt_status silt_questioned_init(struct silt_questioned *stream, const struct silt_query *query,
				      struct silt_error *err);
void silt_questioned_done(struct silt_questioned *stream);

/* A new stream, whose first byte has this offset. */
void silt_questioned_begin(struct silt_questioned *stream, uint64_t offset);

/* Its next bytes; `last`: there are no more. */
enum silt_status silt_questioned_feed(struct silt_questioned *stream, struct silt_bytes bytes, bool last,
				      const struct silt_query_taker *taker, struct silt_error *err);

#endif
