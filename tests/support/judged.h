/* Reports and verdicts over results that a test has not judged. */
#ifndef SILT_TESTS_SUPPORT_JUDGED_H
#define SILT_TESTS_SUPPORT_JUDGED_H

#include "silt/report.h"

#include <stdlib.h>

/* As silt_report_write, over the judgements of a policy with this threshold. */
static inline enum silt_status judged_report(const struct silt_result *const *results, size_t count,
					     enum silt_severity threshold, const struct silt_report_options *options,
					     struct silt_sink sink, struct silt_error *err)
{
	struct silt_judgement **judgements = calloc(count + 1, sizeof(struct silt_judgement *));
	struct silt_policy *policy = NULL;
	if (!judgements) {
		if (err) {
			*err = (struct silt_error){.status = SILT_ERR_MEMORY, .text = "no memory for the judgements"};
		}
		return SILT_ERR_MEMORY;
	}
	enum silt_status status = silt_policy_new(&policy, err);
	if (status == SILT_OK) {
		silt_policy_set_threshold(policy, threshold);
	}
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		status = silt_judge(results[i], policy, &judgements[i], err);
	}
	if (status == SILT_OK) {
		status = silt_report_write((const struct silt_judgement *const *)judgements, count, options, sink, err);
	}
	for (size_t i = 0; i < count; i++) {
		silt_judgement_free(judgements[i]);
	}
	free(judgements);
	silt_policy_free(policy);
	return status;
}

/* Of the policy that is the default. Ends the test if it cannot be had. */
static inline enum silt_verdict judged_verdict(const struct silt_result *result)
{
	struct silt_judgement *judgement = NULL;
	struct silt_error err = {0};
	if (silt_judge(result, NULL, &judgement, &err) != SILT_OK) {
		abort();
	}
	const enum silt_verdict verdict = judgement->verdict;
	silt_judgement_free(judgement);
	return verdict;
}

#endif
