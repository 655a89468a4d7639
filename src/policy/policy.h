/* What a policy holds. */
#ifndef SILT_POLICY_POLICY_H
#define SILT_POLICY_POLICY_H

#include "silt/policy.h"

struct silt_policy {
	enum silt_severity threshold;
};

#endif
