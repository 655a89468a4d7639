/* From findings, coverage and a threshold to a verdict. */
#include "silt/policy.h"

static const char *const verdict_names[] = {
	[SILT_VERDICT_PASS] = "pass",
	[SILT_VERDICT_FAIL] = "fail",
	[SILT_VERDICT_INCOMPLETE] = "incomplete",
};

const char *silt_verdict_name(enum silt_verdict verdict)
{
	return verdict_names[verdict];
}

size_t silt_findings_at_or_above(const struct silt_result *result, enum silt_severity threshold)
{
	size_t count;
	const struct silt_finding *findings = silt_result_findings(result, &count);
	size_t reached = 0;
	for (size_t i = 0; i < count; i++) {
		reached += findings[i].severity >= threshold;
	}
	return reached;
}

enum silt_verdict silt_judge(const struct silt_result *result, enum silt_severity threshold)
{
	if (!silt_result_coverage(result)->complete) {
		return SILT_VERDICT_INCOMPLETE;
	}
	return silt_findings_at_or_above(result, threshold) > 0 ? SILT_VERDICT_FAIL : SILT_VERDICT_PASS;
}
