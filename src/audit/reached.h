/*
 * Limits that the judgement of an image reaches: each is a finding, and a gap in the coverage account. Those that were
 * reached while the bundle was read are anomalies of records (layer/record.h) and issues of the bundle.
 */
#ifndef SILT_AUDIT_REACHED_H
#define SILT_AUDIT_REACHED_H

#include "audit/tell.h"

/* Zeroed: none. */
struct silt_reached {
	struct silt_gap *items; /* owns; text of the arena of the context */
	size_t count, capacity;
};

void silt_reached_done(struct silt_reached *reached);

/* Adds a gap at a place. `text` is `what` with the name and value of the limit behind it, of the arena. */
enum silt_status silt_reach(const struct silt_context *context, enum silt_limit_id limit, const char *place,
			    const char *what, const char **text, struct silt_error *err);

/* The same with its finding, about an image: `part` is "history". `what`: "it is longer; the rest was not read". */
enum silt_status silt_tell_reached(const struct silt_case *of, enum silt_limit_id limit, const char *part,
				   const char *what, struct silt_error *err);

/* After the last check: a finding and a gap for each rule of which findings were dropped. */
enum silt_status silt_tell_dropped(const struct silt_context *context, struct silt_findings *findings,
				   struct silt_error *err);

#endif
