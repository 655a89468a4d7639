/* Whether a step of a build may have made a file again that an earlier command removed. */
#ifndef SILT_AUDIT_REMOVAL_MADE_H
#define SILT_AUDIT_REMOVAL_MADE_H

#include "audit/removal.h"

/* The commands of `step` from `from` on, or its copy, may have made the file at that clean path. */
bool silt_step_may_make(const struct silt_step *step, const struct silt_command *from,
			const struct silt_removal *removal, struct silt_bytes path);

#endif
