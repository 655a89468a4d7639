/*
 * A name, something that joins, and a value: whether that is a setting with a password in it, or one of the thousand
 * other things that look so.
 *
 *   export DB_PASSWORD=value            head "export", name, '=', no quote
 *   "apiKey": "value",                  head, name, ':', quote
 *   <password>value</password>          name, '>'
 *   <add key="Password" value="value"   name, then a name "value"
 *   tool --password value               name, nothing
 *
 * Nothing of it is proof: what is left may be a secret, and no more than that.
 */
#include "secret/random_value.h"
#include "secret/secret_name.h"
#include "secret/validate.h"

#include "base/attributes.h"

enum {
	PASSWORD_MIN = 6,
	SECRET_MIN = 12,
	TOKEN_MIN = 16,
	/* Bytes before a match that the rule asks for: where fewer are, the file begins. */
	CONTEXT = 200,
};

/* What stands before a value on its line. */
struct assignment {
	struct silt_bytes head; /* before the name, without white space at its ends */
	struct silt_bytes name;
	bool quoted;
	bool joined; /* by '=' or ':' and their kin; else by a space */
	bool tagged; /* by '>' */
	bool listed; /* by ',' */
	bool whole;  /* the line begins in the window */
};

static bool is_one_of(uint8_t byte, const char *set)
{
	return byte != 0 && strchr(set, byte) != NULL;
}

static bool is_word(uint8_t byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
	       byte == '_';
}

static bool is_space(uint8_t byte)
{
	return byte == ' ' || byte == '\t';
}

/* ---- Reading backwards ----------------------------------------------------------------------------------------------- */

/* Without the bytes of the set at its end. */
static struct silt_bytes without(struct silt_bytes text, const char *set)
{
	while (text.len > 0 && is_one_of(text.ptr[text.len - 1], set)) {
		text.len--;
	}
	return text;
}

/* "b'", "L\"", "@\"": a letter that stands alone before a quote. */
static struct silt_bytes without_prefix(struct silt_bytes text)
{
	bool marked = text.len > 1 && is_one_of(text.ptr[text.len - 1], "bBfFlLnNrRuU@") &&
		      !is_word(text.ptr[text.len - 2]);
	return silt_bytes_slice(text, 0, marked ? text.len - 1 : text.len);
}

static struct silt_bytes cut_name(struct silt_bytes *text)
{
	size_t start = text->len;
	while (start > 0 && (is_word(text->ptr[start - 1]) || is_one_of(text->ptr[start - 1], "-."))) {
		start--;
	}
	struct silt_bytes name = silt_bytes_slice(*text, start, text->len);
	text->len = start;
	return name;
}

static void read_joint(struct silt_bytes *text, struct assignment *out)
{
	*text = without(*text, " \t");
	size_t before = text->len;
	uint8_t last = text->len > 0 ? text->ptr[text->len - 1] : 0;
	out->listed = last == ',';
	out->tagged = last == '>' && text->len > 1 && text->ptr[text->len - 2] != '=';
	*text = without(*text, "=:>,?");
	out->joined = text->len < before;
	*text = without(*text, " \t");
	*text = without(*text, "\\\"'])");
}

static struct assignment read_assignment(struct silt_bytes secret, struct silt_bytes window)
{
	struct assignment out = {0};
	struct silt_bytes line = silt_bytes_slice(window, 0, (size_t)(secret.ptr - window.ptr));
	size_t newline = silt_bytes_find_last_byte(line, '\n');
	out.whole = newline != SIZE_MAX || line.len < CONTEXT;
	line = newline != SIZE_MAX ? silt_bytes_slice(line, newline + 1, line.len) : line;
	struct silt_bytes text = without(line, "\\\"'`");
	out.quoted = text.len < line.len;
	text = out.quoted ? without_prefix(text) : text;
	read_joint(&text, &out);
	out.name = cut_name(&text);
	if (out.quoted && silt_bytes_equal_nocase(out.name, SILT_LITERAL("value"))) {
		text = without(without(text, " \t"), "\"'");
		out.name = cut_name(&text);
	}
	out.head = silt_bytes_trim(text);
	return out;
}

/* ---- The line -------------------------------------------------------------------------------------------------------- */

static bool is_comment(struct silt_bytes head)
{
	static const char *const marks[] = {"#", "//", ";", "/*", "*", "<!--", "--", "%", "REM ", "rem "};
	for (size_t i = 0; i < SILT_COUNT(marks); i++) {
		if (silt_bytes_start_with(head, silt_bytes_text(marks[i]))) {
			return true;
		}
	}
	return false;
}

/* What may stand before the name of a setting without quotes. */
static bool sets(struct silt_bytes head)
{
	static const char *const words[] = {"",         "export",     "set",   "setx",        "setenv", "env",
					    "arg",      "-",          "--",    "-e",          "--env",  "local",
					    "readonly", "declare -x", "$env:", "-D",          "-d",     "+",
					    "var.",     "--set",      "-x",    "--build-arg", "${env:", "typeset -x"};
	for (size_t i = 0; i < SILT_COUNT(words); i++) {
		if (silt_bytes_equal_nocase(head, silt_bytes_text(words[i]))) {
			return true;
		}
	}
	return false;
}

/* The last word of the head: of "docker run -e" it is "-e". */
static struct silt_bytes last_word(struct silt_bytes head)
{
	size_t start = head.len;
	while (start > 0 && !is_space(head.ptr[start - 1])) {
		start--;
	}
	return silt_bytes_slice(head, start, head.len);
}

/* Nothing but white space, a comment, or what ends a statement, up to the end of the line. */
static bool ends_line(struct silt_bytes secret, struct silt_bytes window)
{
	size_t end = (size_t)(secret.ptr - window.ptr) + secret.len;
	size_t at = end;
	while (at < window.len && is_space(window.ptr[at])) {
		at++;
	}
	return at == window.len || is_one_of(window.ptr[at], "\r\n") || (at > end && is_one_of(window.ptr[at], "#;"));
}

/* Source of programs: a word without quotes is the name of something there. */
static bool is_program(struct silt_bytes path)
{
	static const char *const endings[] = {
		"c",     "cc",   "cpp",    "cs",    "cxx",  "dart", "erl", "ex",  "exs", "go",  "groovy",
		"h",     "hpp",  "hs",     "inc",   "java", "js",   "jsx", "kt",  "lua", "m",   "mjs",
		"ml",    "mm",   "pas",    "php",   "pl",   "pm",   "py",  "pyi", "r",   "rb",  "rs",
		"scala", "scss", "svelte", "swift", "tcl",  "tpl",  "ts",  "tsx", "vb",  "vim", "vue",
	};
	struct silt_bytes name = silt_path_basename(path);
	size_t dot = silt_bytes_find_last_byte(name, '.');
	for (size_t i = 0; dot != SIZE_MAX && i < SILT_COUNT(endings); i++) {
		if (silt_bytes_equal_nocase(silt_bytes_slice(name, dot + 1, name.len), silt_bytes_text(endings[i]))) {
			return true;
		}
	}
	return false;
}

static bool is_option(const struct assignment *line)
{
	return silt_bytes_start_with(line->name, SILT_LITERAL("--")) ||
	       is_one_of(line->head.len > 0 ? line->head.ptr[line->head.len - 1] : 0, "-");
}

static bool stands_like_a_setting(const struct assignment *line, struct silt_bytes secret,
				  const struct silt_confirmation *verdict)
{
	if (line->quoted || line->tagged) {
		bool defines = silt_bytes_find(line->head, SILT_LITERAL("define")) != SIZE_MAX ||
			       silt_bytes_find(line->head, SILT_LITERAL("putenv")) != SIZE_MAX;
		return !line->listed || defines;
	}
	if (line->listed || is_program(verdict->path)) {
		return false;
	}
	if (!line->joined) {
		return is_option(line);
	}
	return line->whole && (ends_line(secret, verdict->window) ? sets(last_word(line->head)) && sets(line->head)
								  : line->head.len > 0 && sets(last_word(line->head)));
}

/* ---- The value ------------------------------------------------------------------------------------------------------- */

static bool is_typed(struct silt_bytes value)
{
	size_t letters = 0, others = 0;
	for (size_t i = 0; i < value.len; i++) {
		uint8_t c = value.ptr[i];
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		letters += letter;
		others += !letter && c > ' ' && c < 0x7f;
	}
	return letters > 0 && others > 0 && letters + others == value.len;
}

static bool is_worth_telling(enum silt_name_says says, struct silt_bytes value)
{
	switch (says) {
	case SILT_NAME_SAYS_PASSWORD:
		return value.len >= PASSWORD_MIN && is_typed(value);
	case SILT_NAME_SAYS_SECRET:
		return value.len >= SECRET_MIN && silt_looks_random(value);
	case SILT_NAME_SAYS_LOOSELY:
		return value.len >= TOKEN_MIN && silt_looks_random(value);
	case SILT_NAME_SAYS_NOTHING:
		break;
	}
	return false;
}

bool silt_validate_assignment(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct assignment line = read_assignment(secret, verdict->window);
	if (!is_worth_telling(silt_read_name(line.name), secret) || !stands_like_a_setting(&line, secret, verdict)) {
		return false;
	}
	bool aside = is_comment(line.head) || !line.whole;
	if (aside && !silt_looks_strong(secret)) {
		return false;
	}
	if (!silt_looks_strong(secret)) {
		silt_verdict_doubtful(verdict, "a short or simple value");
	}
	return true;
}
