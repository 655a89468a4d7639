/* CRC-32 by ISA-L. */
#include "stream/crc32.h"

#include <isa-l/crc.h>

uint32_t silt_crc32_add(uint32_t crc, struct silt_bytes bytes)
{
	return bytes.len > 0 ? crc32_gzip_refl(crc, bytes.ptr, bytes.len) : crc;
}
