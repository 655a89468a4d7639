/* CRC-32 by zlib. */
#include "stream/crc32.h"

#include <zlib.h>

uint32_t silt_crc32_add(uint32_t crc, struct silt_bytes bytes)
{
	/* zlib takes no bytes at NULL for "start over". */
	return bytes.len > 0 ? (uint32_t)crc32_z(crc, bytes.ptr, bytes.len) : crc;
}
