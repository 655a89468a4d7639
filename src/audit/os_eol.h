/*
 * Until when distributions are supported: until when everybody gets security updates without paying for them.
 */
#ifndef SILT_AUDIT_OS_EOL_H
#define SILT_AUDIT_OS_EOL_H

#include "base/bytes.h"

/* The day on which the table was last compared with what the distributions say: "2026-07-01". */
extern const char silt_os_eol_as_of[];

/*
 * The last day of support, "2023-05-31", of a distribution by ID, VERSION_ID and PRETTY_NAME of its os-release. NULL if
 * it is not in the table: unknown, rolling, not yet known.
 */
const char *silt_os_eol(struct silt_bytes id, struct silt_bytes version, struct silt_bytes pretty_name);

#endif
