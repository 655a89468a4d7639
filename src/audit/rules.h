/* The rules behind the public handle. */
#ifndef SILT_AUDIT_RULES_H
#define SILT_AUDIT_RULES_H

#include "secret/scanner.h"
#include "silt/rules.h"

/* The compiled form of a set of rules; it lives as long as the set. */
const struct silt_matcher *silt_rules_matcher(const struct silt_rules *rules);

#endif
