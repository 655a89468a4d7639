/*
 * What tells a line of history from any other: so that an image and its base can be said to have the same one.
 */
#ifndef SILT_AUDIT_HISTORY_ID_H
#define SILT_AUDIT_HISTORY_ID_H

#include "bundle/config.h"

enum { SILT_HISTORY_ID_SIZE = 65 };

/*
 * 64 hex digits over all that stands in the line, in any order of its keys; "" if that is more than struct silt_history
 * tells. silt_secure_init must have succeeded. Gives `out`.
 */
const char *silt_history_id(const struct silt_history *line, char out[static SILT_HISTORY_ID_SIZE]);

#endif
