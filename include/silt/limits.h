/*
 * The budgets of an audit: how much an image may ask of it, before something of it is left out and told of.
 *
 * silt is fed archives that are made to use it up. Whatever such an archive can ask for has a limit; what is beyond is
 * named in the coverage account, and the scan is incomplete. Who trusts an image may give it more.
 */
#ifndef SILT_LIMITS_H
#define SILT_LIMITS_H

#include "silt/export.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum silt_limit_unit {
	SILT_UNIT_NUMBER,
	SILT_UNIT_BYTES,
	SILT_UNIT_SECONDS,
	SILT_UNIT_RATIO, /* so many to one */
};

struct silt_limit {
	const char *name; /* "path-bytes" */
	enum silt_limit_unit unit;
	uint64_t fallback;    /* its value if nobody sets it */
	uint64_t least, most; /* that it may be set to */
	const char *what;     /* what is limited: "Entries of one layer" */
	const char *why;      /* why there, in a sentence or two */
};

SILT_API size_t silt_limits_count(void);

/* `index` below the count; static. */
SILT_API const struct silt_limit *silt_limits_get(size_t index);

/* By name; NULL if there is none. */
SILT_API const struct silt_limit *silt_limits_find(const char *name);

/* One limit that somebody set. */
struct silt_limit_setting {
	const char *name;
	uint64_t value;
};

/* Longest text of silt_limit_text, with its final NUL. */
#define SILT_LIMIT_TEXT_MAX 32

/* A value as people write it: "5000000", "64 KiB", "60 s", "200:1". Cut to `size`; gives `text`. */
SILT_API const char *silt_limit_text(enum silt_limit_unit unit, uint64_t value, char *text, size_t size);

#ifdef __cplusplus
}
#endif

#endif
