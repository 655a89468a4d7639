/* Strings, numbers and literals of JSON, checked where a cursor stands; for json_check.c only. */
#ifndef SILT_BASE_JSON_TOKEN_H
#define SILT_BASE_JSON_TOKEN_H

#include "base/buffer.h"
#include "base/error.h"

struct silt_json_cursor {
	struct silt_bytes text;
	size_t at;
	size_t copied;           /* of the string under way, so much is in `out` */
	struct silt_buffer *out; /* what was checked is added here */
	struct silt_error *err;
};

/* The byte under the cursor; -1 at the end. */
static inline int silt_json_peek(const struct silt_json_cursor *cursor)
{
	return cursor->at < cursor->text.len ? cursor->text.ptr[cursor->at] : -1;
}

/* Sets the error: line and column of the cursor, what was expected, what is there instead. Returns false. */
bool silt_json_refuse(const struct silt_json_cursor *cursor, const char *expected);

/*
 * Each checks one token, adds its text to the output and leaves the cursor behind it; or refuses, and returns false.
 *
 * A key: a string without NUL; the cursor is on its quotation mark. In strings a surrogate that is not one of a pair goes
 * out as U+FFFD.
 * A scalar: a string, a number, true, false or null. A number that is not a whole one of 0..2^63-1 goes out as 0.5
 * (json_check.h).
 */
bool silt_json_check_key(struct silt_json_cursor *cursor);
bool silt_json_check_scalar(struct silt_json_cursor *cursor);

#endif
