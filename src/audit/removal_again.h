/* What comes after a removal, and may have made the file again. */
#ifndef SILT_AUDIT_REMOVAL_AGAIN_H
#define SILT_AUDIT_REMOVAL_AGAIN_H

#include "audit/removal.h"

/*
 * True if `step`, of whose commands those from `from` on count, may have brought the file at a clean path: a COPY to its
 * folder, or a command that names it or fills its folder.
 */
bool silt_step_may_make(const struct silt_step *step, const struct silt_command *from,
			const struct silt_removal *removal, struct silt_bytes path);

#endif
