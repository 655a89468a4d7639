/* CRC-32 as of zip, gzip and Ethernet (ISO 3309). */
#ifndef SILT_STREAM_CRC32_H
#define SILT_STREAM_CRC32_H

#include "base/bytes.h"

/* The sum of what `crc` is the sum of and `bytes` behind it. The sum of no bytes is 0. */
uint32_t silt_crc32_add(uint32_t crc, struct silt_bytes bytes);

static inline uint32_t silt_crc32(struct silt_bytes bytes)
{
	return silt_crc32_add(0, bytes);
}

#endif
