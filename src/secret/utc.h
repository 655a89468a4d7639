/* Moments as tokens and signed URLs spell them. */
#ifndef SILT_SECRET_UTC_H
#define SILT_SECRET_UTC_H

#include "base/bytes.h"

/*
 * Reads "2026-01-05", "2026-01-05T21:51Z", "2026-01-05T21:51:51Z" or "20260105T215151Z" (ISO 8601, in UTC; percent-encoded
 * colons too) from the start of `text` as seconds since 1970. False, with `*seconds` untouched, for anything else and
 * for years before 1970.
 */
bool silt_utc_read(struct silt_bytes text, int64_t *seconds);

#endif
