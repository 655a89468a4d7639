/* Findings that only a policy makes: something that is in none of its lists. */
#ifndef SILT_POLICY_DEMAND_H
#define SILT_POLICY_DEMAND_H

#include "silt/result.h"

#include <stdbool.h>

bool silt_is_demand(const struct silt_finding *finding);

#endif
