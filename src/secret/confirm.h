/* From an anchor to a match: pattern, validator, and what may be told of the value. */
#ifndef SILT_SECRET_CONFIRM_H
#define SILT_SECRET_CONFIRM_H

#include "secret/pattern.h"
#include "secret/scanner.h"

/* The bytes around one anchor that may belong to a match. */
struct silt_window {
	struct silt_bytes bytes;
	struct silt_bytes path; /* of the stream */
	size_t from; /* the first byte a match may begin with; what stands before it is looked back at only */
	struct silt_range anchor;
};

struct silt_confirmed {
	size_t end;              /* of the whole match, in the window */
	struct silt_match match; /* `offset` counts from the start of the window */
};

/*
 * Looks for a match that covers the anchor, and judges it. `room` has window->bytes.len bytes to work in and is wiped
 * before the return. `*out` is set only if FOUND.
 */
enum silt_pattern_answer silt_confirm(const struct silt_rule *rule, const struct silt_pattern *pattern,
				      struct silt_pattern_memory *memory, const struct silt_window *window,
				      uint8_t *room, struct silt_confirmed *out);

#endif
