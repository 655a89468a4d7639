/* Findings counted by severity, results by verdict. */
#include "report/tally.h"

void silt_tally_add(struct silt_tally *tally, const struct silt_judgement *judgement)
{
	for (size_t i = 0; i < judgement->finding_count; i++) {
		const struct silt_finding *finding = &judgement->findings[i];
		tally->by_severity[finding->severity]++;
		if (finding->standing == SILT_STANDING_COUNTS) {
			tally->counting_by_severity[finding->severity]++;
		} else if (silt_is_accepted(finding)) {
			tally->accepted++;
		} else {
			tally->below_by_severity[finding->severity]++;
		}
	}
	tally->findings += judgement->finding_count;
	tally->counting += judgement->counting;
	tally->gaps += silt_result_coverage(judgement->result)->gap_count;
	tally->by_verdict[judgement->verdict]++;
	if (judgement->verdict > tally->verdict) {
		tally->verdict = judgement->verdict;
	}
}

void silt_tally_add_unread(struct silt_tally *tally, size_t inputs)
{
	tally->unread += inputs;
	if (inputs > 0) {
		tally->verdict = SILT_VERDICT_INCOMPLETE;
	}
}

bool silt_tally_is_by(const struct silt_tally *tally, enum silt_severity threshold)
{
	for (int severity = 0; severity < SILT_SEVERITIES; severity++) {
		bool below = severity < (int)threshold;
		if ((below ? tally->counting_by_severity : tally->below_by_severity)[severity] > 0) {
			return false;
		}
	}
	return true;
}
