/* Making policies. */
#include "policy/policy.h"

#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum silt_status silt_policy_new(struct silt_policy **out, struct silt_error *err)
{
	struct silt_policy *policy = calloc(1, sizeof(*policy));
	if (!policy) {
		return silt_fail_memory(err);
	}
	policy->threshold = SILT_SEVERITY_HIGH;
	policy->source = "";
	*out = policy;
	return SILT_OK;
}

void silt_policy_free(struct silt_policy *policy)
{
	if (policy) {
		silt_arena_done(&policy->arena);
		free(policy);
	}
}

void silt_policy_set_threshold(struct silt_policy *policy, enum silt_severity threshold)
{
	policy->threshold = threshold;
}

void silt_policy_set_now(struct silt_policy *policy, int64_t now)
{
	policy->now = now;
}

const struct silt_base *silt_policy_bases(const struct silt_policy *policy, size_t *count)
{
	*count = policy->allowed.base_count;
	return policy->allowed.bases;
}

struct silt_policy_summary silt_policy_summary(const struct silt_policy *policy)
{
	const struct silt_policy_allowed *allowed = &policy->allowed;
	struct silt_policy_summary summary = {.threshold = policy->threshold,
					      .waivers = policy->waiver_count,
					      .lists = (size_t)allowed->has_users + allowed->has_ports +
						       allowed->has_shells + allowed->has_setuid +
						       (allowed->base_count > 0),
					      .own_layers_only = policy->own_layers_only};
	for (const struct silt_policy_threshold *of = policy->thresholds; of; of = of->next) {
		summary.thresholds++;
	}
	for (const struct silt_policy_rating *of = policy->ratings; of; of = of->next) {
		summary.rules++;
	}
	for (const struct silt_policy_waiver *of = policy->waivers; of; of = of->next) {
		summary.ended += !silt_policy_waiver_holds(policy, of);
	}
	return summary;
}

bool silt_policy_waiver_holds(const struct silt_policy *policy, const struct silt_policy_waiver *waiver)
{
	return waiver->expires == INT64_MAX || (policy->now > 0 && policy->now < waiver->expires);
}

void silt_policy_add_waiver(struct silt_policy *policy, struct silt_policy_waiver *waiver)
{
	waiver->index = policy->waiver_count++;
	if (policy->last_waiver) {
		policy->last_waiver->next = waiver;
	} else {
		policy->waivers = waiver;
	}
	policy->last_waiver = waiver;
}

bool silt_policy_add_note(struct silt_policy *policy, const char *format, ...)
{
	char text[SILT_ERROR_TEXT_MAX];
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	struct silt_policy_text *note = silt_arena_alloc(&policy->arena, sizeof(*note));
	const char *kept = silt_arena_printf(&policy->arena, "%s", text);
	if (!note || !kept) {
		return false;
	}
	note->text = kept;
	if (policy->last_note) {
		policy->last_note->next = note;
	} else {
		policy->notes = note;
	}
	policy->last_note = note;
	return true;
}
