/*
 * The two codes that are rows of characters, base64 and hexadecimal, and how to tell text in them from names, hashes
 * and everything else that has the same characters.
 */
#ifndef SILT_SECRET_UNWRAP_CODE_H
#define SILT_SECRET_UNWRAP_CODE_H

#include "secret/unwrap_plain.h"

struct silt_row_code {
	struct silt_code code;
	size_t group;       /* characters that make whole bytes: 4 or 2 */
	size_t least;       /* characters of the shortest text that is decoded */
	int16_t value[256]; /* of a character; -1: none of the code */
};

extern const struct silt_row_code silt_row_base64; /* either alphabet */
extern const struct silt_row_code silt_row_hex;    /* either case */

/* Characters of the code at the start of `bytes`. */
size_t silt_row_length(const struct silt_row_code *code, struct silt_bytes bytes);

/* Bits of text that wait for more characters. */
struct silt_row_state {
	uint32_t bits;
	unsigned count;
};

/* Adds a character's value. True if a byte of text is complete: it is `*byte`. */
static inline bool silt_row_step(const struct silt_row_code *code, struct silt_row_state *state, int value,
				 uint8_t *byte)
{
	state->bits = state->bits << code->code.bits | (uint32_t)value;
	state->count += code->code.bits;
	if (state->count < 8) {
		return false;
	}
	state->count -= 8;
	*byte = (uint8_t)(state->bits >> state->count);
	return true;
}

/* What a byte of text may be: ASCII that is printed, a tab, a line end; with `beyond` also what is above ASCII. */
static inline bool silt_row_is_text(uint8_t byte, bool beyond)
{
	if (byte >= ' ') {
		return byte < 0x7f || (beyond && byte > 0x7f);
	}
	return byte == '\t' || byte == '\n' || byte == '\r';
}

/* True if the characters, all of the code, go on from `state` to bytes of text only. */
bool silt_row_goes_on(const struct silt_row_code *code, struct silt_row_state state, struct silt_bytes characters,
		      bool beyond);

/*
 * Which characters can stand where: for each place in a group of four characters and each byte, one bit for each place
 * of a group of base64 (bits 0 to 3) and of hexadecimal (bits 4 and 5) that the first character may have. What is left
 * after all characters were asked is where groups may begin.
 */
struct silt_row_filter {
	uint8_t starts[4][256];
};

void silt_row_filter_init(struct silt_row_filter *filter);

static inline unsigned silt_row_filter_four(const struct silt_row_filter *filter, const uint8_t *bytes)
{
	return (unsigned)filter->starts[0][bytes[0]] & filter->starts[1][bytes[1]] & filter->starts[2][bytes[2]] &
	       filter->starts[3][bytes[3]];
}

/* True if the 16 bytes may be a part of text in either code. */
static inline bool silt_row_filter_passes(const struct silt_row_filter *filter, const uint8_t *bytes)
{
	unsigned starts = silt_row_filter_four(filter, bytes) & silt_row_filter_four(filter, bytes + 4);
	return starts && starts & silt_row_filter_four(filter, bytes + 8) & silt_row_filter_four(filter, bytes + 12);
}

/*
 * Looks for text in a code around the window of `window` bytes at `at`: where it begins, not before `floor`. SIZE_MAX
 * if there are not `least` characters of it.
 */
size_t silt_row_find(const struct silt_row_code *code, struct silt_bytes bytes, size_t floor, size_t at, size_t window);

#endif
