/* How much may come out of an inflate stage. Internal to it. */
#ifndef SILT_STREAM_INFLATE_BUDGET_H
#define SILT_STREAM_INFLATE_BUDGET_H

#include "stream/inflate.h"

struct silt_allowance {
	uint64_t bytes;
	enum silt_limit_id limit; /* that allows no more; none: nothing does */
};

/* What may still come out of a stage that has come so far. */
struct silt_allowance silt_inflate_allowance(const struct silt_inflate_budget *budget, const struct silt_limits *limits,
					     const struct silt_inflate_report *report);

/*
 * Counts `*written` bytes. If they are more than the allowance, those beyond it are taken back, the report says so with
 * `at` as the place, and the result is false: nothing further may be decoded.
 */
bool silt_inflate_spend(const struct silt_inflate_budget *budget, const struct silt_allowance *allowance, uint64_t at,
			struct silt_inflate_report *report, size_t *written);

#endif
