/*
 * From the text that json_check wrote to a tree of jansson's values.
 *
 * Not by jansson's own reader: version 2.14 does not look whether the buffer of a token could grow. Without memory it
 * loses characters of a string without a word, or ends the process by an assertion.
 */
#include "base/json_build.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdlib.h>

struct build {
	struct silt_bytes text;
	size_t at;
	json_t *open[SILT_JSON_DEPTH_MAX]; /* borrows: the arrays that are open, outermost first */
	size_t depth;
	json_t *root;              /* owns */
	struct silt_buffer string; /* the one at hand, without its escapes */
};

static uint8_t here(const struct build *b)
{
	return b->text.ptr[b->at];
}

/* ---- Strings ----------------------------------------------------------------------------------------------------- */

static unsigned code_unit(struct build *b)
{
	unsigned unit = 0;
	for (int i = 0; i < 4; i++) {
		unit = unit << 4 | (unsigned)silt_hex_value(b->text.ptr[b->at++]);
	}
	return unit;
}

/* Behind "\u". Surrogates come in pairs: that was checked. */
static void add_unicode(struct build *b)
{
	uint32_t code = code_unit(b);
	if (code >= 0xD800 && code < 0xDC00) {
		b->at += 2;
		code = 0x10000 + ((code - 0xD800) << 10) + (code_unit(b) - 0xDC00);
	}
	uint8_t bytes[SILT_UTF8_MAX];
	silt_buffer_add(&b->string, silt_bytes(bytes, silt_utf8_encode(code, bytes)));
}

/* Behind the backslash. */
static void add_escape(struct build *b)
{
	static const char letters[] = "bfnrt", meanings[] = "\b\f\n\r\t";
	uint8_t letter = b->text.ptr[b->at++];
	const char *known = strchr(letters, letter);
	if (letter == 'u') {
		add_unicode(b);
	} else {
		silt_buffer_add_byte(&b->string, known ? (uint8_t)meanings[known - letters] : letter);
	}
}

/* The bytes up to the next quotation mark or backslash. */
static void add_plain(struct build *b)
{
	size_t start = b->at;
	while (here(b) != '"' && here(b) != '\\') {
		b->at++;
	}
	silt_buffer_add(&b->string, silt_bytes_slice(b->text, start, b->at - start));
}

static json_t *read_string(struct build *b)
{
	silt_buffer_clear(&b->string);
	b->at++;
	while (here(b) != '"') {
		add_plain(b);
		if (here(b) == '\\') {
			b->at++;
			add_escape(b);
		}
	}
	b->at++;
	return b->string.failed ? NULL : json_stringn_nocheck(silt_buffer_text(&b->string), b->string.len);
}

/* ---- Other values ------------------------------------------------------------------------------------------------ */

/* Digits only are a number that fits; the others stand there as 0.5. */
static json_t *read_number(struct build *b)
{
	json_int_t number = 0;
	for (; here(b) >= '0' && here(b) <= '9'; b->at++) {
		number = number * 10 + (here(b) - '0');
	}
	if (here(b) != '.') {
		return json_integer(number);
	}
	b->at += strlen(".5");
	return json_real(0.5);
}

static json_t *read_scalar(struct build *b)
{
	switch (here(b)) {
	case '"':
		return read_string(b);
	case 't':
		b->at += strlen("true");
		return json_true();
	case 'f':
		b->at += strlen("false");
		return json_false();
	case 'n':
		b->at += strlen("null");
		return json_null();
	default:
		return read_number(b);
	}
}

/* ---- The tree ---------------------------------------------------------------------------------------------------- */

/* Takes `value`, which may be NULL, into the array that is open. False: no memory, and the value is gone. */
static bool add_value(struct build *b, json_t *value)
{
	if (b->depth == 0) {
		b->root = value;
		return value;
	}
	return value && json_array_append_new(b->open[b->depth - 1], value) == 0;
}

static bool open_array(struct build *b)
{
	json_t *array = json_array();
	if (!add_value(b, array)) {
		return false;
	}
	assert(b->depth < SILT_JSON_DEPTH_MAX);
	b->open[b->depth++] = array;
	b->at++;
	return true;
}

static bool step(struct build *b)
{
	switch (here(b)) {
	case '[':
		return open_array(b);
	case ']':
		b->depth--;
		b->at++;
		return true;
	case ',':
		b->at++;
		return true;
	default:
		return add_value(b, read_scalar(b));
	}
}

json_t *silt_json_build(struct silt_bytes checked)
{
	struct build b = {.text = checked};
	bool going;
	do {
		going = step(&b);
	} while (going && b.depth > 0);
	silt_buffer_done(&b.string);
	if (!going) {
		json_decref(b.root);
		return NULL;
	}
	return b.root;
}
