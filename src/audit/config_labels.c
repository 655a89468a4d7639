/* Labels that do not keep to the conventions of their keys. */
#include "audit/config_checks.h"

#include "audit/name_list.h"
#include "base/ascii.h"
#include "base/attributes.h"
#include "base/date.h"
#include "base/escape.h"

enum { KEY_TOLD_MAX = 80 };

/* ---- Keys ---------------------------------------------------------------------------------------------------------- */

static bool is_key_letter(uint8_t byte)
{
	return silt_is_lower(byte) || silt_is_digit(byte);
}

/* Lower-case words with one "." or "-" between (docs.docker.com, "Docker object labels"). */
static bool is_key(struct silt_bytes key)
{
	for (size_t i = 0; i < key.len; i++) {
		bool separator = silt_is_one_of(key.ptr[i], ".-");
		bool after_letter = i > 0 && is_key_letter(key.ptr[i - 1]);
		if (!is_key_letter(key.ptr[i]) && !(separator && after_letter)) {
			return false;
		}
	}
	return key.len > 0 && is_key_letter(key.ptr[key.len - 1]);
}

/* ---- Values -------------------------------------------------------------------------------------------------------- */

/* RFC 3986: scheme ":" and something without blanks. */
static bool is_url(struct silt_bytes value)
{
	struct silt_bytes rest = value, scheme = {0};
	silt_bytes_cut(&rest, ':', &scheme);
	for (size_t i = 0; i < scheme.len; i++) {
		bool letter = silt_is_letter(scheme.ptr[i]);
		if (!letter && (i == 0 || !(silt_is_digit(scheme.ptr[i]) || silt_is_one_of(scheme.ptr[i], "+-.")))) {
			return false;
		}
	}
	for (size_t i = 0; i < rest.len; i++) {
		if (rest.ptr[i] <= ' ') {
			return false;
		}
	}
	return scheme.len > 0 && rest.len > 0;
}

/* True if `text` has the shape of `form`: "9" stands for a digit, all else for itself in either case. */
static bool has_form(struct silt_bytes text, const char *form)
{
	for (size_t i = 0; i < text.len; i++) {
		bool fits = form[i] == '9' ? silt_is_digit(text.ptr[i])
					   : silt_lower(text.ptr[i]) == silt_lower((uint8_t)form[i]);
		if (!fits) {
			return false; /* also at the NUL of a form that is shorter */
		}
	}
	return form[text.len] == '\0';
}

/* RFC 3339, 5.6: "2026-01-05T21:51:51.5+01:00". */
static bool is_time(struct silt_bytes value)
{
	static const char start[] = "9999-99-99T99:99:99";
	enum { START = sizeof(start) - 1 };
	int64_t seconds;
	struct silt_bytes zone = silt_bytes_slice(value, START, value.len);
	if (!has_form(silt_bytes_slice(value, 0, START), start)) {
		return false;
	}
	if (zone.len > 1 && zone.ptr[0] == '.') {
		size_t digits = 1;
		while (digits < zone.len && silt_is_digit(zone.ptr[digits])) {
			digits++;
		}
		zone = silt_bytes_slice(zone, digits > 1 ? digits : 0, zone.len);
	}
	bool formed = has_form(zone, "Z") || has_form(zone, "+99:99") || has_form(zone, "-99:99");
	return formed && silt_moment_read(value, &seconds);
}

static bool is_license_letter(uint8_t byte)
{
	return silt_is_letter(byte) || silt_is_digit(byte) || silt_is_one_of(byte, ".-+:");
}

/* Cuts the next word or parenthesis off `*rest`. False at the end, or with `*word` empty at a byte that is neither. */
static bool next_token(struct silt_bytes *rest, struct silt_bytes *word)
{
	*rest = silt_bytes_trim(*rest);
	size_t len = 0;
	while (len < rest->len && is_license_letter(rest->ptr[len])) {
		len++;
	}
	if (len == 0 && rest->len > 0 && silt_is_one_of(rest->ptr[0], "()")) {
		len = 1;
	}
	*word = silt_bytes_slice(*rest, 0, len);
	*rest = silt_bytes_slice(*rest, len, rest->len);
	return word->len > 0 || rest->len > 0;
}

static bool is_license_operator(struct silt_bytes word)
{
	return silt_bytes_equal_nocase(word, SILT_LITERAL("AND")) ||
	       silt_bytes_equal_nocase(word, SILT_LITERAL("OR")) || silt_bytes_equal_nocase(word, SILT_LITERAL("WITH"));
}

/* The grammar of SPDX expressions (SPDX 2.3, annex D), whatever licenses they name. */
static bool is_license(struct silt_bytes value)
{
	struct silt_bytes word;
	size_t open = 0;
	bool complete = false; /* an operator or ")" may follow, or the end */
	while (next_token(&value, &word)) {
		bool opens = silt_bytes_equal(word, SILT_LITERAL("(")),
		     closes = silt_bytes_equal(word, SILT_LITERAL(")"));
		bool follows = closes || is_license_operator(word);
		if (word.len == 0 || follows != complete || (closes && open == 0)) {
			return false;
		}
		open += opens;
		open -= closes;
		complete = closes || (!follows && !opens);
	}
	return complete && open == 0;
}

/* An abbreviated name of a commit, or a whole one of SHA-1 or SHA-256. */
static bool is_revision(struct silt_bytes value)
{
	enum { SHORTEST = 7, LONGEST = 64 };
	return value.len >= SHORTEST && value.len <= LONGEST && silt_all_hex(value);
}

static bool is_version_number(struct silt_bytes text)
{
	return text.len > 0 && silt_all_digits(text) && (text.len == 1 || text.ptr[0] != '0');
}

static bool is_version_suffix(struct silt_bytes text)
{
	struct silt_bytes part;
	while (silt_bytes_cut(&text, '.', &part)) {
		for (size_t i = 0; i < part.len; i++) {
			if (!silt_is_letter(part.ptr[i]) && !silt_is_digit(part.ptr[i]) && part.ptr[i] != '-') {
				return false;
			}
		}
		if (part.len == 0) {
			return false;
		}
	}
	return true;
}

/* MAJOR.MINOR.PATCH, perhaps with -PRE and +BUILD (semver.org 2.0.0). */
static bool is_version(struct silt_bytes value)
{
	struct silt_bytes build = value, core = {0}, number;
	silt_bytes_cut(&build, '+', &core);
	struct silt_bytes pre = core;
	silt_bytes_cut(&pre, '-', &core);
	size_t numbers = 0;
	bool suffixes = core.len > 0 && is_version_suffix(pre) && is_version_suffix(build) &&
			!silt_is_one_of(value.ptr[value.len - 1], "+-.");
	while (silt_bytes_cut(&core, '.', &number)) {
		if (!is_version_number(number)) {
			return false;
		}
		numbers++;
	}
	return numbers == 3 && suffixes;
}

/* NAME@HOST, alone or as "Somebody <NAME@HOST>". */
static bool is_mail_address(struct silt_bytes value)
{
	size_t open = silt_bytes_find_byte(value, '<');
	if (open != SIZE_MAX && silt_bytes_end_with(value, SILT_LITERAL(">"))) {
		value = silt_bytes_slice(value, open + 1, value.len - open - 2);
	}
	struct silt_bytes host = value, name = {0};
	silt_bytes_cut(&host, '@', &name);
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] <= ' ' || silt_is_one_of(value.ptr[i], "<>,;")) {
			return false;
		}
	}
	return name.len > 0 && host.len > 0 && silt_bytes_find_byte(host, '@') == SIZE_MAX;
}

/* ---- Labels -------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *key;
	bool (*is_good)(struct silt_bytes value);
	const char *trouble;
} conventions[] = {
	{"org.opencontainers.image.url", is_url, "is not a URL"},
	{"org.opencontainers.image.source", is_url, "is not a URL"},
	{"org.opencontainers.image.documentation", is_url, "is not a URL"},
	{"org.opencontainers.image.created", is_time, "is not a time of RFC 3339"},
	{"org.opencontainers.image.licenses", is_license, "is not an SPDX expression"},
	{"org.opencontainers.image.revision", is_revision, "is not the hash of a commit"},
	{"org.opencontainers.image.version", is_version, "is not a semantic version"},
	{"email", is_mail_address, "is not a mail address"},
};

/* What is wrong with a label; NULL: nothing. */
static const char *trouble_of(const struct silt_pair *label)
{
	struct silt_bytes value = silt_bytes_trim(label->value);
	if (!is_key(label->key)) {
		return "is not a key of lower-case words";
	}
	if (value.len == 0) {
		return "is empty";
	}
	for (size_t i = 0; i < SILT_COUNT(conventions); i++) {
		if (silt_bytes_equal(label->key, silt_bytes_text(conventions[i].key))) {
			return conventions[i].is_good(value) ? NULL : conventions[i].trouble;
		}
	}
	bool mail = silt_bytes_end_with(label->key, SILT_LITERAL(".email"));
	return mail && !is_mail_address(value) ? "is not a mail address" : NULL;
}

static void list_trouble(struct silt_name_list *list, struct silt_arena *arena, struct silt_bytes key,
			 const char *trouble)
{
	const char *name = silt_escape_cut(arena, key, KEY_TOLD_MAX);
	const char *item = name ? silt_arena_printf(arena, "%s %s", *name ? name : "a key", trouble) : NULL;
	silt_name_list_add_text(list, item ? item : "");
}

enum silt_status silt_config_labels(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_config *config = silt_case_config(of);
	struct silt_arena *arena = of->context->arena;
	struct silt_name_list list = {.count = 0};
	for (size_t i = 0; i < config->label_count; i++) {
		const char *trouble = trouble_of(&config->labels[i]);
		if (trouble) {
			list_trouble(&list, arena, config->labels[i].key, trouble);
		}
	}
	if (list.count == 0) {
		return SILT_OK;
	}
	const char *text = silt_name_list_end(&list, arena);
	struct silt_telling telling = {
		.rule = "config-label-invalid",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = "labels",
		.detail = text ? silt_arena_printf(arena, "%s.", text) : NULL,
	};
	return telling.detail ? silt_tell_config(of, &telling, "Labels", err) : silt_fail_memory(err);
}
