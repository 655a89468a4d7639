/*
 * Whether the upper halves of the vector registers are in use, as the processor says (Intel SDM volume 1, 13.6,
 * "Processor tracking of XSAVE-managed state").
 */
#ifndef SILT_TESTS_UPPER_HALVES_H
#define SILT_TESTS_UPPER_HALVES_H

#include <stdbool.h>

/* False: it does not say. */
bool upper_halves_are_told(void);

bool upper_halves_are_in_use(void);

#endif
