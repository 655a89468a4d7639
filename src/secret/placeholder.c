/* The grammar of placeholders: tables of brackets and of words, and what fingers type when they roll over the keys. */
#include "secret/placeholder.h"

#include "base/ascii.h"
#include "base/attributes.h"

enum {
	/* Longer values are no phrases of placeholder words. */
	PHRASE_MAX = 64,
	/* A unit up to this long makes a sequence when it comes twice; longer ones when they come three times. */
	UNIT_SHORT = 4,
	/* Masking characters in a row. */
	MASK_MIN = 4,
};

static bool is_joint(uint8_t byte)
{
	return byte == '-' || byte == '_' || byte == '.' || byte == ' ' || byte == ':' || byte == '/';
}

/* ---- Templates ------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *open, *close;
} brackets[] = {
	{"${", "}"}, {"{{", "}}"}, {"<", ">"},   {"%(", ")s"}, {"%(", ")"}, {"#{", "}"}, {"$(", ")"},  {"%{", "}"},
	{"@{", "}"}, {"((", "))"}, {"[[", "]]"}, {"[", "]"},   {"{", "}"},  {"$[", "]"}, {"__", "__"}, {"`", "`"},
};

/* The same, with nothing but a name between: "%PATH%" is one, "%4s!%" is not. */
static const struct {
	const char *open, *close;
} names[] = {{"%", "%"}, {"@", "@"}, {"@@", "@@"}, {"%%", "%%"}, {"$", "$"}};

static bool is_between(struct silt_bytes value, const char *open, const char *close)
{
	if (value.len == 0 || value.ptr[0] != (uint8_t)open[0]) { /* nearly always */
		return false;
	}
	struct silt_bytes start = silt_bytes_text(open), end = silt_bytes_text(close);
	return value.len > start.len + end.len && silt_bytes_start_with(value, start) &&
	       silt_bytes_end_with(value, end);
}

static bool is_name(struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];
		if (!silt_is_letter(c) && c != '_' && (i == 0 || (!silt_is_digit(c) && c != '-' && c != '.'))) {
			return false;
		}
	}
	return text.len > 0;
}

/* "$VAR", "$env:NAME", "$this->password", "$config['db']" */
static bool is_variable(struct silt_bytes value)
{
	if (value.len < 2 || value.ptr[0] != '$' || (!silt_is_letter(value.ptr[1]) && value.ptr[1] != '_')) {
		return false;
	}
	for (size_t i = 2; i < value.len; i++) {
		uint8_t c = value.ptr[i];
		bool arrow = (c == '-' && i + 1 < value.len && value.ptr[i + 1] == '>') ||
			     (c == '>' && value.ptr[i - 1] == '-');
		if (!silt_is_letter(c) && !silt_is_digit(c) && !arrow && !memchr("_.:[](){}'\"$", c, 12)) {
			return false;
		}
	}
	return true;
}

bool silt_is_template(struct silt_bytes value)
{
	for (size_t i = 0; i < SILT_COUNT(brackets); i++) {
		if (is_between(value, brackets[i].open, brackets[i].close)) {
			return true;
		}
	}
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		size_t edge = strlen(names[i].open);
		if (is_between(value, names[i].open, names[i].close) &&
		    is_name(silt_bytes_slice(value, edge, value.len - 2 * edge))) {
			return true;
		}
	}
	return is_variable(value);
}

/* ---- Words ----------------------------------------------------------------------------------------------------------- */

/* In the order of their first bytes. */
static const char *const words[] = {
	"a",         "access",     "account",     "add",        "admin",       "an",       "any",       "anything",
	"api",       "app",        "as",          "auth",       "auto",        "bar",      "baz",       "bearer",
	"blah",      "cert",       "change",      "changed",    "changeit",    "changeme", "client",    "code",
	"config",    "credential", "credentials", "dbpass",     "deadbeef",    "default",  "demo",      "dev",
	"disabled",  "dummy",      "edit",        "empty",      "enabled",     "enter",    "env",       "environment",
	"example",   "examples",   "fake",        "false",      "file",        "fill",     "fixme",     "foo",
	"foobar",    "for",        "from",        "generate",   "generated",   "here",     "hidden",    "id",
	"in",        "insert",     "into",        "invalid",    "is",          "it",       "jwt",       "key",
	"keys",      "local",      "long",        "login",      "masked",      "master",   "me",        "missing",
	"mock",      "must",       "my",          "n/a",        "na",          "name",     "new",       "nil",
	"no",        "none",       "not",         "null",       "oauth",       "of",       "off",       "on",
	"optional",  "or",         "pass",        "passphrase", "passwd",      "password", "passwords", "placeholder",
	"please",    "private",    "prod",        "provide",    "provided",    "public",   "put",       "pw",
	"pwd",       "qux",        "random",      "real",       "redacted",    "refresh",  "removed",   "replace",
	"replaceme", "required",   "root",        "safe",       "same",        "sample",   "secret",    "secrets",
	"secure",    "security",   "server",      "service",    "session",     "set",      "some",      "something",
	"static",    "string",     "strong",      "super",      "supersecret", "test",     "tester",    "testing",
	"tests",     "text",       "that",        "the",        "this",        "to",       "tbd",       "todo",
	"token",     "tokens",     "true",        "type",       "undefined",   "unknown",  "unset",     "unused",
	"update",    "use",        "used",        "user",       "username",    "value",    "values",    "var",
	"variable",  "very",       "webhook",     "with",       "xxx",         "yes",      "you",       "your",
	"yours",
};

/*
 * The length of the word, in lower case, if it stands at the start of the text, or 0. Most places are settled by the
 * first byte, before anybody asks how long the word is.
 */
static size_t word_at_start(struct silt_bytes text, const char *word)
{
	if (text.len == 0 || silt_lower(text.ptr[0]) != (uint8_t)word[0]) {
		return 0;
	}
	struct silt_bytes whole = silt_bytes_text(word);
	return silt_begins_with_word(text, whole) ? whole.len : 0;
}

/* Where the words begin that have this first byte, or would. */
static size_t words_from(uint8_t first)
{
	size_t low = 0, high = SILT_COUNT(words);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		bool before = (uint8_t)words[middle][0] < first;
		low = before ? middle + 1 : low;
		high = before ? high : middle;
	}
	return low;
}

/* reachable[i]: the first i bytes are words and joints. A joint counts as a word of one byte, but not in front. */
bool silt_is_placeholder_words(struct silt_bytes value)
{
	bool reachable[PHRASE_MAX + 1] = {true};
	if (value.len == 0 || value.len > PHRASE_MAX) {
		return false;
	}
	for (size_t at = 0; at < value.len; at++) {
		if (!reachable[at]) {
			continue;
		}
		if (at > 0 && is_joint(value.ptr[at])) {
			reachable[at + 1] = true;
		}
		struct silt_bytes rest = silt_bytes_slice(value, at, value.len);
		uint8_t first = silt_lower(value.ptr[at]);
		for (size_t i = words_from(first); i < SILT_COUNT(words) && (uint8_t)words[i][0] == first; i++) {
			size_t len = word_at_start(rest, words[i]);
			reachable[at + len] = true; /* 0: what it is already */
		}
	}
	return reachable[value.len];
}

/* Whatever stands around them. */
static const char *const parts[] = {
	"change-me", "change_me", "changeme", "dummy", "example", "fixme", "foobar", "lorem",        "placeholder",
	"redacted",  "sample",    "replace",  "todo",  "your-",   "your_", "...",    "\xe2\x80\xa6", "%s",
};

static bool is_mask(uint8_t byte)
{
	return silt_lower(byte) == 'x' || byte == '*' || byte == '#' || byte == '.' || byte == '?';
}

/* "sk-xxxxxxxx", "****word": at least half of it is covered, in one run. */
static bool is_masked(struct silt_bytes value)
{
	size_t run = 0, longest = 0;
	for (size_t i = 0; i < value.len; i++) {
		bool goes_on = run > 0 && silt_lower(value.ptr[i]) == silt_lower(value.ptr[i - 1]);
		run = is_mask(value.ptr[i]) ? (goes_on ? run + 1 : 1) : 0;
		longest = run > longest ? run : longest;
	}
	return longest >= MASK_MIN && longest >= value.len - longest;
}

/* The first bytes of parts. Three of four bytes of a random value are none of them. */
static bool may_begin_part(uint8_t byte)
{
	static const bool begins[256] = {
		['c'] = true, ['d'] = true, ['e'] = true, ['f'] = true, ['l'] = true, ['p'] = true,  ['r'] = true,
		['s'] = true, ['t'] = true, ['y'] = true, ['.'] = true, ['%'] = true, [0xe2] = true,
	};
	return begins[silt_lower(byte)];
}

bool silt_has_placeholder_part(struct silt_bytes value)
{
	for (size_t at = 0; at < value.len; at++) {
		struct silt_bytes rest = silt_bytes_slice(value, at, value.len);
		for (size_t i = 0; may_begin_part(value.ptr[at]) && i < SILT_COUNT(parts); i++) {
			if (word_at_start(rest, parts[i]) > 0) {
				return true;
			}
		}
	}
	return is_masked(value);
}

/* ---- Sequences --------------------------------------------------------------------------------------------------------- */

/* Letters and digits only, in lower case: "1234-5678" is as much of a sequence as "12345678". */
struct plain {
	uint8_t bytes[PHRASE_MAX];
	size_t count;
	bool whole; /* the value fits */
};

static struct plain plain_of(struct silt_bytes value)
{
	struct plain plain = {.whole = true};
	for (size_t i = 0; i < value.len && plain.whole; i++) {
		if (!is_joint(value.ptr[i])) {
			plain.whole = plain.count < PHRASE_MAX;
			if (plain.whole) {
				plain.bytes[plain.count++] = silt_lower(value.ptr[i]);
			}
		}
	}
	return plain;
}

/* The next key of a roll: "8", "9", "0" and "9", "a" and "y", "z", "a". */
static bool follows(uint8_t first, uint8_t second)
{
	return second == first + 1 || (first == '9' && (second == '0' || second == 'a')) ||
	       (first == 'z' && (second == 'a' || second == '0' || second == '1'));
}

/* Three of four steps go up, or go down. A random value of 8 characters does so once in a hundred million. */
static bool is_roll(const struct plain *plain)
{
	size_t up = 0, down = 0;
	for (size_t i = 1; i < plain->count; i++) {
		up += follows(plain->bytes[i - 1], plain->bytes[i]);
		down += follows(plain->bytes[i], plain->bytes[i - 1]);
	}
	size_t most = up > down ? up : down;
	return plain->count >= 4 && 4 * (plain->count - 1 - most) <= plain->count - 1;
}

static bool repeats(const uint8_t *bytes, size_t count, size_t unit)
{
	for (size_t i = unit; i < count; i++) {
		if (bytes[i] != bytes[i - unit]) {
			return false;
		}
	}
	return true;
}

static bool is_repetition(const uint8_t *bytes, size_t count)
{
	for (size_t unit = 1; 2 * unit <= count; unit++) {
		if ((unit <= UNIT_SHORT || 3 * unit <= count) && repeats(bytes, count, unit)) {
			return true;
		}
	}
	return false;
}

bool silt_is_sequence(struct silt_bytes value)
{
	struct plain plain = plain_of(value);
	if (!plain.whole) {
		return repeats(value.ptr, value.len, 1);
	}
	return plain.count == 0 || is_roll(&plain) || is_repetition(plain.bytes, plain.count);
}

/* ---- All of it --------------------------------------------------------------------------------------------------------- */

static bool is_quote(uint8_t byte)
{
	return byte == '"' || byte == '\'' || byte == '\\';
}

static struct silt_bytes without_quotes(struct silt_bytes value)
{
	while (value.len > 0 && is_quote(value.ptr[0])) {
		value = silt_bytes_slice(value, 1, value.len);
	}
	while (value.len > 0 && is_quote(value.ptr[value.len - 1])) {
		value.len--;
	}
	return value;
}

bool silt_is_placeholder(struct silt_bytes value)
{
	value = without_quotes(silt_bytes_trim(value));
	return value.len == 0 || silt_is_template(value) || silt_is_placeholder_words(value) ||
	       silt_has_placeholder_part(value) || silt_is_sequence(value);
}
