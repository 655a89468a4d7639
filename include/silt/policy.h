/*
 * Deciding: what a result means for a gate.
 */
#ifndef SILT_POLICY_H
#define SILT_POLICY_H

#include "silt/export.h"
#include "silt/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/* From best to worst: something not looked at outweighs what was found, because it could hide anything. */
enum silt_verdict {
	SILT_VERDICT_PASS,       /* nothing at or above the threshold, everything looked at */
	SILT_VERDICT_FAIL,       /* findings at or above the threshold */
	SILT_VERDICT_INCOMPLETE, /* the input is damaged or not fully covered */
};

/* "pass", "fail", "incomplete". */
SILT_API const char *silt_verdict_name(enum silt_verdict verdict);

/* Number of findings at or above `threshold`. */
SILT_API size_t silt_findings_at_or_above(const struct silt_result *result, enum silt_severity threshold);

SILT_API enum silt_verdict silt_judge(const struct silt_result *result, enum silt_severity threshold);

#ifdef __cplusplus
}
#endif

#endif
