/*
 * Bytes of a kind in a row that every match of a pattern has: a token of 40 letters and digits is nowhere in a text whose
 * words are shorter, and to see that costs a fraction of a search.
 */
#ifndef SILT_SECRET_PATTERN_RUN_H
#define SILT_SECRET_PATTERN_RUN_H

#include "base/bytes.h"

#include <stdint.h>

/* Fewer are in any text, and 0 is no demand at all. */
enum { SILT_RUN_MIN = 16 };

struct silt_pattern_run {
	uint32_t letters; /* of letters and digits */
	uint32_t symbols; /* of those and of "+/_-": the two alphabets of base64 */
};

/*
 * Read off the words of a pattern that PCRE2 takes with the options of pattern.c. Never more than is true; what is not
 * understood counts as nothing.
 */
struct silt_pattern_run silt_pattern_run(const char *pattern);

/* True if the text has what is demanded. */
bool silt_has_run(struct silt_bytes text, struct silt_pattern_run run);

/*
 * True if there is a row of just `count` letters, digits, '+' and '/', or of one more if its first stands behind a
 * backslash. Where the row at the start of the text begins is not known: there `count` or more will do.
 */
bool silt_has_row_alone(struct silt_bytes text, size_t count);

#endif
