/* From a candidate to a match: pattern, limits, keywords, validator, and what may be told of the value. */
#ifndef SILT_SECRET_CONFIRM_H
#define SILT_SECRET_CONFIRM_H

#include "secret/matcher.h"

/* The bytes around one candidate that may belong to a match. */
struct silt_window {
	struct silt_bytes bytes;  /* for the pattern and the validator */
	struct silt_bytes around; /* for keywords: these, and more on both sides */
	struct silt_bytes path;   /* of the stream */
	uint64_t offset;          /* of `bytes` in the stream */
	struct silt_range starts; /* in `bytes`: where a match may begin; what stands before is looked back at only */
	struct silt_range anchor; /* in `bytes`: what a match must cover; both ends 0: nothing */
};

struct silt_confirmed {
	size_t next; /* in the window: where another match may begin */
	bool holds;  /* false: limits, words or the validator say that this is no match, and `match` is not set */
	struct silt_match match; /* `offset` counts from the start of the window */
};

/*
 * Looks for a match that covers the anchor, and judges it. `room` has window->bytes.len bytes to work in and is wiped
 * before the return. `*out` is set only if the pattern was FOUND. STARVED also if a validator had no memory.
 */
enum silt_pattern_answer silt_confirm(const struct silt_rule *rule, const struct silt_plan *plan,
				      struct silt_pattern_memory *memory, const struct silt_window *window,
				      uint8_t *room, struct silt_confirmed *out);

#endif
