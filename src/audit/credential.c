/* Names and values of variables that may hold secrets. */
#include "audit/credential.h"

#include "base/attributes.h"

enum {
	RANDOM_MIN = 8, /* shorter ones cannot be told from words */
	RANDOM_MAX = 150,
	VALUE_MAX = 1024, /* a longer one is a document, whose secrets have formats of their own */
	IDENTIFIER_DIGITS_MAX = 4,
};

static bool is_digit(uint8_t byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_letter(uint8_t byte)
{
	return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

static bool is_hex(uint8_t byte)
{
	return is_digit(byte) || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f');
}

static bool all_bytes(struct silt_bytes text, bool (*test)(uint8_t byte))
{
	for (size_t i = 0; i < text.len; i++) {
		if (!test(text.ptr[i])) {
			return false;
		}
	}
	return true;
}

/* Names and stop-words are short lists of short words: a search without case is all they need. */
static bool has_nocase(struct silt_bytes text, struct silt_bytes word)
{
	for (size_t at = 0; word.len <= text.len && at <= text.len - word.len; at++) {
		if (silt_bytes_equal_nocase(silt_bytes_slice(text, at, word.len), word)) {
			return true;
		}
	}
	return false;
}

static bool is_one_of(struct silt_bytes word, const char *const *list)
{
	for (; *list; list++) {
		if (silt_bytes_equal_nocase(word, silt_bytes_text(*list))) {
			return true;
		}
	}
	return false;
}

/* ---- Names --------------------------------------------------------------------------------------------------------- */

/* Whole words: MONKEY, BYPASS, COMPASS and KEYCLOAK_HOME are none of them. */
static const char *const secret_words[] = {"apikey", "credential", "credentials", "password", "pword",
					   "passwd", "pass",       "pwd",         "secret",   NULL};
static const char *const loose_words[] = {"auth", "key", "token", NULL};
/* Beside one of these the value is about a secret, and not one: SECRET_FILE, TOKEN_URL, GPG_KEY (a fingerprint). */
static const char *const harmless_words[] = {
	"algorithm", "checksum", "count", "dir",    "enabled", "expiry",   "file",    "fingerprint", "gpg",
	"header",    "host",     "id",    "ids",    "length",  "md5",      "name",    "path",        "pgp",
	"port",      "prefix",   "pub",   "public", "sha1",    "sha256",   "sha512",  "size",        "timeout",
	"ttl",       "type",     "uri",   "url",    "user",    "username", "version", NULL};

enum name_says { NAME_SAYS_NOTHING, NAME_SAYS_LOOSELY, NAME_SAYS_SECRET };

static bool next_word(struct silt_bytes *rest, struct silt_bytes *word)
{
	size_t len = 0;
	if (rest->len == 0) {
		return false;
	}
	while (len < rest->len && rest->ptr[len] != '_' && rest->ptr[len] != '-' && rest->ptr[len] != '.') {
		len++;
	}
	*word = silt_bytes_slice(*rest, 0, len);
	*rest = silt_bytes_slice(*rest, len + 1, rest->len);
	return true;
}

static enum name_says read_name(struct silt_bytes name)
{
	enum name_says says = NAME_SAYS_NOTHING;
	struct silt_bytes word;
	while (next_word(&name, &word)) {
		if (is_one_of(word, harmless_words)) {
			return NAME_SAYS_NOTHING;
		}
		if (is_one_of(word, secret_words)) {
			says = NAME_SAYS_SECRET;
		} else if (says == NAME_SAYS_NOTHING && is_one_of(word, loose_words)) {
			says = NAME_SAYS_LOOSELY;
		}
	}
	return says;
}

/* ---- Values that are none ------------------------------------------------------------------------------------------ */

static const char *const switches[] = {"true",    "false",    "yes",      "no",        "on",      "off",
				       "null",    "nil",      "none",     "undefined", "enabled", "disabled",
				       "default", "required", "optional", "auto",      NULL};

/* As a part of the value, in any case. */
static const char *const stop_words[] = {
	"example", "changeme", "change_me", "change-me", "redacted", "placeholder", "dummy", "your_", "your-", "xxxx",
	"****",    "0000",     "abcdef",    "${",        "{{",       "1234567890",  "%(",    "$(",    NULL};

static bool has_stop_word(struct silt_bytes value)
{
	for (const char *const *word = stop_words; *word; word++) {
		if (has_nocase(value, silt_bytes_text(*word))) {
			return true;
		}
	}
	return false;
}

/* $VAR, <fill in>, @VAR@ */
static bool is_reference(struct silt_bytes value)
{
	uint8_t first = value.ptr[0], last = value.ptr[value.len - 1];
	return (first == '$' && value.len > 1 && (is_letter(value.ptr[1]) || value.ptr[1] == '_')) ||
	       (first == '<' && last == '>') || (first == '@' && last == '@');
}

static bool is_location(struct silt_bytes value)
{
	return value.ptr[0] == '/' || silt_bytes_start_with(value, SILT_LITERAL("./")) ||
	       silt_bytes_start_with(value, SILT_LITERAL("../")) || silt_bytes_start_with(value, SILT_LITERAL("~/")) ||
	       silt_bytes_find(value, SILT_LITERAL("://")) != SIZE_MAX;
}

static bool is_number_byte(uint8_t byte)
{
	return is_digit(byte) || byte == '.' || byte == '-' || byte == '+';
}

static bool is_harmless(struct silt_bytes value)
{
	return value.len == 0 || value.len > VALUE_MAX || is_one_of(value, switches) || is_reference(value) ||
	       is_location(value) || all_bytes(value, is_number_byte) || silt_bytes_all(value, value.ptr[0]) ||
	       has_stop_word(value);
}

/* ---- Values that look random --------------------------------------------------------------------------------------- */

/* log2(n) in 1/256, n > 0: the fraction bit by bit, by squaring the mantissa. */
static unsigned log2_in_256ths(unsigned n)
{
	unsigned whole = 31 - (unsigned)__builtin_clz(n);
	unsigned result = whole;
	uint64_t mantissa = (uint64_t)n << (31 - whole); /* 1.0 is 2^31 */
	for (unsigned bit = 0; bit < 8; bit++) {
		mantissa = mantissa * mantissa >> 31;
		result = result << 1 | (unsigned)(mantissa >> 32);
		mantissa >>= mantissa >> 32;
	}
	return result;
}

/* Shannon entropy in 1/256 bits per byte: log2(len) - sum(count * log2(count)) / len. */
static unsigned entropy_in_256ths(struct silt_bytes value)
{
	unsigned counts[256] = {0};
	for (size_t i = 0; i < value.len; i++) {
		counts[value.ptr[i]]++;
	}
	uint64_t sum = 0;
	for (size_t i = 0; i < SILT_COUNT(counts); i++) {
		sum += counts[i] ? (uint64_t)counts[i] * log2_in_256ths(counts[i]) : 0;
	}
	return log2_in_256ths((unsigned)value.len) - (unsigned)(sum / value.len);
}

static bool is_uuid(struct silt_bytes value)
{
	if (value.len != 36) {
		return false;
	}
	for (size_t i = 0; i < value.len; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		if (dash ? value.ptr[i] != '-' : !is_hex(value.ptr[i])) {
			return false;
		}
	}
	return true;
}

/* Letters, then at most a few digits, in every part: "rabbitmq-server-3", "argon2". */
static bool is_identifier(struct silt_bytes value)
{
	struct silt_bytes word;
	while (next_word(&value, &word)) {
		size_t letters = 0;
		while (letters < word.len && is_letter(word.ptr[letters])) {
			letters++;
		}
		struct silt_bytes digits = silt_bytes_slice(word, letters, word.len);
		if (digits.len > IDENTIFIER_DIGITS_MAX || !all_bytes(digits, is_digit)) {
			return false;
		}
	}
	return true;
}

static bool has_digit(struct silt_bytes value)
{
	for (size_t i = 0; i < value.len; i++) {
		if (is_digit(value.ptr[i])) {
			return true;
		}
	}
	return false;
}

static bool looks_random(struct silt_bytes value)
{
	if (value.len < RANDOM_MIN || value.len > RANDOM_MAX || !has_digit(value) || is_uuid(value) ||
	    is_identifier(value)) {
		return false;
	}
	/* At least 3 bits per digit of a hexadecimal string, 3.5 per character of any other. */
	return entropy_in_256ths(value) >= (all_bytes(value, is_hex) ? 3 * 256 : 3 * 256 + 128);
}

bool silt_looks_like_credential(struct silt_bytes name, struct silt_bytes value, enum silt_confidence *confidence)
{
	enum name_says says = read_name(name);
	if (says == NAME_SAYS_NOTHING || is_harmless(value)) {
		return false;
	}
	bool random = looks_random(value);
	if (says == NAME_SAYS_LOOSELY && !random) {
		return false;
	}
	*confidence = random ? SILT_CONFIDENCE_LIKELY : SILT_CONFIDENCE_POSSIBLE;
	return true;
}
