/* Which format a stream has: its first bytes say. */
#include "stream/inflate_codec.h"

struct magic {
	enum silt_compression compression;
	uint8_t first_mask; /* the bits of the first byte that count */
	uint8_t len;
	uint8_t bytes[SILT_MAGIC_MAX];
};

static const struct magic magics[] = {
	{SILT_COMPRESSION_GZIP, 0xFF, 3, {0x1F, 0x8B, 0x08}},
	{SILT_COMPRESSION_ZSTD, 0xFF, 4, {0x28, 0xB5, 0x2F, 0xFD}},
	{SILT_COMPRESSION_ZSTD, 0xF0, 4, {0x50, 0x2A, 0x4D, 0x18}}, /* skippable */
	{SILT_COMPRESSION_XZ, 0xFF, 6, {0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00}},
	{SILT_COMPRESSION_BZIP2, 0xFF, 3, {0x42, 0x5A, 0x68}},
};

static const char *const compression_names[] = {
	[SILT_COMPRESSION_NONE] = "none", [SILT_COMPRESSION_GZIP] = "gzip",   [SILT_COMPRESSION_ZSTD] = "zstd",
	[SILT_COMPRESSION_XZ] = "xz",     [SILT_COMPRESSION_BZIP2] = "bzip2",
};

static const char *const aside_names[] = {
	[SILT_ASIDE_GZIP_NAME] = "gzip file name",
	[SILT_ASIDE_GZIP_COMMENT] = "gzip comment",
	[SILT_ASIDE_GZIP_EXTRA] = "gzip extra field",
	[SILT_ASIDE_ZSTD_SKIPPABLE] = "zstd skippable frame",
	[SILT_ASIDE_TRAILER] = "bytes after the compressed data",
	[SILT_ASIDE_UNDECODED] = "compressed bytes that could not be decoded",
};

const char *silt_compression_name(enum silt_compression compression)
{
	return compression_names[compression];
}

const char *silt_aside_name(enum silt_aside aside)
{
	return aside_names[aside];
}

static enum silt_match match_magic(const struct magic *magic, struct silt_bytes start)
{
	size_t len = start.len < magic->len ? start.len : magic->len;
	for (size_t i = 0; i < len; i++) {
		uint8_t mask = i == 0 ? magic->first_mask : 0xFF;
		if ((start.ptr[i] & mask) != magic->bytes[i]) {
			return SILT_MATCH_NO;
		}
	}
	return len == magic->len ? SILT_MATCH_YES : SILT_MATCH_PART;
}

enum silt_match silt_match_member(enum silt_compression compression, struct silt_bytes start)
{
	enum silt_match best = SILT_MATCH_NO;
	for (size_t i = 0; i < SILT_COUNT(magics); i++) {
		if (magics[i].compression == compression) {
			enum silt_match match = match_magic(&magics[i], start);
			best = match > best ? match : best;
		}
	}
	return best;
}

enum silt_compression silt_compression_sniff(struct silt_bytes start)
{
	for (size_t i = 0; i < SILT_COUNT(magics); i++) {
		if (match_magic(&magics[i], start) == SILT_MATCH_YES) {
			return magics[i].compression;
		}
	}
	return SILT_COMPRESSION_NONE;
}
