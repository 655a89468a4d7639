/* Lists of words, and what parts the words of a name. */
#include "secret/secret_name.h"

#include "base/ascii.h"
#include "base/attributes.h"

static const char *const password_words[] = {
	"contrasena", "contrase\303\261a",
	"haslo",      "heslo",
	"kennwort",   "lozinka",
	"mdp",        "motdepasse",
	"parol",      "parola",
	"pass",       "passcode",
	"passe",      "passphrase",
	"passwd",     "password",
	"passw",      "passwort",
	"passwrd",    "pwd",
	"pword",      "salasana",
	"senha",      "sifre",
	"userpass",   "wachtwoord",
};

static const char *const secret_words[] = {
	"apikey", "authkey", "credential", "credentials", "secret", "secretkey",
};

static const char *const loose_words[] = {"accesskey", "apitoken", "auth", "authtoken", "key", "token"};

/* The end of words that were written without anything between: "dbpasswd", "rootpassword", "smtppass". */
static const char *const password_ends[] = {"kennwort", "pass", "passwd", "password", "passphrase", "passwort", "pwd"};

static const char *const no_passwords[] = {"bypass", "compass", "encompass", "lowpass", "surpass", "trespass"};

/* With one of these the value is about a secret, and not one. */
static const char *const harmless_words[] = {
	"cancel",     "cancellation", "change",  "checksum",    "confirm", "confirmation", "continuation", "csrf",
	"expired",    "fingerprint",  "foreign", "forgot",      "gpg",     "has",          "hash",         "invalid",
	"is",         "lexer",        "max",     "md5",         "min",     "next",         "no",           "page",
	"pagination", "partition",    "pgp",     "placeholder", "primary", "pub",          "public",       "required",
	"requires",   "reset",        "salt",    "sha1",        "sha256",  "sha512",       "show",         "sort",
	"stream",     "syntax",       "toggle",  "xsrf",
};

/* So it is if one of these comes last: "TOKEN_URL" is an address, and "user_password" a password. */
static const char *const harmless_nouns[] = {
	"algorithm", "alias",      "attempts",  "attr",       "attribute",  "authentication",
	"button",    "callback",   "charset",   "check",      "class",      "cls",
	"code",      "color",      "colour",    "column",     "complexity", "cookie",
	"count",     "css",        "delimiter", "dir",        "directory",  "disabled",
	"enabled",   "encoder",    "encoding",  "encryption", "endpoint",   "env",
	"error",     "expiration", "expires",   "expiry",     "field",      "file",
	"filename",  "flag",       "flags",     "form",       "format",     "generation",
	"generator", "grammar",    "handler",   "header",     "help",       "helper",
	"hint",      "host",       "icon",      "id",         "ids",        "index",
	"info",      "input",      "keyword",   "kind",       "label",      "length",
	"level",     "limit",      "link",      "list",       "location",   "manager",
	"marker",    "message",    "method",    "mode",       "modifier",   "msg",
	"name",      "names",      "origin",    "owner",      "param",      "parameter",
	"parser",    "path",       "pattern",   "place",      "policy",     "port",
	"prefix",    "prompt",     "property",  "provider",   "ref",        "regex",
	"regexp",    "region",     "role",      "rule",       "rules",      "schema",
	"scheme",    "scope",      "scopes",    "separator",  "service",    "size",
	"source",    "status",     "store",     "strength",   "style",      "suffix",
	"table",     "tag",        "template",  "text",       "theme",      "timeout",
	"title",     "tooltip",    "ttl",       "type",       "types",      "uri",
	"url",       "user",       "username",  "validation", "validator",  "version",
	"visible",   "warning",
};

static bool is_one_of(struct silt_bytes word, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (silt_bytes_are_nocase(word, list[i])) {
			return true;
		}
	}
	return false;
}

static bool ends_like_a_password(struct silt_bytes word)
{
	if (is_one_of(word, no_passwords, SILT_COUNT(no_passwords))) {
		return false;
	}
	for (size_t i = 0; i < SILT_COUNT(password_ends); i++) {
		size_t len = strlen(password_ends[i]);
		if (word.len > len && is_one_of(silt_bytes_slice(word, word.len - len, len), &password_ends[i], 1)) {
			return true;
		}
	}
	return false;
}

static enum silt_name_says read_word(struct silt_bytes word)
{
	if (is_one_of(word, password_words, SILT_COUNT(password_words)) || ends_like_a_password(word)) {
		return SILT_NAME_SAYS_PASSWORD;
	}
	if (is_one_of(word, secret_words, SILT_COUNT(secret_words))) {
		return SILT_NAME_SAYS_SECRET;
	}
	bool loose = is_one_of(word, loose_words, SILT_COUNT(loose_words));
	return loose ? SILT_NAME_SAYS_LOOSELY : SILT_NAME_SAYS_NOTHING;
}

/* Those of other languages, too, in UTF-8. */
static bool is_letter(uint8_t byte)
{
	return silt_is_letter(byte) || byte >= 0x80;
}

/* A capital behind a small letter or a digit, or before one if it ends a run of capitals: db|Password, API|Key. */
static bool begins_word(struct silt_bytes name, size_t at)
{
	if (!silt_is_upper(name.ptr[at])) {
		return false;
	}
	bool small_behind = at + 1 < name.len && is_letter(name.ptr[at + 1]) && !silt_is_upper(name.ptr[at + 1]);
	return !silt_is_upper(name.ptr[at - 1]) || small_behind;
}

/* Control bytes part nothing: "PASS\1WORD" is no word. */
static bool stands_in_word(uint8_t byte)
{
	return is_letter(byte) || silt_is_digit(byte) || byte < ' ';
}

/* Cuts the next word off; digits at its end are no part of it. False when nothing is left. */
static bool next_word(struct silt_bytes *rest, struct silt_bytes *word)
{
	size_t len = 0;
	while (rest->len > 0 && !is_letter(rest->ptr[0])) {
		*rest = silt_bytes_slice(*rest, 1, rest->len);
	}
	while (len < rest->len && stands_in_word(rest->ptr[len]) && (len == 0 || !begins_word(*rest, len))) {
		len++;
	}
	*word = silt_bytes_slice(*rest, 0, len);
	*rest = silt_bytes_slice(*rest, len, rest->len);
	return len > 0;
}

static struct silt_bytes without_number(struct silt_bytes word)
{
	while (word.len > 0 && silt_is_digit(word.ptr[word.len - 1])) {
		word.len--;
	}
	return word;
}

static enum silt_name_says read_words(struct silt_bytes name)
{
	enum silt_name_says says = SILT_NAME_SAYS_NOTHING;
	struct silt_bytes word;
	while (next_word(&name, &word)) {
		if (is_one_of(word, harmless_words, SILT_COUNT(harmless_words))) {
			return SILT_NAME_SAYS_NOTHING;
		}
		enum silt_name_says here = read_word(without_number(word));
		bool noun = is_one_of(word, harmless_nouns, SILT_COUNT(harmless_nouns));
		says = noun ? SILT_NAME_SAYS_NOTHING : here > says ? here : says;
	}
	return says;
}

/* The last part of a dotted name decides, if it says something: "process.env.DB_PASSWORD". */
enum silt_name_says silt_read_name(struct silt_bytes name)
{
	size_t dot = silt_bytes_find_last_byte(name, '.');
	size_t start = dot == SIZE_MAX ? 0 : dot + 1;
	enum silt_name_says says = read_words(silt_bytes_slice(name, start, name.len));
	return says == SILT_NAME_SAYS_NOTHING && start > 0 ? read_words(name) : says;
}
