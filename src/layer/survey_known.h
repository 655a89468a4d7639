/*
 * A layer from the cache, or surveyed and put there.
 */
#ifndef SILT_LAYER_SURVEY_KNOWN_H
#define SILT_LAYER_SURVEY_KNOWN_H

#include "layer/record_cache.h"
#include "layer/survey.h"

/* The blob of a layer that can be read twice. All is borrowed. */
struct silt_known_blob {
	const struct silt_record_cache *cache;
	/* Gives all of it from its start; `again`: it was read before. The source is used until the next call. */
	enum silt_status (*open)(void *ctx, bool again, struct silt_source *out, struct silt_error *err);
	void *ctx;
	uint64_t bytes;
	const struct silt_digest *named; /* what its name says of its digest; NULL: it says nothing */
	bool trust;                      /* believe the name of what is in the cache */
	/* The record of another blob of as many bytes: if they are the same bytes, it is this one's, too. NULL: none. */
	const struct silt_record *twin;
	const struct silt_matcher *matcher; /* of the twin */
};

/*
 * As silt_survey_layer, and with the same record, but that what the cache has is not surveyed. What is not known costs
 * nothing beyond the survey if it has a name, and one reading to be hashed if it has none. Budgets of the wish are
 * charged as a survey charges them. `*believed`: the blob was not read.
 */
enum silt_status silt_survey_known(const struct silt_known_blob *blob, const struct silt_survey_wish *wish,
				   struct silt_record **out, bool *believed, struct silt_error *err);

#endif
