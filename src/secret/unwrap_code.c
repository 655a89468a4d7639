/* Characters of base64 and hexadecimal, and the text in them. */
#include "secret/unwrap_code.h"

#define ROW(a) (a), (a) + 1, (a) + 2, (a) + 3, (a) + 4, (a) + 5, (a) + 6, (a) + 7
#define NONE8 -1, -1, -1, -1, -1, -1, -1, -1
#define NONE32 NONE8, NONE8, NONE8, NONE8
#define NONE128 NONE32, NONE32, NONE32, NONE32

/* clang-format off */
const struct silt_row_code silt_row_base64 = {
	.code = {.via = "base64", .bits = 6, .whole_files = true},
	.group = 4,
	.least = 24,
	.value = {
		NONE32,
		NONE8, -1, -1, -1, 62, -1, 62, -1, 63, ROW(52), 60, 61, -1, -1, -1, -1, -1, -1,
		-1, 0, 1, 2, 3, 4, 5, 6, ROW(7), ROW(15), 23, 24, 25, -1, -1, -1, -1, 63,
		-1, 26, 27, 28, 29, 30, 31, 32, ROW(33), ROW(41), 49, 50, 51, -1, -1, -1, -1, -1,
		NONE128,
	},
};

const struct silt_row_code silt_row_hex = {
	.code = {.via = "hex", .bits = 4, .whole_files = true},
	.group = 2,
	.least = 32,
	.value = {
		NONE32,
		NONE8, NONE8, ROW(0), 8, 9, -1, -1, -1, -1, -1, -1,
		-1, 10, 11, 12, 13, 14, 15, -1, NONE8, NONE8, NONE8,
		-1, 10, 11, 12, 13, 14, 15, -1, NONE8, NONE8, NONE8,
		NONE128,
	},
};
/* clang-format on */

size_t silt_row_length(const struct silt_row_code *code, struct silt_bytes bytes)
{
	size_t length = 0;
	while (length < bytes.len && code->value[bytes.ptr[length]] >= 0) {
		length++;
	}
	return length;
}

bool silt_row_goes_on(const struct silt_row_code *code, struct silt_row_state state, struct silt_bytes characters,
		      bool beyond)
{
	for (size_t i = 0; i < characters.len; i++) {
		int value = code->value[characters.ptr[i]];
		uint8_t byte;
		if (value < 0 || (silt_row_step(code, &state, value, &byte) && !silt_row_is_text(byte, beyond))) {
			return false;
		}
	}
	return true;
}

/*
 * True if a character of that value may be number `place` of a group of text. The bits of it that begin a new byte,
 * here those of c, must be able to begin one of text; those that end a byte are free.
 *
 *     place     0      1      2      3
 *     base64    aaaaaa|aabbbb|bbbbcc|cccccc
 */
static bool may_stand(const struct silt_row_code *code, unsigned place, int value)
{
	unsigned bits = code->code.bits;
	unsigned begins = (place * bits + 7) / 8 * 8; /* the first byte that begins in it */
	unsigned own = (place + 1) * bits - begins;
	if (begins >= (place + 1) * bits) {
		return true;
	}
	unsigned first = ((unsigned)value & ((1U << own) - 1)) << (8 - own);
	for (unsigned byte = first; byte < first + (1U << (8 - own)); byte++) {
		if (silt_row_is_text((uint8_t)byte, false)) {
			return true;
		}
	}
	return false;
}

/* The places of a group that its first character may have, if the byte is `behind` characters behind that. */
static unsigned starts_of(const struct silt_row_code *code, unsigned behind, uint8_t byte)
{
	unsigned starts = 0;
	for (unsigned start = 0; start < code->group && code->value[byte] >= 0; start++) {
		unsigned place = (start + behind) % (unsigned)code->group;
		starts |= (unsigned)may_stand(code, place, code->value[byte]) << start;
	}
	return starts;
}

void silt_row_filter_init(struct silt_row_filter *filter)
{
	for (unsigned behind = 0; behind < 4; behind++) {
		for (unsigned byte = 0; byte < 256; byte++) {
			filter->starts[behind][byte] =
				(uint8_t)(starts_of(&silt_row_base64, behind, (uint8_t)byte) |
					  starts_of(&silt_row_hex, behind, (uint8_t)byte) << silt_row_base64.group);
		}
	}
}

static bool is_group(const struct silt_row_code *code, struct silt_bytes bytes, size_t at)
{
	return bytes.len - at >= code->group &&
	       silt_row_goes_on(code, (struct silt_row_state){0}, silt_bytes(bytes.ptr + at, code->group), false);
}

/* The text around the group at `at`, which is text: SIZE_MAX if it is too short. */
static size_t extend(const struct silt_row_code *code, struct silt_bytes bytes, size_t floor, size_t at)
{
	size_t start = at;
	while (start - floor >= code->group && is_group(code, bytes, start - code->group)) {
		start -= code->group;
	}
	size_t end = at + code->group;
	while (end - start < code->least) {
		if (!is_group(code, bytes, end)) {
			return SIZE_MAX;
		}
		end += code->group;
	}
	return start;
}

size_t silt_row_find(const struct silt_row_code *code, struct silt_bytes bytes, size_t floor, size_t at, size_t window)
{
	size_t from = at > floor ? at : floor;
	for (size_t group = from; group < from + code->group && group - at < window; group++) {
		size_t start = group < bytes.len && is_group(code, bytes, group) ? extend(code, bytes, floor, group)
										 : SIZE_MAX;
		if (start != SIZE_MAX) {
			return start;
		}
	}
	return SIZE_MAX;
}
