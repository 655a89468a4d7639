/*
 * The hits of one stream, until the stream ends and it is known which of them stand.
 *
 * A hit of a generic rule gives way to a hit of any other rule on the same bytes, and to a generic one that begins
 * before it or is longer. Of two hits of rules of one family (ids with the same first word) with the same value, one
 * inside the other, the outer one stands; families say different things about the same bytes, and all of them stand.
 */
#ifndef SILT_LAYER_SETTLE_H
#define SILT_LAYER_SETTLE_H

#include "layer/collect.h"

struct silt_unsettled_hit;

struct silt_unsettled {
	struct silt_unsettled_hit *hits; /* owns */
	size_t count, capacity;
	bool keep_secrets; /* the hits shall hold the values themselves */
};

void silt_unsettled_done(struct silt_unsettled *hits);

/* Forgets the hits of a stream that was given up. */
void silt_unsettled_clear(struct silt_unsettled *hits);

/* Adds what the scanner found, at a place of the stream that begins at `origin`. */
enum silt_status silt_unsettled_add(struct silt_unsettled *hits, const struct silt_hit *origin,
				    const struct silt_match *match, struct silt_error *err);

/* Gives the hits that stand to the collector, in the order of their offsets, and forgets all of them. */
enum silt_status silt_unsettled_settle(struct silt_unsettled *hits, struct silt_collector *collector,
				       struct silt_error *err);

#endif
