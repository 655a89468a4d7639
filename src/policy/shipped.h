/* The policies that silt ships, as the build puts them into the library (embed.cmake). */
#ifndef SILT_POLICY_SHIPPED_H
#define SILT_POLICY_SHIPPED_H

#include "silt/policy.h"

/* In the order in which people are told of them; the last has no name. */
extern const struct silt_policy_file silt_shipped_policies[];

#endif
