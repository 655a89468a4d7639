/* Marvin32, the seeded checksum in the keys that Azure hands out. */
#ifndef SILT_SECRET_MARVIN_H
#define SILT_SECRET_MARVIN_H

#include "base/bytes.h"

/* The 32-bit Marvin checksum of `bytes` (dotnet/runtime, Marvin.cs). Any length. */
uint32_t silt_marvin32(struct silt_bytes bytes, uint64_t seed);

#endif
