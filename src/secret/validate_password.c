/*
 * Passwords where a file's format says that one stands: words of a dictionary count, and so does everything that a
 * person may have typed. What is no password is what a program fills in, and nothing at all.
 */
#include "secret/placeholder.h"
#include "secret/validate.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "base/encoding.h"

static const char placeholder[] = "looks like a placeholder";

/* ---- Nothing ------------------------------------------------------------------------------------------------------- */

/* Written where there is no password. */
static bool is_absent(struct silt_bytes value)
{
	static const char *const words[] = {"null",      "none",  "nil", "false", "true",
					    "undefined", "unset", "~",   "\"\"",  "''"};
	for (size_t i = 0; i < SILT_COUNT(words); i++) {
		if (silt_bytes_equal_nocase(value, silt_bytes_text(words[i]))) {
			return true;
		}
	}
	return false;
}

/* "****", "xxxx", "....": the password was taken out. */
static bool is_masked(struct silt_bytes value)
{
	return value.len > 0 && memchr("*xX.-_?#", value.ptr[0], 8) && silt_bytes_all(value, value.ptr[0]);
}

static bool begins_name(uint8_t c)
{
	return silt_is_letter(c) || c == '_';
}

/* "${A:-}${B}", "x-{{ b }}": a hole with a name in it, anywhere. `silt_is_template` knows those that are the whole. */
static bool has_hole(struct silt_bytes value)
{
	static const struct {
		const char *open, *close;
	} brackets[] = {{"${", "}"}, {"{{", "}}"}, {"<%", "%>"},   {"$(", ")"},
			{"#{", "}"}, {"%(", ")s"}, {"%env(", ")%"}};
	for (size_t i = 0; i < SILT_COUNT(brackets); i++) {
		struct silt_bytes open = silt_bytes_text(brackets[i].open);
		size_t at = silt_bytes_find(value, open);
		if (at == SIZE_MAX) {
			continue;
		}
		struct silt_bytes inner = silt_bytes_slice(value, at + open.len, value.len);
		size_t end = silt_bytes_find(inner, silt_bytes_text(brackets[i].close));
		inner = silt_bytes_trim(silt_bytes_slice(inner, 0, end));
		if (end != SIZE_MAX && inner.len > 0 && begins_name(inner.ptr[inner.ptr[0] == '=' && inner.len > 1])) {
			return true;
		}
	}
	return false;
}

/* Values that are encrypted, or name the place of one: SOPS, Jasypt, vaults. */
static bool is_reference(struct silt_bytes value)
{
	static const char *const starts[] = {"ENC[", "ENC(", "!vault", "vault:",   "!secret",   "!ENV",      "env:",
					     "ref:", "{{",   "op://",  "arn:aws:", "projects/", "secretRef:"};
	for (size_t i = 0; i < SILT_COUNT(starts); i++) {
		if (silt_bytes_start_with(value, silt_bytes_text(starts[i]))) {
			return true;
		}
	}
	return false;
}

static bool is_nothing(struct silt_bytes value)
{
	return value.len == 0 || is_absent(value) || is_masked(value) || silt_is_template(value) || has_hole(value) ||
	       is_reference(value);
}

/* ---- Something ----------------------------------------------------------------------------------------------------- */

/* Somebody may have meant "changeme": it is told, with doubt. */
static bool judge(struct silt_bytes password, struct silt_confirmation *verdict)
{
	password = silt_bytes_trim(password);
	if (is_nothing(password)) {
		return false;
	}
	if (silt_is_placeholder(password)) {
		silt_verdict_doubtful(verdict, placeholder);
	}
	return true;
}

bool silt_validate_stored_password(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	return judge(secret, verdict);
}

/* ---- Passwords in addresses ---------------------------------------------------------------------------------------- */

bool silt_validate_url_password(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	verdict->identity = silt_percent_decode(secret, verdict->room);
	return judge(secret, verdict);
}

/* ---- Environment files --------------------------------------------------------------------------------------------- */

/* ".env.example" and its like are written to be copied and filled in. */
static bool is_pattern_file(struct silt_bytes path)
{
	static const char *const words[] = {"example", "sample", "template", "dist",
					    "tpl",     "tmpl",   "defaults", "schema"};
	struct silt_bytes name = silt_path_basename(path), part;
	while (silt_bytes_cut(&name, '.', &part)) {
		for (size_t i = 0; i < SILT_COUNT(words); i++) {
			if (silt_bytes_equal_nocase(part, silt_bytes_text(words[i]))) {
				return true;
			}
		}
	}
	return false;
}

bool silt_validate_environment_file(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	return !is_pattern_file(verdict->path) && judge(secret, verdict);
}

/* ---- Frameworks ---------------------------------------------------------------------------------------------------- */

/* Django's own mark of keys that `startproject` made. */
bool silt_validate_django_secret_key(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	if (!judge(secret, verdict)) {
		return false;
	}
	if (silt_bytes_start_with(secret, SILT_LITERAL("django-insecure-"))) {
		silt_verdict_doubtful(verdict, "made for development, as its prefix says");
	}
	return true;
}

/* ---- Base64 -------------------------------------------------------------------------------------------------------- */

/* The value behind base64, if it is one that decodes to text; else the value. */
static struct silt_bytes undo_base64(struct silt_bytes value, uint8_t *room)
{
	struct silt_bytes plain = {.ptr = room};
	bool decoded = silt_base64_decode(value, room, &plain.len) && plain.len > 0 && silt_is_text(plain);
	return decoded ? plain : value;
}

/* True if the word stands in the window before the secret. */
static bool is_announced(struct silt_bytes secret, const struct silt_confirmation *verdict, struct silt_bytes word)
{
	size_t before = (size_t)(secret.ptr - verdict->window.ptr);
	size_t start = before > 40 ? before - 40 : 0;
	return silt_bytes_find(silt_bytes_slice(verdict->window, start, before - start), word) != SIZE_MAX;
}

/* FileZilla: <Pass encoding="base64">...</Pass>, in old versions the password as it is. */
bool silt_validate_filezilla_password(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	if (!is_announced(secret, verdict, SILT_LITERAL("encoding=\"base64\""))) {
		return judge(secret, verdict);
	}
	verdict->identity = undo_base64(secret, verdict->room);
	if (silt_bytes_equal(verdict->identity, secret)) {
		silt_verdict_doubtful(verdict, "called base64, but does not decode to text");
		return true;
	}
	silt_verdict_proven(verdict, verdict->severity, "decodes to a password");
	return judge(verdict->identity, verdict);
}

/*
 * The values of a Kubernetes Secret: lines of "key: value", base64 under `data`, plain under `stringData`. The block is
 * a match if one of them is something.
 */
bool silt_validate_secret_manifest(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes rest = secret, line;
	verdict->kind = "Kubernetes Secret";
	while (silt_bytes_cut(&rest, '\n', &line)) {
		size_t colon = silt_bytes_find(line, SILT_LITERAL(": "));
		struct silt_bytes value = silt_bytes_trim(silt_bytes_slice(line, colon, line.len));
		if (colon == SIZE_MAX) {
			continue;
		}
		value = silt_bytes_trim(silt_bytes_slice(value, 1, value.len));
		if (value.len > 1 && (value.ptr[0] == '"' || value.ptr[0] == '\'')) {
			value = silt_bytes_slice(value, 1, value.len - 2);
		}
		struct silt_bytes plain = undo_base64(value, verdict->room);
		if (!is_nothing(value) && !is_nothing(plain) && !silt_is_placeholder(plain)) {
			return true;
		}
	}
	return false;
}
