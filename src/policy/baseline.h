/* What the reader and the writer of baselines have in common. */
#ifndef SILT_POLICY_BASELINE_H
#define SILT_POLICY_BASELINE_H

#include "policy/policy.h"

#define SILT_BASELINE_SCHEMA "https://silt.invalid/baseline-1"

/* Bytes of a baseline, and keys and values in it: 160 000 findings. */
enum { SILT_BASELINE_BYTES_MAX = 64 * 1024 * 1024, SILT_BASELINE_VALUES_MAX = 2000000 };

#endif
