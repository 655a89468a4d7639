/* Checksums of tar headers. */
#include "fuzz/repair.h"

#include <stdio.h>
#include <string.h>

enum { BLOCK = 512, CHECKSUM_AT = 148, CHECKSUM_SIZE = 8, MAGIC_AT = 257 };

void repair_tar(uint8_t *bytes, size_t size)
{
	for (size_t at = 0; BLOCK <= size - at; at += BLOCK) {
		uint8_t *header = bytes + at;
		if (memcmp(header + MAGIC_AT, "ustar", 5) != 0) {
			continue;
		}
		memset(header + CHECKSUM_AT, ' ', CHECKSUM_SIZE); /* what its own bytes count as */
		unsigned sum = 0;
		for (size_t i = 0; i < BLOCK; i++) {
			sum += header[i];
		}
		char field[CHECKSUM_SIZE];
		snprintf(field, sizeof(field), "%06o", sum & 0777777);
		memcpy(header + CHECKSUM_AT, field, 7); /* six digits, a NUL, and the blank that is there */
	}
}
