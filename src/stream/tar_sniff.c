/*
 * Is this a tar? The checksum of the first header says: the sum of its 512 bytes, with the eight of the checksum itself
 * counted as spaces. Writers differ on whether bytes are signed.
 *
 *       0        148        156        512
 *     +----------+----------+----------+
 *     | ...      | checksum | ...      |   octal digits; spaces before, NUL or space behind
 *     +----------+----------+----------+
 */
#include "stream/tar.h"

enum { HEADER_LEN = 512, CHECKSUM_AT = 148, CHECKSUM_LEN = 8 };

/* Spaces, octal digits, and then nothing but spaces and NULs. */
static bool parse_octal(struct silt_bytes field, int32_t *out)
{
	size_t i = 0;
	while (i < field.len && field.ptr[i] == ' ') {
		i++;
	}
	size_t first = i;
	int32_t value = 0;
	for (; i < field.len && field.ptr[i] >= '0' && field.ptr[i] <= '7'; i++) {
		value = value * 8 + (field.ptr[i] - '0');
	}
	bool any = i > first;
	for (; i < field.len; i++) {
		if (field.ptr[i] != ' ' && field.ptr[i] != '\0') {
			return false;
		}
	}
	*out = value;
	return any;
}

static bool checksum_holds(const uint8_t header[static HEADER_LEN])
{
	int32_t stated;
	if (!parse_octal(silt_bytes(header + CHECKSUM_AT, CHECKSUM_LEN), &stated)) {
		return false;
	}
	int32_t as_unsigned = 0, as_signed = 0;
	for (size_t i = 0; i < HEADER_LEN; i++) {
		bool own = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_LEN;
		as_unsigned += own ? ' ' : header[i];
		as_signed += own ? ' ' : (int8_t)header[i];
	}
	return stated == as_unsigned || stated == as_signed;
}

enum silt_tar_start silt_tar_sniff(struct silt_bytes start)
{
	if (start.len < HEADER_LEN) {
		return SILT_TAR_START_NO;
	}
	if (silt_bytes_all(start, 0)) {
		return SILT_TAR_START_EMPTY;
	}
	return checksum_holds(start.ptr) ? SILT_TAR_START_YES : SILT_TAR_START_NO;
}
