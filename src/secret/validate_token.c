/* Tokens without a checksum: what their content says about them. */
#include "secret/validate.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "base/encoding.h"

static const char documentation[] = "a documentation example";
static const char placeholder[] = "looks like a placeholder";

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
		if (*word == '\0' || silt_lower(c) != (uint8_t)*word) {
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
	while (word.len > 0 && silt_is_digit(word.ptr[word.len - 1])) {
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
