/* Slips of the fingers: the names that a mistyped one may have meant. */
#ifndef SILT_BASE_SLIP_H
#define SILT_BASE_SLIP_H

#include "silt/bytes.h"

#include <stdbool.h>

/* True if one slip makes the one word of the other: a letter more, less or wrong, or two swapped. */
bool silt_is_slip(struct silt_bytes a, struct silt_bytes b);

#endif
