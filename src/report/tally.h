/* Counting findings: the numbers that every format shows. */
#ifndef SILT_REPORT_TALLY_H
#define SILT_REPORT_TALLY_H

#include "silt/policy.h"
#include "silt/result.h"

enum {
	SILT_SEVERITIES = SILT_SEVERITY_CRITICAL + 1,
	SILT_VERDICTS = SILT_VERDICT_INCOMPLETE + 1,
};

/* A finding that nobody has to act on, because the policy accepts it: allowed, waived or known. */
static inline bool silt_is_accepted(const struct silt_finding *finding)
{
	return finding->standing == SILT_STANDING_ALLOWED || finding->standing == SILT_STANDING_WAIVED ||
	       finding->standing == SILT_STANDING_KNOWN;
}

/* Over one result or several. */
struct silt_tally {
	size_t by_severity[SILT_SEVERITIES];
	size_t by_verdict[SILT_VERDICTS];
	size_t findings;
	size_t counting; /* findings that count */
	size_t accepted; /* that the policy accepts */
	size_t counting_by_severity[SILT_SEVERITIES];
	size_t below_by_severity[SILT_SEVERITIES]; /* neither count nor are accepted */
	size_t gaps;
	size_t unread;             /* inputs that could not be audited at all */
	enum silt_verdict verdict; /* the worst of all; of none: pass */
};

/* Adds one judgement to a tally, which starts zeroed. */
void silt_tally_add(struct silt_tally *tally, const struct silt_judgement *judgement);

/* Adds inputs that have no result, because they could not be audited: they could hold anything. */
void silt_tally_add_unread(struct silt_tally *tally, size_t inputs);

/* One threshold says all: what counts is at or above it, what is below is not accepted by anything else. */
bool silt_tally_is_by(const struct silt_tally *tally, enum silt_severity threshold);

#endif
