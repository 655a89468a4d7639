/*
 * Texts in which some characters are written with others: words of URLs (`user%3Apw%40host`) and the strings of C,
 * JSON and their relatives (`\u003d`, `\/`, `\x2d`, `\"`).
 *
 * A text begins where its word or string begins, so that names stand before their values, and goes to the end of it.
 * Only some escapes ask for that: those that stand inside secrets, or that JSON inside JSON has. `\n` and `\t` are
 * everywhere in programs, and patterns know how to begin behind them.
 */
#include "secret/escape_letters.h"
#include "secret/unwrap.h"

enum {
	CHUNK = 2048,
	ESCAPE_MAX = 6, /* bytes of the longest escape, `\u0000` */
	BEYOND = 0xff,  /* what stands for a character beyond ASCII: no pattern has it */
};

static int hex_value(struct silt_bytes digits, size_t at, size_t count)
{
	int value = 0;
	for (size_t i = 0; i < count; i++) {
		int digit = at + i < digits.len ? silt_row_hex.value[digits.ptr[at + i]] : -1;
		if (digit < 0) {
			return -1;
		}
		value = value << 4 | digit;
	}
	return value;
}

/* ---- Percent-encoding: RFC 3986 section 2.1 ------------------------------------------------------------------------ */

static size_t read_percent(struct silt_bytes bytes, uint8_t *byte)
{
	int value = bytes.ptr[0] == '%' ? hex_value(bytes, 1, 2) : -1;
	*byte = value < 0 ? bytes.ptr[0] : (uint8_t)value;
	return value < 0 ? 1 : 3;
}

static bool ends_word(struct silt_bytes text, size_t at)
{
	uint8_t byte = text.ptr[at];
	return byte <= ' ' || byte > '~' || strchr("\"'<>`\\", byte) != NULL;
}

const struct silt_escape_kind silt_escapes_percent = {
	.code = {.via = "percent-encoding", .bits = 8},
	.read = read_percent,
	.is_edge = ends_word,
};

/* ---- Escapes: C17 section 6.4.4.4, RFC 8259 section 7 -------------------------------------------------------------- */

static size_t read_octal(struct silt_bytes bytes, uint8_t *byte)
{
	unsigned value = 0;
	size_t at = 1;
	while (at < bytes.len && at < 4 && bytes.ptr[at] >= '0' && bytes.ptr[at] <= '7') {
		value = value * 8 + (bytes.ptr[at] - (unsigned)'0');
		at++;
	}
	*byte = value < 0x80 ? (uint8_t)value : BEYOND;
	return at;
}

/* `\xXX` and `\uXXXX`; a backslash that begins neither stands for itself. */
static size_t read_number(struct silt_bytes bytes, uint8_t *byte)
{
	size_t digits = bytes.ptr[1] == 'x' ? 2 : 4;
	int value = hex_value(bytes, 2, digits);
	if (value < 0) {
		*byte = '\\';
		return 1;
	}
	*byte = value < 0x80 ? (uint8_t)value : BEYOND;
	return 2 + digits;
}

static size_t read_backslash(struct silt_bytes bytes, uint8_t *byte)
{
	static const char letters[] = SILT_ESCAPE_LETTERS "\"'`/\\";
	static const char meanings[] = SILT_ESCAPE_MEANINGS "\"'`/\\";
	*byte = bytes.ptr[0];
	if (bytes.ptr[0] != '\\' || bytes.len < 2 || bytes.ptr[1] == '\0') {
		return 1;
	}
	uint8_t second = bytes.ptr[1];
	const char *letter = strchr(letters, second);
	if (letter) {
		*byte = (uint8_t)meanings[letter - letters];
		return 2;
	}
	if (second == 'x' || second == 'u') {
		return read_number(bytes, byte);
	}
	return second >= '0' && second <= '7' ? read_octal(bytes, byte) : 1;
}

/* True if an odd number of backslashes stands before it. */
static bool is_escaped(struct silt_bytes text, size_t at)
{
	size_t slashes = 0;
	while (slashes < at && text.ptr[at - slashes - 1] == '\\') {
		slashes++;
	}
	return slashes % 2 == 1;
}

static bool ends_string(struct silt_bytes text, size_t at)
{
	uint8_t byte = text.ptr[at];
	if (byte < ' ') {
		return byte != '\t';
	}
	return strchr("\"'`", byte) != NULL && !is_escaped(text, at);
}

const struct silt_escape_kind silt_escapes_backslash = {
	.code = {.via = "escapes", .bits = 8},
	.read = read_backslash,
	.is_edge = ends_string,
};

/* ---- The decoder ------------------------------------------------------------------------------------------------------ */

static enum silt_status close_text(struct silt_escapes *escapes, const struct silt_view *view)
{
	escapes->open = false;
	return silt_plain_close(escapes->plain, view->err);
}

/* The next character of the text, at `at` of what is seen; returns its bytes. */
static size_t take(struct silt_escapes *escapes, struct silt_bytes text, size_t at)
{
	uint8_t byte;
	size_t length = escapes->kind->read(silt_bytes(text.ptr + at, text.len - at), &byte);
	if (escapes->done != escapes->next) {
		silt_plain_line(escapes->plain, escapes->units, escapes->done);
	}
	silt_plain_put(escapes->plain, byte);
	escapes->units++;
	escapes->next = escapes->done + 1;
	escapes->done += length;
	escapes->plain->end = escapes->done;
	return length;
}

enum silt_status silt_escapes_go_on(struct silt_escapes *escapes, const struct silt_view *view)
{
	while (escapes->open && escapes->done < view->limit && escapes->plain->status == SILT_OK) {
		struct silt_bytes text = silt_view_bytes(view, escapes->done, CHUNK + ESCAPE_MAX);
		size_t at = 0;
		while (at < CHUNK && at < text.len && escapes->done < view->limit) {
			if (escapes->kind->is_edge(silt_bytes(text.ptr + at, text.len - at), 0)) {
				return close_text(escapes, view);
			}
			at += take(escapes, text, at);
		}
	}
	bool ended = escapes->open && (view->last || escapes->plain->status != SILT_OK);
	return ended ? close_text(escapes, view) : SILT_OK;
}

/* Where the word or string begins that goes on up to the end of `before`. */
static size_t back_to_edge(const struct silt_escape_kind *kind, struct silt_bytes before)
{
	size_t at = before.len;
	while (at > 0 && !kind->is_edge(before, at - 1)) {
		at--;
	}
	return before.len - at;
}

enum silt_status silt_escapes_meet(struct silt_escapes *escapes, const struct silt_view *view, uint64_t at)
{
	if (escapes->open || at < escapes->done) {
		return SILT_OK;
	}
	struct silt_bytes before = silt_view_before(view, escapes->done, at);
	uint64_t start = at - back_to_edge(escapes->kind, before);
	escapes->open = true;
	escapes->done = start;
	escapes->units = 0;
	escapes->next = start;
	enum silt_status status = silt_plain_open(escapes->plain, &escapes->kind->code, start, view->path, view->err);
	return status == SILT_OK ? silt_escapes_go_on(escapes, view) : status;
}
