/* Counting what comes out of compressed data. */
#include "stream/inflate_budget.h"

#include "stream/inflate_codec.h"

struct silt_allowance silt_inflate_allowance(const struct silt_inflate_budget *budget, const struct silt_limits *limits,
					     const struct silt_inflate_report *report)
{
	struct silt_allowance allowance = {.bytes = UINT64_MAX};
	if (budget->own != SILT_LIMIT_NONE) {
		allowance = (struct silt_allowance){limits->value[budget->own] - report->out, budget->own};
	}
	const uint64_t all = limits->value[SILT_LIMIT_TOTAL_BYTES];
	if (budget->total && silt_shared_left(budget->total, all) < allowance.bytes) {
		allowance = (struct silt_allowance){silt_shared_left(budget->total, all), SILT_LIMIT_TOTAL_BYTES};
	}
	return allowance;
}

bool silt_inflate_spend(const struct silt_inflate_budget *budget, const struct silt_allowance *allowance, uint64_t at,
			struct silt_inflate_report *report, size_t *written)
{
	const bool fits = *written <= allowance->bytes;
	if (!fits) {
		*written = (size_t)allowance->bytes;
		silt_codec_limit(report, allowance->limit, at, "more comes out of the compressed data");
		if (allowance->limit == SILT_LIMIT_TOTAL_BYTES) {
			silt_shared_refuse(budget->total);
		}
	}
	report->out += *written;
	if (budget->total) {
		silt_shared_take(budget->total, *written);
	}
	return fits;
}
