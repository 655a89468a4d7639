/* What a value is made of: the limits that a rule sets beyond its pattern. */
#ifndef SILT_SECRET_VALUE_LIMITS_H
#define SILT_SECRET_VALUE_LIMITS_H

#include "secret/rule.h"

/* True if the value is within all of them. */
bool silt_value_keeps(const struct silt_rule_limits *limits, struct silt_bytes value);

/* True if the Shannon entropy of its bytes is `tenths` tenths of a bit or more. False for the empty value, unless 0. */
bool silt_value_has_entropy(struct silt_bytes value, uint32_t tenths);

/* The binary logarithm of `number`, which is not 0, in units of 2^-16, rounded down. */
enum { SILT_LOG2_FRACTION_BITS = 16 };
uint64_t silt_log2(uint64_t number);

#endif
