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

/* Gets matches in the order of the stream, none within another. */
typedef enum silt_status silt_query_fn(void *ctx, uint64_t offset, struct silt_bytes match, struct silt_error *err);

/* One stream. */
struct silt_questioned {
	const struct silt_query *query;     /* borrows */
	struct silt_pattern_memory *memory; /* owns */
	struct silt_buffer window;          /* owns */
	uint64_t at;                        /* where the window begins in the stream */
	size_t from;                        /* in the window: where the next match may begin */
	bool unknown;                       /* the pattern took too long on it */
};

enum silt_status silt_questioned_init(struct silt_questioned *stream, const struct silt_query *query,
				      struct silt_error *err);
void silt_questioned_done(struct silt_questioned *stream);

/* A new stream, whose first byte has this offset. */
void silt_questioned_begin(struct silt_questioned *stream, uint64_t offset);

/* Its next bytes; `last`: there are no more. */
enum silt_status silt_questioned_feed(struct silt_questioned *stream, struct silt_bytes bytes, bool last,
				      silt_query_fn *fn, void *ctx, struct silt_error *err);

#endif
