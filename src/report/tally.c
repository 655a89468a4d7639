/* Findings counted by severity, results by verdict. */
#include "report/tally.h"

void silt_tally_add(struct silt_tally *tally, const struct silt_result *result, enum silt_severity threshold)
{
	size_t count;
	const struct silt_finding *findings = silt_result_findings(result, &count);
	for (size_t i = 0; i < count; i++) {
		tally->by_severity[findings[i].severity]++;
	}
	tally->findings += count;
	tally->reached += silt_findings_at_or_above(result, threshold);
	tally->gaps += silt_result_coverage(result)->gap_count;

	enum silt_verdict verdict = silt_judge(result, threshold);
	tally->by_verdict[verdict]++;
	if (verdict > tally->verdict) {
		tally->verdict = verdict;
	}
}

void silt_tally_add_unread(struct silt_tally *tally, size_t inputs)
{
	tally->unread += inputs;
	if (inputs > 0) {
		tally->verdict = SILT_VERDICT_INCOMPLETE;
	}
}
