/* Moments, in seconds since 1970, and how ISO 8601 spells them, in UTC. */
#ifndef SILT_BASE_DATE_H
#define SILT_BASE_DATE_H

#include "base/bytes.h"

/* "2026-11-22" and a NUL, also for years of more digits. */
#define SILT_DATE_SIZE 24

/*
 * The day of a moment in seconds since 1970, as ISO 8601 writes it. Moments beyond the years 0 to 9999, which only a
 * forged value has, give the nearest day of them. Returns `text`.
 */
const char *silt_date_text(int64_t seconds, char text[SILT_DATE_SIZE]);

/*
 * Reads "2026-01-05", "2026-01-05T21:51Z", "2026-01-05T21:51:51Z" or "20260105T215151Z" (percent-encoded colons too, as
 * signed URLs have them) from the start of `text`. False, with `*seconds` untouched, for anything else, for a day that
 * its month does not have (RFC 3339, 5.7), and for years before 1970.
 */
bool silt_date_read(struct silt_bytes text, int64_t *seconds);

/*
 * Reads all of `text` as a moment of any year from 0 to 9999, to the second: as RFC 3339 writes it (5.6; "t" and "z" too),
 * or the same without its zone, seconds or time of day, which is UTC and 0. False, with `*seconds` untouched, for anything
 * else, also for a day that its month does not have.
 */
bool silt_moment_read(struct silt_bytes text, int64_t *seconds);

#endif
