/* One header block of a tar. */
#include "stream/tar_header.h"

#include "base/attributes.h"
#include "stream/tar_field.h"

#include <stddef.h>

enum {
	CHECKSUM_AT = 148,
	CHECKSUM_LEN = 8,
	TYPE_AT = 156,
	MAGIC_AT = 257,
	PREFIX_AT = 345,
	PREFIX_LEN = 155,
	STAR_PREFIX_LEN = 131,
	TRAILER_AT = 508, /* of star */
};

static struct silt_bytes field(const uint8_t *block, size_t at, size_t len)
{
	return silt_bytes(block + at, len);
}

/* ---- Is it one? ------------------------------------------------------------------------------------------------------ */

bool silt_tar_checksum_holds(const uint8_t block[static SILT_TAR_BLOCK])
{
	int64_t stated;
	if (!silt_tar_octal(field(block, CHECKSUM_AT, CHECKSUM_LEN), &stated)) {
		return false;
	}
	uint32_t sum = CHECKSUM_LEN * ' ', high = 0;
	for (size_t i = 0; i < SILT_TAR_BLOCK; i++) {
		sum += block[i];
		high += block[i] >> 7;
	}
	for (size_t i = CHECKSUM_AT; i < CHECKSUM_AT + CHECKSUM_LEN; i++) {
		sum -= block[i];
		high -= block[i] >> 7;
	}
	return stated == sum || stated == (int64_t)sum - 256 * (int64_t)high;
}

static bool has_at(const uint8_t *block, size_t at, struct silt_bytes wanted)
{
	return memcmp(block + at, wanted.ptr, wanted.len) == 0;
}

static enum silt_tar_format format_of(const uint8_t *block)
{
	if (has_at(block, MAGIC_AT, SILT_LITERAL("ustar\0"))) {
		return has_at(block, TRAILER_AT, SILT_LITERAL("tar\0")) ? SILT_TAR_FORMAT_STAR : SILT_TAR_FORMAT_USTAR;
	}
	return has_at(block, MAGIC_AT, SILT_LITERAL("ustar  \0")) ? SILT_TAR_FORMAT_GNU : SILT_TAR_FORMAT_V7;
}

bool silt_tar_is_header_only(uint8_t type)
{
	return type >= '1' && type <= '6';
}

/* ---- Numbers --------------------------------------------------------------------------------------------------------- */

/* The numbers of a header; those that are in all formats come first. */
static const struct {
	uint16_t at, len;
	size_t member;
	const char *refusal;
} numbers[] = {
	{124, 12, offsetof(struct silt_tar_header, size), "the size in a header is no number"},
	{100, 8, offsetof(struct silt_tar_header, mode), "the mode in a header is no number"},
	{108, 8, offsetof(struct silt_tar_header, uid), "the owner in a header is no number"},
	{116, 8, offsetof(struct silt_tar_header, gid), "the group in a header is no number"},
	{136, 12, offsetof(struct silt_tar_header, mtime), "the time in a header is no number"},
	{329, 8, offsetof(struct silt_tar_header, dev_major), "the device number in a header is no number"},
	{337, 8, offsetof(struct silt_tar_header, dev_minor), "the device number in a header is no number"},
};

enum { NUMBERS_OF_V7 = 5 };

/* All are read, since Go does so too; the first that is none is told. */
static const char *read_numbers(const uint8_t *block, struct silt_tar_header *header)
{
	const char *refusal = NULL;
	size_t count = header->format == SILT_TAR_FORMAT_V7 ? NUMBERS_OF_V7 : SILT_COUNT(numbers);
	header->dev_major = header->dev_minor = 0;
	for (size_t i = 0; i < count; i++) {
		int64_t *number = (int64_t *)(void *)((char *)header + numbers[i].member);
		bool fits = silt_tar_number(field(block, numbers[i].at, numbers[i].len), number);
		refusal = fits || refusal ? refusal : numbers[i].refusal;
	}
	return refusal;
}

/* The two times of star at 476, of GNU at 345: nobody needs them, but Go looks whether they are numbers. */
static bool has_times(const uint8_t *block, size_t at)
{
	int64_t ignored;
	return silt_tar_number(field(block, at, 12), &ignored) && silt_tar_number(field(block, at + 12, 12), &ignored);
}

/* In GNU headers a time that begins with a NUL is not there. */
static bool has_times_of_gnu(const uint8_t *block)
{
	int64_t ignored;
	bool first = block[PREFIX_AT] == 0 || silt_tar_number(field(block, PREFIX_AT, 12), &ignored);
	bool second = block[PREFIX_AT + 12] == 0 || silt_tar_number(field(block, PREFIX_AT + 12, 12), &ignored);
	return first && second;
}

/* ---- Names ----------------------------------------------------------------------------------------------------------- */

static bool is_ascii(struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] >= 0x80) {
			return false;
		}
	}
	return true;
}

/*
 * What stands in front of the name. GNU headers have no prefix; but Go before 1.8 wrote one there, and what is no time
 * but looks like a path is still taken for it.
 */
static struct silt_bytes prefix_of(const uint8_t *block, enum silt_tar_format format)
{
	struct silt_bytes prefix = {0};
	switch (format) {
	case SILT_TAR_FORMAT_V7:
		break;
	case SILT_TAR_FORMAT_USTAR:
		prefix = silt_tar_text(field(block, PREFIX_AT, PREFIX_LEN));
		break;
	case SILT_TAR_FORMAT_STAR:
		prefix = silt_tar_text(field(block, PREFIX_AT, STAR_PREFIX_LEN));
		break;
	case SILT_TAR_FORMAT_GNU:
		if (!has_times_of_gnu(block)) {
			prefix = silt_tar_text(field(block, PREFIX_AT, PREFIX_LEN));
			prefix.len = is_ascii(prefix) ? prefix.len : 0;
		}
		break;
	}
	return prefix;
}

static void join_name(struct silt_tar_header *header, struct silt_bytes prefix)
{
	if (prefix.len == 0) {
		return;
	}
	memcpy(header->joined, prefix.ptr, prefix.len);
	header->joined[prefix.len] = '/';
	if (header->name.len > 0) {
		memcpy(header->joined + prefix.len + 1, header->name.ptr, header->name.len);
	}
	header->name = silt_bytes(header->joined, prefix.len + 1 + header->name.len);
}

const char *silt_tar_header_read(const uint8_t block[static SILT_TAR_BLOCK], struct silt_tar_header *header)
{
	if (!silt_tar_checksum_holds(block)) {
		return "the checksum of a header is wrong";
	}
	header->format = format_of(block);
	header->type = block[TYPE_AT];
	header->name = silt_tar_text(field(block, 0, 100));
	header->link = silt_tar_text(field(block, 157, 100));
	join_name(header, prefix_of(block, header->format));
	if (header->format == SILT_TAR_FORMAT_STAR && !has_times(block, 476)) {
		return "a time in a header is no number";
	}
	return read_numbers(block, header);
}
