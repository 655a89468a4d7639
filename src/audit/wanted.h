/* Where values are that were looked for (secret/wanted.h). */
#ifndef SILT_AUDIT_WANTED_H
#define SILT_AUDIT_WANTED_H

#include "audit/line_matches.h"
#include "audit/result.h"

/* The places of each of `count` values: an array of the context's arena. Names are masked by `matches`, if there are any. */
enum silt_status silt_sight_wanted(const struct silt_context *context, size_t count, struct silt_line_matches *matches,
				   const struct silt_wanted_sightings **out, struct silt_error *err);

#endif
