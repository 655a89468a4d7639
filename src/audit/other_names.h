/*
 * Further names of the files that findings are seen in: hardlinks, and where folders that are links lead.
 */
#ifndef SILT_AUDIT_OTHER_NAMES_H
#define SILT_AUDIT_OTHER_NAMES_H

#include "audit/context.h"
#include "audit/line_matches.h"

/*
 * Gives each sighting of the findings that is in a file silt_sighting.other_names, and a note of them. `matches` masks names in notes; it may be
 * NULL. What it costs: a look at each entry of an image that has such a sighting, and a walk over its tree if content is
 * visible by a name that no entry says.
 */
enum silt_status silt_other_names_tell(const struct silt_context *context, struct silt_line_matches *matches,
				       struct silt_finding *findings, size_t count, struct silt_error *err);

#endif
