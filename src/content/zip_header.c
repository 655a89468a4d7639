/*
 * Parsing of local headers (APPNOTE.TXT 4.3.7, 4.3.9, 4.5.3); all numbers little-endian.
 *
 *     0             4         6       8        10     12     14      18       22     26         28          30
 *     +-------------+---------+-------+--------+------+------+-------+--------+------+----------+-----------+
 *     | 50 4B 03 04 | version | flags | method | time | date | CRC32 | packed | size | name len | extra len |
 *     +-------------+---------+-------+--------+------+------+-------+--------+------+----------+-----------+
 *     | name ...    | extra ...                                                                             |
 *     +-------------+---------------------------------------------------------------------------------------+
 *     | content ...                                                                                         |
 *     +-----------------+-------+--------------+------------+-----------------------------------------------+
 *     | 50 4B 07 08 (?) | CRC32 | packed (4/8) | size (4/8) |   data descriptor, if flag 3 is set
 *     +-----------------+-------+--------------+------------+
 *
 * The extra field is a list of: id (2), length (2), bytes. Id 1 has the sizes that are FFFFFFFF above, in 64 bits.
 */
#include "content/zip_header.h"

enum {
	FLAG_ENCRYPTED = 1,
	FLAG_DESCRIPTOR = 8,
	FLAG_STRONG = 64,
	FLAG_MASKED = 8192,

	VERSION_MAX = 63,
	METHOD_MAX = 99,

	EXTRA_HEAD_LEN = 4,
	EXTRA_ZIP64 = 1,
};

static unsigned u16(const uint8_t *p)
{
	return (unsigned)p[0] | (unsigned)p[1] << 8;
}

static uint64_t u64(const uint8_t *p)
{
	return (uint64_t)silt_u32le(p) | (uint64_t)silt_u32le(p + 4) << 32;
}

bool silt_zip_parse(struct silt_bytes start, struct silt_zip_header *out)
{
	const uint8_t *p = start.ptr;
	if (start.len < SILT_ZIP_LOCAL_LEN || !silt_bytes_start_with(start, SILT_LITERAL("PK\003\004"))) {
		return false;
	}
	unsigned flags = u16(p + 6);
	*out = (struct silt_zip_header){
		.method = u16(p + 8),
		.encrypted = flags & (FLAG_ENCRYPTED | FLAG_STRONG | FLAG_MASKED),
		.described = flags & FLAG_DESCRIPTOR,
		.crc = silt_u32le(p + 14),
		.packed = silt_u32le(p + 18),
		.size = silt_u32le(p + 22),
		.name_len = u16(p + 26),
		.extra_len = u16(p + 28),
	};
	out->sized = !out->described || out->packed > 0;
	return p[4] <= VERSION_MAX && out->method <= METHOD_MAX && out->name_len > 0;
}

/* Takes a field of 64 bits off the front, if the 32 bits of the header say that it is there. */
static void widen(uint64_t *number, struct silt_bytes *field)
{
	if (*number == UINT32_MAX && field->len >= 8) {
		*number = u64(field->ptr);
		*field = silt_bytes_slice(*field, 8, SIZE_MAX);
	}
}

void silt_zip_parse_extra(struct silt_zip_header *header, struct silt_bytes extra)
{
	while (extra.len >= EXTRA_HEAD_LEN) {
		struct silt_bytes field = silt_bytes_slice(extra, EXTRA_HEAD_LEN, u16(extra.ptr + 2));
		if (u16(extra.ptr) == EXTRA_ZIP64) {
			widen(&header->size, &field);
			widen(&header->packed, &field);
			header->sized = !header->described || header->packed > 0;
			return;
		}
		extra = silt_bytes_slice(extra, EXTRA_HEAD_LEN + field.len, SIZE_MAX);
	}
}

static bool has_signature(struct silt_bytes bytes)
{
	return silt_bytes_start_with(bytes, SILT_LITERAL("PK\007\010"));
}

bool silt_zip_describes(struct silt_bytes bytes, uint32_t crc)
{
	struct silt_bytes behind = silt_bytes_slice(bytes, 4, SIZE_MAX);
	return (bytes.len >= 4 && silt_u32le(bytes.ptr) == crc) ||
	       (has_signature(bytes) && behind.len >= 4 && silt_u32le(behind.ptr) == crc);
}

bool silt_zip_is_descriptor(struct silt_bytes bytes, uint32_t crc, uint64_t packed)
{
	return bytes.len >= 12 && has_signature(bytes) && silt_u32le(bytes.ptr + 4) == crc &&
	       silt_u32le(bytes.ptr + 8) == (uint32_t)packed;
}
