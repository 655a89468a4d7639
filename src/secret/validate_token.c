/* Tokens without a checksum: what their content says about them. */
#include "secret/encoding.h"
#include "secret/validate.h"

#include "base/attributes.h"

static const char documentation[] = "a documentation example";
static const char placeholder[] = "looks like a placeholder";

/* ---- AWS --------------------------------------------------------------------------------------------------------- */

bool silt_validate_aws_id(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	if (silt_bytes_end_with(secret, SILT_LITERAL("EXAMPLE"))) {
		silt_verdict_harmless(verdict, documentation);
	}
	return true;
}

static bool is_hex(struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))) {
			return false;
		}
	}
	return true;
}

/*
 * True if `text` has at least four bits of collision entropy a character: log2(n^2 / sum of count^2) >= 4. Shannon's
 * entropy is never less. Of forty random base64 characters about one in 300 000 strings fails.
 */
static bool is_random(struct silt_bytes text)
{
	size_t counts[256] = {0};
	size_t squares = 0;
	for (size_t i = 0; i < text.len; i++) {
		squares += 2 * counts[text.ptr[i]] + 1; /* (c+1)^2 - c^2 */
		counts[text.ptr[i]]++;
	}
	return squares * 16 <= text.len * text.len;
}

/* Forty characters may be a SHA-1 in hex, or words: those are not secret keys. */
bool silt_validate_aws_secret(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	if (silt_bytes_find(secret, SILT_LITERAL("EXAMPLE")) != SIZE_MAX) {
		silt_verdict_harmless(verdict, documentation);
		return true;
	}
	return !is_hex(secret) && is_random(secret);
}

/* How session tokens begin: base64 of "..er/aws", "..origin_ec". */
bool silt_validate_aws_session(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	static const char *const heads[] = {"FwoGZXIvYXdz", "FQoGZXIvYXdz", "FQoDYXdz", "AQoDYXdz", "IQoJb3JpZ2lu"};
	for (size_t i = 0; i < SILT_COUNT(heads); i++) {
		if (silt_bytes_start_with(secret, silt_bytes_text(heads[i]))) {
			return true;
		}
	}
	if (!is_random(silt_bytes_slice(secret, 0, 100))) {
		return false;
	}
	silt_verdict_doubtful(verdict, "named a session token, but does not begin like one");
	return true;
}

/* ---- Slack ------------------------------------------------------------------------------------------------------- */

bool silt_validate_slack_webhook(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes key = silt_bytes_slice(secret, silt_bytes_find_last_byte(secret, '/') + 1, secret.len);
	if (silt_bytes_all(key, 'X') || silt_bytes_all(key, 'x')) {
		silt_verdict_harmless(verdict, documentation);
	}
	return true;
}

/* ---- Registries -------------------------------------------------------------------------------------------------- */

static bool is_separator(uint8_t c)
{
	return c == '-' || c == '_' || c == '.';
}

/* True if `value` is the word (of lower-case letters and digits) in any case and with any separators in it. */
static bool spells(struct silt_bytes value, const char *word)
{
	for (size_t i = 0; i < value.len; i++) {
		uint8_t c = value.ptr[i];
		if (is_separator(c)) {
			continue;
		}
		char lower = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
		if (*word == '\0' || lower != *word) {
			return false;
		}
		word++;
	}
	return *word == '\0';
}

static bool is_placeholder_word(struct silt_bytes value)
{
	static const char *const words[] = {
		"password",      "passwd",       "pass",         "secret",      "token",     "changeme",
		"redacted",      "example",      "undefined",    "base64",      "yourtoken", "yourtokenhere",
		"yourauthtoken", "yournpmtoken", "yourpassword", "yoursecret",  "mytoken",   "myauthtoken",
		"mynpmtoken",    "mypassword",   "mysecret",     "authtoken",   "npmtoken",  "npmauthtoken",
		"secrettoken",   "exampletoken", "accesstoken",  "placeholder",
	};
	for (size_t i = 0; i < SILT_COUNT(words); i++) {
		if (spells(value, words[i])) {
			return true;
		}
	}
	return false;
}

/* xxxxxxxx, ********, 00000000-0000-0000-0000-000000000000 */
static bool is_one_character(struct silt_bytes value)
{
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] != value.ptr[0] && !is_separator(value.ptr[i])) {
			return false;
		}
	}
	return value.len > 0;
}

/* Whole values that people write where a secret belongs. Never parts: a real password may hold any word. */
static bool is_placeholder(struct silt_bytes value)
{
	return is_placeholder_word(value) || is_one_character(value);
}

/* As above, also with a number behind it: documentation counts its tokens (MYTOKEN1), people their passwords. */
static bool is_token_placeholder(struct silt_bytes token)
{
	struct silt_bytes word = token;
	while (word.len > 0 && word.ptr[word.len - 1] >= '0' && word.ptr[word.len - 1] <= '9') {
		word.len--;
	}
	return is_placeholder(token) || is_placeholder_word(word);
}

/* "user:password", both there and printable. */
static bool has_password(struct silt_bytes text, struct silt_bytes *password)
{
	size_t colon = silt_bytes_find_byte(text, ':');
	if (colon == SIZE_MAX || colon == 0 || !silt_is_text(text)) {
		return false;
	}
	*password = silt_bytes_slice(text, colon + 1, text.len);
	return password->len > 0;
}

/* A decoded password proves itself by being text. */
static bool judge_password(struct silt_bytes password, struct silt_confirmation *verdict)
{
	if (is_placeholder(password)) {
		silt_verdict_doubtful(verdict, placeholder);
	} else {
		silt_verdict_proven(verdict, verdict->severity, "decodes to a password");
	}
	return true;
}

/* True if the word stands in the window before the secret. */
static bool is_named(struct silt_bytes secret, const struct silt_confirmation *verdict, struct silt_bytes name)
{
	size_t before = (size_t)(secret.ptr - verdict->window.ptr);
	return silt_bytes_find(silt_bytes_slice(verdict->window, 0, before), name) != SIZE_MAX;
}

/*
 * .npmrc: `_authToken` is a token as it is, `_auth` is base64 of user:password, `_password` base64 of a password.
 * Program text is full of variables with the last two names, so these must decode. A placeholder that stands there as
 * it is, is documentation; one that somebody took the trouble to encode may be a bad password.
 */
bool silt_validate_npmrc(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	if (is_token_placeholder(secret)) {
		return false;
	}
	if (is_named(secret, verdict, SILT_LITERAL("_authToken"))) {
		return true;
	}
	struct silt_bytes plain = {.ptr = verdict->room};
	struct silt_bytes password = {0};
	if (!silt_base64_decode(secret, verdict->room, &plain.len)) {
		return false;
	}
	if (is_named(secret, verdict, SILT_LITERAL("_password"))) {
		return plain.len > 0 && silt_is_text(plain) && judge_password(plain, verdict);
	}
	return has_password(plain, &password) && judge_password(password, verdict);
}

/* Docker's config.json: "auth" is base64 of user:password, "identitytoken" a token as it is. */
bool silt_validate_docker_auth(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	if (is_named(secret, verdict, SILT_LITERAL("identitytoken"))) {
		return secret.len >= 16 && !is_placeholder(secret);
	}
	struct silt_bytes plain = {.ptr = verdict->room};
	struct silt_bytes password = {0};
	return silt_base64_decode(secret, verdict->room, &plain.len) && has_password(plain, &password) &&
	       judge_password(password, verdict);
}
