/*
 * What no generator of secrets writes: xxxxxxxxxx, 123123123123, abcdefghijkl. Such a value was typed, by somebody who
 * redacted a secret or made one up.
 */
#ifndef SILT_SECRET_MONOTONY_H
#define SILT_SECRET_MONOTONY_H

#include "base/bytes.h"

/* True if a part of the value repeats itself or counts up for longer than chance allows. */
bool silt_is_monotonous(struct silt_bytes value);

#endif
