/* From the findings of a result, its coverage and a policy to a judgement. */
#include "policy/policy.h"

#include "base/arena.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

static const char *const verdict_names[] = {
	[SILT_VERDICT_PASS] = "pass",
	[SILT_VERDICT_FAIL] = "fail",
	[SILT_VERDICT_INCOMPLETE] = "incomplete",
};

const char *silt_verdict_name(enum silt_verdict verdict)
{
	return verdict_names[verdict];
}

/* The judgement and all it points to, but for the result. */
struct held {
	struct silt_judgement judgement; /* the first member: what the caller has is the whole */
	struct silt_arena arena;
};

static void judge_finding(struct silt_finding *finding, const struct silt_policy *policy)
{
	finding->standing = finding->severity >= policy->threshold ? SILT_STANDING_COUNTS : SILT_STANDING_BELOW;
}

static enum silt_status judge(struct held *held, const struct silt_policy *policy, struct silt_error *err)
{
	struct silt_judgement *judgement = &held->judgement;
	const struct silt_finding *given = silt_result_findings(judgement->result, &judgement->finding_count);
	struct silt_finding *findings = silt_arena_alloc(&held->arena, judgement->finding_count * sizeof(*findings));
	if (!findings) {
		return silt_fail_memory(err);
	}
	judgement->findings = findings;
	judgement->threshold = policy->threshold;
	for (size_t i = 0; i < judgement->finding_count; i++) {
		findings[i] = given[i];
		judge_finding(&findings[i], policy);
		judgement->counting += findings[i].standing == SILT_STANDING_COUNTS;
	}
	judgement->verdict = !silt_result_coverage(judgement->result)->complete ? SILT_VERDICT_INCOMPLETE
			     : judgement->counting > 0                          ? SILT_VERDICT_FAIL
										: SILT_VERDICT_PASS;
	return SILT_OK;
}

enum silt_status silt_judge(const struct silt_result *result, const struct silt_policy *policy,
			    struct silt_judgement **out, struct silt_error *err)
{
	static const struct silt_policy by_default = {.threshold = SILT_SEVERITY_HIGH};
	struct held *held = calloc(1, sizeof(*held));
	if (!held) {
		return silt_fail_memory(err);
	}
	held->judgement.result = result;
	const enum silt_status status = judge(held, policy ? policy : &by_default, err);
	if (status != SILT_OK) {
		silt_judgement_free(&held->judgement);
		return status;
	}
	*out = &held->judgement;
	return SILT_OK;
}

void silt_judgement_free(struct silt_judgement *judgement)
{
	struct held *held = (struct held *)judgement;
	if (held) {
		silt_arena_done(&held->arena);
		free(held);
	}
}
