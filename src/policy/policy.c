/* Making policies. */
#include "policy/policy.h"

#include "base/error.h"

#include <stdlib.h>

enum silt_status silt_policy_new(struct silt_policy **out, struct silt_error *err)
{
	struct silt_policy *policy = calloc(1, sizeof(*policy));
	if (!policy) {
		return silt_fail_memory(err);
	}
	policy->threshold = SILT_SEVERITY_HIGH;
	*out = policy;
	return SILT_OK;
}

void silt_policy_free(struct silt_policy *policy)
{
	free(policy);
}

void silt_policy_set_threshold(struct silt_policy *policy, enum silt_severity threshold)
{
	policy->threshold = threshold;
}
