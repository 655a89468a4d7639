/* Days of the calendar, in UTC. */
#ifndef SILT_BASE_DATE_H
#define SILT_BASE_DATE_H

#include <stdint.h>

/* "2026-11-22" and a NUL, also for years of more digits. */
#define SILT_DATE_SIZE 24

/*
 * The day of a moment in seconds since 1970, as ISO 8601 writes it. Moments beyond the years 0 to 9999, which only a
 * forged value has, give the nearest day of them. Returns `text`.
 */
const char *silt_date_text(int64_t seconds, char text[SILT_DATE_SIZE]);

#endif
