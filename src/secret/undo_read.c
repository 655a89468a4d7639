/* Readers of percent-encoding, backslash escapes, character references and base64 with breaks in it. */
#include "secret/undo_read.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "secret/escape_letters.h"

/* ---- Numbers --------------------------------------------------------------------------------------------------------- */

static int digit_of(uint8_t byte, unsigned base)
{
	const int value = silt_row_hex.value[byte];
	return value >= 0 && (unsigned)value < base ? value : -1;
}

/* Digits from `at` on, `most` at most, and their value, which a long row of them leaves beyond Unicode. */
static size_t read_digits(struct silt_bytes bytes, size_t at, size_t most, unsigned base, uint32_t *value)
{
	enum { BEYOND = 0x110000 };
	size_t count = 0;
	*value = 0;
	while (count < most && at + count < bytes.len && digit_of(bytes.ptr[at + count], base) >= 0) {
		*value = *value * base + (uint32_t)digit_of(bytes.ptr[at + count], base);
		*value = *value < BEYOND ? *value : BEYOND;
		count++;
	}
	return count;
}

static size_t as_it_is(struct silt_bytes bytes, uint8_t *out, size_t *count)
{
	out[0] = bytes.ptr[0];
	*count = 1;
	return 1;
}

/* A code point that is written with `length` bytes; one that there is none of stands for itself. */
static size_t as_utf8(struct silt_bytes bytes, uint32_t code, size_t length, uint8_t out[static SILT_UTF8_MAX],
		      size_t *count)
{
	const bool exists = code < 0xd800 || (code > 0xdfff && code < 0x110000);
	*count = exists ? silt_utf8_encode(code, out) : 0;
	return *count > 0 ? length : as_it_is(bytes, out, count);
}

/* ---- Percent-encoding: RFC 3986 section 2.1 -------------------------------------------------------------------------- */

size_t silt_undo_percent(struct silt_bytes bytes, uint8_t out[static SILT_UTF8_MAX], size_t *count)
{
	*count = 1;
	return silt_escapes_percent.read(bytes, out);
}

/* ---- Escapes: C17 section 6.4.4.4, RFC 8259 section 7, ECMA-262 section 12.9.4 ----------------------------------------- */

/* `\uXXXX`, two of them for a character beyond 16 bits, and `\u{X...}`. */
static size_t read_unicode(struct silt_bytes bytes, uint8_t out[static SILT_UTF8_MAX], size_t *count)
{
	uint32_t code, low;
	size_t digits;
	if (bytes.len > 2 && bytes.ptr[2] == '{') {
		digits = read_digits(bytes, 3, 8, 16, &code);
		const bool closed = digits > 0 && 3 + digits < bytes.len && bytes.ptr[3 + digits] == '}';
		return closed ? as_utf8(bytes, code, digits + 4, out, count) : as_it_is(bytes, out, count);
	}
	digits = read_digits(bytes, 2, 4, 16, &code);
	if (digits < 4) {
		return as_it_is(bytes, out, count);
	}
	const bool pair = (code & 0xfc00) == 0xd800 && bytes.len >= 12 && bytes.ptr[6] == '\\' && bytes.ptr[7] == 'u' &&
			  read_digits(bytes, 8, 4, 16, &low) == 4 && (low & 0xfc00) == 0xdc00;
	if (pair) {
		return as_utf8(bytes, 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff), 12, out, count);
	}
	return as_utf8(bytes, code, 6, out, count);
}

/* `\xXX`, `\046`: a byte. */
static size_t read_byte(struct silt_bytes bytes, size_t from, size_t most, unsigned base, uint8_t *out, size_t *count)
{
	uint32_t value;
	const size_t digits = read_digits(bytes, from, most, base, &value);
	if (digits == 0) {
		return as_it_is(bytes, out, count);
	}
	out[0] = (uint8_t)value;
	*count = 1;
	return from + digits;
}

/* A letter means what it means in C; any other sign stands for itself, as in a shell or a file of properties. */
static size_t read_sign(struct silt_bytes bytes, uint8_t *out, size_t *count)
{
	static const char letters[] = SILT_ESCAPE_LETTERS, meanings[] = SILT_ESCAPE_MEANINGS;
	const uint8_t second = bytes.ptr[1];
	const char *letter = second != '\0' ? strchr(letters, second) : NULL;
	const bool sign = second >= ' ' && second <= '~' && !silt_is_letter(second) && !silt_is_digit(second);
	if (!letter && !sign) {
		return as_it_is(bytes, out, count);
	}
	out[0] = letter ? (uint8_t)meanings[letter - letters] : second;
	*count = 1;
	return 2;
}

size_t silt_undo_backslash(struct silt_bytes bytes, uint8_t out[static SILT_UTF8_MAX], size_t *count)
{
	if (bytes.ptr[0] != '\\' || bytes.len < 2) {
		return as_it_is(bytes, out, count);
	}
	uint32_t code;
	switch (bytes.ptr[1]) {
	case 'x':
		return read_byte(bytes, 2, 2, 16, out, count);
	case 'u':
		return read_unicode(bytes, out, count);
	case 'U':
		return read_digits(bytes, 2, 8, 16, &code) == 8 ? as_utf8(bytes, code, 10, out, count)
								: as_it_is(bytes, out, count);
	default:
		break;
	}
	return digit_of(bytes.ptr[1], 8) >= 0 ? read_byte(bytes, 1, 3, 8, out, count) : read_sign(bytes, out, count);
}

/* ---- Character references: HTML section 13.5, XML section 4.1 --------------------------------------------------------- */

const struct silt_undo_name silt_undo_names[] = {
	{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {NULL, 0},
};

static size_t read_numeric(struct silt_bytes bytes, uint8_t out[static SILT_UTF8_MAX], size_t *count)
{
	enum { DIGITS_MAX = 10 };
	const bool hex = bytes.len > 2 && silt_lower(bytes.ptr[2]) == 'x';
	const size_t from = hex ? 3 : 2;
	uint32_t code;
	const size_t digits = read_digits(bytes, from, DIGITS_MAX, hex ? 16 : 10, &code);
	const size_t end = from + digits;
	if (digits == 0) {
		return as_it_is(bytes, out, count);
	}
	return as_utf8(bytes, code, end < bytes.len && bytes.ptr[end] == ';' ? end + 1 : end, out, count);
}

size_t silt_undo_entity(struct silt_bytes bytes, uint8_t out[static SILT_UTF8_MAX], size_t *count)
{
	if (bytes.ptr[0] != '&' || bytes.len < 2) {
		return as_it_is(bytes, out, count);
	}
	if (bytes.ptr[1] == '#') {
		return read_numeric(bytes, out, count);
	}
	for (const struct silt_undo_name *name = silt_undo_names; name->text; name++) {
		const struct silt_bytes text = silt_bytes_text(name->text);
		if (silt_bytes_start_with(bytes, text)) {
			out[0] = name->meaning;
			*count = 1;
			return text.len;
		}
	}
	return as_it_is(bytes, out, count);
}

/* ---- Breaks ------------------------------------------------------------------------------------------------------------ */

/* Bytes of a break at the start: white space, quotes, commas, comment signs, and line ends that are written out. */
static size_t break_length(struct silt_bytes bytes)
{
	size_t slashes = 0;
	while (slashes < bytes.len && bytes.ptr[slashes] == '\\') {
		slashes++;
	}
	if (slashes > 0) {
		return slashes + (slashes < bytes.len && silt_is_one_of(bytes.ptr[slashes], "nr"));
	}
	return bytes.len > 0 && silt_is_one_of(bytes.ptr[0], " \t\r\n\v\f\"'`,;>#*|");
}

/* A character is taken together with the break behind it. */
size_t silt_undo_breaks(struct silt_bytes bytes, uint8_t out[static SILT_UTF8_MAX], size_t *count)
{
	size_t length = as_it_is(bytes, out, count), more;
	do {
		more = break_length(silt_bytes_slice(bytes, length, SILT_UNDO_LONGEST - length));
		length += more;
	} while (more > 0 && length < SILT_UNDO_LONGEST);
	return length;
}
