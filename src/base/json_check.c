/* The structure of JSON: a loop over tokens, with the open brackets on a small stack. */
#include "base/json_check.h"

#include "base/json_token.h"

#include <inttypes.h>
#include <stdio.h>

enum expectation {
	EXPECT_VALUE,
	EXPECT_VALUE_OR_END, /* behind "[" */
	EXPECT_KEY,
	EXPECT_KEY_OR_END,  /* behind "{" */
	EXPECT_COMMA_OR_END /* behind a value */
};

struct check {
	const struct silt_limits *limits; /* borrows */
	enum silt_limit_id *excess;
	struct silt_json_cursor cursor;
	char brackets[SILT_JSON_DEPTH_MAX]; /* the open ones: '{' or '[' */
	size_t depth;
	size_t tokens;
	enum expectation expectation;
};

static int peek(const struct check *c)
{
	return silt_json_peek(&c->cursor);
}

static bool refuse(const struct check *c, const char *expected)
{
	return silt_json_refuse(&c->cursor, expected);
}

static bool refuse_limit(const struct check *c, enum silt_limit_id limit, const char *what)
{
	*c->excess = limit;
	char expected[64 + SILT_LIMIT_HINT_MAX], hint[SILT_LIMIT_HINT_MAX];
	snprintf(expected, sizeof(expected), "no more than %" PRIu64 " %s%s", c->limits->value[limit], what,
		 silt_limit_hint(c->limits, limit, hint));
	return refuse(c, expected);
}

static void skip_space(struct check *c)
{
	while (peek(c) == ' ' || peek(c) == '\t' || peek(c) == '\n' || peek(c) == '\r') {
		c->cursor.at++;
	}
}

static bool count_token(struct check *c)
{
	return ++c->tokens <= c->limits->value[SILT_LIMIT_JSON_VALUES] ||
	       refuse_limit(c, SILT_LIMIT_JSON_VALUES, "values and keys");
}

static bool open_bracket(struct check *c)
{
	if (c->depth == c->limits->value[SILT_LIMIT_JSON_DEPTH]) {
		return refuse_limit(c, SILT_LIMIT_JSON_DEPTH, "objects and arrays in each other");
	}
	bool is_object = peek(c) == '{';
	c->brackets[c->depth++] = is_object ? '{' : '[';
	c->expectation = is_object ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
	c->cursor.at++;
	silt_buffer_add_text(c->cursor.out, is_object ? "[true" : "[false");
	return true;
}

static void close_bracket(struct check *c)
{
	c->depth--;
	c->cursor.at++;
	c->expectation = EXPECT_COMMA_OR_END;
	silt_buffer_add_byte(c->cursor.out, ']');
}

/* True if the cursor is on the bracket that closes what is open. */
static bool at_end(const struct check *c)
{
	return peek(c) == (c->brackets[c->depth - 1] == '{' ? '}' : ']');
}

static bool check_value(struct check *c)
{
	if (!count_token(c)) {
		return false;
	}
	if (c->depth > 0) {
		silt_buffer_add_byte(c->cursor.out, ',');
	}
	c->expectation = EXPECT_COMMA_OR_END;
	int first = peek(c);
	if (first == '{' || first == '[') {
		return open_bracket(c);
	}
	if (c->depth == 0) {
		return refuse(c, "an object or array");
	}
	return silt_json_check_scalar(&c->cursor);
}

static bool check_key(struct check *c)
{
	if (peek(c) != '"') {
		return refuse(c, c->expectation == EXPECT_KEY ? "a key" : "a key or '}'");
	}
	silt_buffer_add_byte(c->cursor.out, ',');
	if (!count_token(c) || !silt_json_check_key(&c->cursor)) {
		return false;
	}
	skip_space(c);
	if (peek(c) != ':') {
		return refuse(c, "':' after the key");
	}
	c->cursor.at++;
	c->expectation = EXPECT_VALUE;
	return true;
}

static bool check_comma(struct check *c)
{
	bool in_object = c->brackets[c->depth - 1] == '{';
	if (peek(c) != ',') {
		return refuse(c, in_object ? "',' or '}'" : "',' or ']'");
	}
	c->cursor.at++;
	c->expectation = in_object ? EXPECT_KEY : EXPECT_VALUE;
	return true;
}

static bool may_end(const struct check *c)
{
	return c->expectation == EXPECT_VALUE_OR_END || c->expectation == EXPECT_KEY_OR_END ||
	       c->expectation == EXPECT_COMMA_OR_END;
}

static bool check_next(struct check *c)
{
	skip_space(c);
	if (may_end(c) && at_end(c)) {
		close_bracket(c);
		return true;
	}
	switch (c->expectation) {
	case EXPECT_KEY:
	case EXPECT_KEY_OR_END:
		return check_key(c);
	case EXPECT_COMMA_OR_END:
		return check_comma(c);
	case EXPECT_VALUE:
	case EXPECT_VALUE_OR_END:
		break;
	}
	return check_value(c);
}

enum silt_status silt_json_check(struct silt_bytes text, const struct silt_limits *limits, struct silt_buffer *out,
				 size_t *tokens, enum silt_limit_id *excess, struct silt_error *err)
{
	struct check c = {.limits = limits, .excess = excess, .cursor = {.text = text, .out = out, .err = err}};
	if (text.len > limits->value[SILT_LIMIT_JSON_BYTES]) {
		char hint[SILT_LIMIT_HINT_MAX];
		*excess = SILT_LIMIT_JSON_BYTES;
		return silt_fail(err, SILT_ERR_INPUT, "JSON: expected at most %" PRIu64 " bytes, found %zu%s",
				 limits->value[SILT_LIMIT_JSON_BYTES], text.len,
				 silt_limit_hint(limits, SILT_LIMIT_JSON_BYTES, hint));
	}
	do {
		if (!check_next(&c)) {
			return SILT_ERR_INPUT;
		}
	} while (c.depth > 0);
	skip_space(&c);
	if (c.cursor.at < text.len) {
		refuse(&c, "nothing after the document");
		return SILT_ERR_INPUT;
	}
	*tokens = c.tokens;
	return out->failed ? silt_fail_memory(err) : SILT_OK;
}
