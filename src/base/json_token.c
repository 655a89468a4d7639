/* The tokens of JSON (RFC 8259, sections 3, 6 and 7), checked to the letter. */
#include "base/json_token.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <stdio.h>

enum {
	HIGH_SURROGATE = 0xD800,
	LOW_SURROGATE = 0xDC00,
	BEHIND_SURROGATES = 0xE000,
};

/* ---- Telling what is wrong --------------------------------------------------------------------------------------- */

static void describe_found(const struct silt_json_cursor *c, char *text, size_t size)
{
	struct silt_bytes rest = silt_bytes_slice(c->text, c->at, SIZE_MAX);
	if (rest.len == 0) {
		snprintf(text, size, "the end");
	} else if (silt_bytes_start_with(rest, SILT_LITERAL("\xEF\xBB\xBF"))) {
		snprintf(text, size, "a byte order mark");
	} else if (rest.ptr[0] == '\\') {
		snprintf(text, size, "a backslash");
	} else if (rest.ptr[0] > ' ' && rest.ptr[0] < 0x7F) {
		snprintf(text, size, "'%c'", rest.ptr[0]);
	} else {
		snprintf(text, size, "byte 0x%02x", rest.ptr[0]);
	}
}

/* Lines and columns count from 1; a column is a character. Counted only here, so that good text costs nothing. */
static void find_place(const struct silt_json_cursor *c, size_t *line, size_t *column)
{
	*line = 1;
	*column = 1;
	for (size_t i = 0; i < c->at && i < c->text.len; i++) {
		if (c->text.ptr[i] == '\n') {
			++*line;
			*column = 1;
		} else if ((c->text.ptr[i] & 0xC0) != 0x80) {
			++*column;
		}
	}
}

bool silt_json_refuse(const struct silt_json_cursor *c, const char *expected)
{
	char found[32];
	size_t line, column;
	describe_found(c, found, sizeof(found));
	find_place(c, &line, &column);
	silt_fail(c->err, SILT_ERR_INPUT, "JSON, line %zu, column %zu: expected %s, found %s", line, column, expected,
		  found);
	return false;
}

static bool refuse_at(struct silt_json_cursor *c, size_t at, const char *expected)
{
	c->at = at;
	return silt_json_refuse(c, expected);
}

/* ---- Strings ----------------------------------------------------------------------------------------------------- */

static bool is_surrogate(unsigned unit)
{
	return unit >= HIGH_SURROGATE && unit < BEHIND_SURROGATES;
}

/* The four digits of \uXXXX; the cursor is on the first. */
static bool check_code_unit(struct silt_json_cursor *c, unsigned *unit)
{
	*unit = 0;
	for (int i = 0; i < 4; i++) {
		int digit = silt_hex_value(silt_json_peek(c));
		if (digit < 0) {
			return silt_json_refuse(c, "four hex digits");
		}
		*unit = *unit << 4 | (unsigned)digit;
		c->at++;
	}
	return true;
}

/* True if the cursor is on a \u that is a low surrogate; it goes behind it then. */
static bool take_low_surrogate(struct silt_json_cursor *c)
{
	size_t start = c->at;
	unsigned unit = 0;
	for (size_t i = start + 2; i < start + 6 && i < c->text.len; i++) {
		int digit = silt_hex_value(c->text.ptr[i]);
		unit = digit < 0 ? 0 : unit << 4 | (unsigned)digit;
	}
	bool escaped = silt_bytes_start_with(silt_bytes_slice(c->text, start, SIZE_MAX), SILT_LITERAL("\\u"));
	bool is_low = escaped && is_surrogate(unit) && unit >= LOW_SURROGATE;
	c->at += is_low ? 6 : 0;
	return is_low;
}

/* What stands from `from` to the cursor goes out as U+FFFD. */
static void replace(struct silt_json_cursor *c, size_t from)
{
	silt_buffer_add(c->out, silt_bytes_slice(c->text, c->copied, from - c->copied));
	silt_buffer_add_text(c->out, "\\ufffd");
	c->copied = c->at;
}

/* The cursor is on the backslash of a \u. A surrogate that is not one of a pair is U+FFFD, as Go reads it. */
static bool check_unicode_escape(struct silt_json_cursor *c, bool is_key)
{
	size_t start = c->at;
	unsigned unit;
	c->at += 2;
	if (!check_code_unit(c, &unit)) {
		return false;
	}
	if (is_key && unit == 0) {
		return refuse_at(c, start, "a key without NUL");
	}
	if (is_surrogate(unit) && !(unit < LOW_SURROGATE && take_low_surrogate(c))) {
		replace(c, start);
	}
	return true;
}

/* The cursor is on the backslash. */
static bool check_escape(struct silt_json_cursor *c, bool is_key)
{
	int letter = c->at + 1 < c->text.len ? c->text.ptr[c->at + 1] : -1;
	if (letter == 'u') {
		return check_unicode_escape(c, is_key);
	}
	c->at++;
	if (letter <= 0 || !strchr("\"\\/bfnrt", letter)) {
		return silt_json_refuse(c, "an escape of JSON");
	}
	c->at++;
	return true;
}

static bool check_character(struct silt_json_cursor *c)
{
	uint32_t code;
	int byte = silt_json_peek(c);
	if (byte >= 0 && byte < ' ') {
		return silt_json_refuse(c, "no control character in a string");
	}
	size_t len = silt_utf8_decode(silt_bytes_slice(c->text, c->at, SIZE_MAX), &code);
	if (len == 0) {
		return silt_json_refuse(c, byte < 0 ? "the end of the string" : "valid UTF-8");
	}
	c->at += len;
	return true;
}

/* The cursor is on the first quotation mark; goes behind the last and copies all to the output. */
static bool check_string(struct silt_json_cursor *c, bool is_key)
{
	c->copied = c->at++;
	while (silt_json_peek(c) != '"') {
		if (!(silt_json_peek(c) == '\\' ? check_escape(c, is_key) : check_character(c))) {
			return false;
		}
	}
	c->at++;
	silt_buffer_add(c->out, silt_bytes_slice(c->text, c->copied, c->at - c->copied));
	return true;
}

/* ---- Numbers and literals ---------------------------------------------------------------------------------------- */

static bool check_digits(struct silt_json_cursor *c)
{
	if (!silt_is_digit(silt_json_peek(c))) {
		return silt_json_refuse(c, "a digit");
	}
	while (silt_is_digit(silt_json_peek(c))) {
		c->at++;
	}
	return true;
}

/* Digits only, and not above 2^63-1: with 19 digits the order of the text is the order of the numbers. */
static bool fits_int64(struct silt_bytes number)
{
	static const char most[] = "9223372036854775807";
	size_t digits = sizeof(most) - 1;
	for (size_t i = 0; i < number.len; i++) {
		if (!silt_is_digit(number.ptr[i])) {
			return false;
		}
	}
	return number.len < digits || (number.len == digits && memcmp(number.ptr, most, digits) <= 0);
}

/* number = [ "-" ] ( "0" / digit1-9 *digit ) [ "." 1*digit ] [ ( "e" / "E" ) [ "-" / "+" ] 1*digit ] */
static bool check_number(struct silt_json_cursor *c)
{
	size_t start = c->at;
	if (silt_json_peek(c) == '-') {
		c->at++;
	}
	if (silt_json_peek(c) == '0') {
		c->at++;
	} else if (!check_digits(c)) {
		return false;
	}
	if (silt_json_peek(c) == '.') {
		c->at++;
		if (!check_digits(c)) {
			return false;
		}
	}
	if (silt_json_peek(c) == 'e' || silt_json_peek(c) == 'E') {
		c->at++;
		if (silt_json_peek(c) == '+' || silt_json_peek(c) == '-') {
			c->at++;
		}
		if (!check_digits(c)) {
			return false;
		}
	}
	struct silt_bytes number = silt_bytes_slice(c->text, start, c->at - start);
	silt_buffer_add(c->out, fits_int64(number) ? number : SILT_LITERAL("0.5"));
	return true;
}

static bool check_literal(struct silt_json_cursor *c)
{
	static const char *const literals[] = {"true", "false", "null"};
	struct silt_bytes rest = silt_bytes_slice(c->text, c->at, SIZE_MAX);
	for (size_t i = 0; i < SILT_COUNT(literals); i++) {
		struct silt_bytes literal = silt_bytes_text(literals[i]);
		if (silt_bytes_start_with(rest, literal)) {
			silt_buffer_add(c->out, literal);
			c->at += literal.len;
			return true;
		}
	}
	return silt_json_refuse(c, "a value");
}

bool silt_json_check_key(struct silt_json_cursor *c)
{
	return check_string(c, true);
}

bool silt_json_check_scalar(struct silt_json_cursor *c)
{
	int first = silt_json_peek(c);
	if (first == '"') {
		return check_string(c, false);
	}
	return first == '-' || silt_is_digit(first) ? check_number(c) : check_literal(c);
}
