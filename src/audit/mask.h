/*
 * Names without the secrets in them: a token may stand in the name of a file or of a member, and a report shows names.
 */
#ifndef SILT_AUDIT_MASK_H
#define SILT_AUDIT_MASK_H

#include "audit/line_matches.h"
#include "base/arena.h"
#include "base/buffer.h"

/*
 * Adds `text` to `out`, with each secret that a rule finds in it cut down to its first four characters and "***", and
 * "***" for the password of each URL. What only a generic rule takes for a secret stays: words of a path do. Fails for
 * memory, or as a search does.
 */
enum silt_status silt_mask(struct silt_line_matches *matches, struct silt_bytes text, struct silt_buffer *out,
			   struct silt_error *err);

/*
 * A copy of text that was escaped (base/escape.h), masked unless `matches` is NULL. It is masked as it was before, and
 * escaped again: behind "\x01" a token begins, while nothing begins behind its "1". NULL if memory ran out or the search
 * failed.
 */
const char *silt_mask_copy(struct silt_line_matches *matches, struct silt_bytes text, struct silt_arena *arena);

#endif
