/*
 * Baselines: today's findings, accepted into a file, so that only new ones count from now on (silt_policy_add_baseline).
 */
#ifndef SILT_BASELINE_H
#define SILT_BASELINE_H

#include "silt/policy.h"
#include "silt/report.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Writes the findings of `count` judgements as JSON, each once, by fingerprint: those that count, are below a threshold or
 * are known already. What a policy allows or waives is not in it: it has its own reason, and its own end. `now`: the day
 * that is written, in seconds since 1970; 0: none. SILT_ERR_IO if the sink refused, SILT_ERR_MEMORY.
 */
SILT_API enum silt_status silt_baseline_write(const struct silt_judgement *const *judgements, size_t count, int64_t now,
					      struct silt_sink sink, struct silt_error *err);

#ifdef __cplusplus
}
#endif

#endif
