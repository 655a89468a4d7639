/*
 * A name, something that joins, and a value: whether that is a setting with a password in it, or one of the thousand
 * other things that look so.
 *
 *   export DB_PASSWORD=value            head "export", name, '=', no quote
 *   "apiKey": "value",                  head, name, ':', quote
 *   "DB_PASSWORD=value"                 the quotes are around both
 *   token: string = "value"             name, a type, '='
 *   getenv("DB_PASSWORD", "value")      a call that takes a name and a value
 *   ${DB_PASSWORD:-value}               name, ":-"
 *   <password>value</password>          name, '>'
 *   <add key="Password" value="value"   name, then a name "value"
 *   tool --password value               name, nothing
 *
 * Nothing of it is proof: what is left may be a secret, and no more than that.
 */
#include "secret/random_value.h"
#include "secret/secret_name.h"
#include "secret/validate.h"

#include "base/ascii.h"
#include "base/attributes.h"

enum {
	PASSWORD_MIN = 6,
	SECRET_MIN = 12,
	TOKEN_MIN = 16,
	/* Bytes before a match that the rule asks for: where fewer are, the file begins. */
	CONTEXT = 200,
};

enum joint {
	BY_SPACE,
	BY_SIGN, /* '=', ':' and their kin */
	BY_TAG,  /* '>' */
	BY_COMMA,
	BY_DEFAULT, /* ":-" */
};

/* What stands before a value on its line. */
struct assignment {
	struct silt_bytes head; /* before the name, without white space at its ends */
	struct silt_bytes name;
	enum joint joint;
	bool quoted;
	bool whole; /* the line begins in the window */
};

/* Bytes of a name; those of other languages are in UTF-8. */
static bool is_word(uint8_t byte)
{
	return silt_is_digit(byte) || silt_is_letter(byte) || byte == '_' || byte >= 0x80;
}

static uint8_t last_byte(struct silt_bytes text)
{
	return text.len > 0 ? text.ptr[text.len - 1] : 0;
}

static bool is_listed(struct silt_bytes text, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (silt_bytes_are_nocase(text, list[i])) {
			return true;
		}
	}
	return false;
}

/* ---- Reading backwards ----------------------------------------------------------------------------------------------- */

/* Without the bytes of the set at its end. */
static struct silt_bytes without(struct silt_bytes text, const char *set)
{
	while (silt_is_one_of(last_byte(text), set)) {
		text.len--;
	}
	return text;
}

/* "b'", "L\"", "@\"": a letter that stands alone before a quote. */
static struct silt_bytes without_prefix(struct silt_bytes text)
{
	bool marked = text.len > 1 && silt_is_one_of(last_byte(text), "bBfFlLnNrRuU@") &&
		      !is_word(text.ptr[text.len - 2]);
	return silt_bytes_slice(text, 0, marked ? text.len - 1 : text.len);
}

/* Takes the name off the end. */
static struct silt_bytes cut_name(struct silt_bytes *text)
{
	size_t start = text->len;
	while (start > 0 && (is_word(text->ptr[start - 1]) || silt_is_one_of(text->ptr[start - 1], "-."))) {
		start--;
	}
	struct silt_bytes name = silt_bytes_slice(*text, start, text->len);
	text->len = start;
	return name;
}

/* Takes off what joins a name to its value. */
static enum joint cut_joint(struct silt_bytes *text)
{
	enum joint joint = BY_SPACE;
	if (silt_bytes_end_with(*text, SILT_LITERAL(":-"))) {
		text->len -= 2;
		return BY_DEFAULT;
	}
	*text = without(*text, " \t");
	if (last_byte(*text) == ',') {
		joint = BY_COMMA;
	} else if (last_byte(*text) == '>' && !silt_bytes_end_with(*text, SILT_LITERAL("=>"))) {
		joint = BY_TAG;
	} else if (silt_is_one_of(last_byte(*text), "=:>|?")) {
		joint = BY_SIGN;
	}
	*text = without(without(*text, "=:>,?|"), " \t");
	*text = without(*text, "\\\"'])");
	return joint;
}

/* What looks like the name may be the type of what is named before it, or the attribute "value" of an element. */
static struct silt_bytes cut_real_name(struct silt_bytes *text)
{
	struct silt_bytes name = cut_name(text);
	struct silt_bytes rest = without(*text, " \t");
	if (silt_bytes_equal_nocase(name, SILT_LITERAL("value"))) {
		*text = without(rest, "\"'");
		return cut_name(text);
	}
	if (last_byte(rest) == ':' && silt_read_name(name) == SILT_NAME_SAYS_NOTHING) {
		*text = without(rest, ":? \t");
		return cut_name(text);
	}
	return name;
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
	out.joint = cut_joint(&text);
	out.name = cut_real_name(&text);
	out.head = silt_bytes_trim(text);
	return out;
}

/* ---- The line -------------------------------------------------------------------------------------------------------- */

/* Takes the mark of a comment off the head. */
static bool cut_comment(struct silt_bytes *head)
{
	static const char *const marks[] = {"#", "//", ";", "/*", "*", "<!--", "--", "%", "REM ", "rem "};
	for (size_t i = 0; i < SILT_COUNT(marks); i++) {
		struct silt_bytes mark = silt_bytes_text(marks[i]);
		if (silt_bytes_start_with(*head, mark)) {
			*head = silt_bytes_trim(silt_bytes_slice(*head, mark.len, head->len));
			return true;
		}
	}
	return false;
}

/* What may stand before the name of a setting without quotes. */
static bool sets(struct silt_bytes head)
{
	static const char *const words[] = {
		"",   "export", "set",   "setx",  "setenv",   "env",         "arg",  "-",
		"--", "-e",     "--env", "local", "readonly", "declare -x",  "$",    "$env:",
		"-D", "-d",     "+",     "var.",  "--set",    "--build-arg", "-var", "typeset -x",
	};
	return is_listed(head, words, SILT_COUNT(words));
}

/* Of "docker run -e" it is "-e". */
static struct silt_bytes last_word(struct silt_bytes head)
{
	size_t start = head.len;
	while (start > 0 && !silt_is_one_of(head.ptr[start - 1], " \t")) {
		start--;
	}
	return silt_bytes_slice(head, start, head.len);
}

static struct silt_bytes behind(struct silt_bytes secret, struct silt_bytes window)
{
	return silt_bytes_slice(window, (size_t)(secret.ptr - window.ptr) + secret.len, window.len);
}

/* Nothing but white space and a comment up to the end of the line. */
static bool ends_line(struct silt_bytes rest)
{
	size_t at = 0;
	while (at < rest.len && silt_is_one_of(rest.ptr[at], " \t")) {
		at++;
	}
	return at == rest.len || silt_is_one_of(rest.ptr[at], "\r\n") || (at > 0 && silt_is_one_of(rest.ptr[at], "#;"));
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
	return dot != SIZE_MAX && is_listed(silt_bytes_slice(name, dot + 1, name.len), endings, SILT_COUNT(endings));
}

/* "define('", "os.environ.get(\"": the value behind the comma is the one of the name, or its default. */
static bool takes_name_and_value(struct silt_bytes head)
{
	static const char *const calls[] = {"define", "putenv", "setenv",      "setproperty",  "set", "put",
					    "getenv", "env",    "getproperty", "getordefault", "get", "environ.get"};
	head = without(head, "\"'");
	if (last_byte(head) != '(') {
		return false;
	}
	head.len--;
	size_t start = head.len;
	while (start > 0 && is_word(head.ptr[start - 1])) {
		start--;
	}
	return is_listed(silt_bytes_slice(head, start, head.len), calls, SILT_COUNT(calls));
}

/* "--password", and not a ruler of dashes. */
static bool is_option(struct silt_bytes name)
{
	return name.len > 2 && silt_bytes_start_with(name, SILT_LITERAL("--")) && name.ptr[2] != '-';
}

/* A name, '=' or ':', and a word without quotes around it. */
static bool is_bare_setting(const struct assignment *line, struct silt_bytes rest)
{
	bool option = is_option(line->name);
	if (rest.len > 0 && silt_is_one_of(rest.ptr[0], "\"'")) {
		return option || silt_is_one_of(last_byte(line->head), "\"'-");
	}
	if (ends_line(rest)) {
		return option || (sets(line->head) && sets(last_word(line->head)));
	}
	return option || (line->head.len > 0 && sets(last_word(line->head)));
}

static bool stands_like_a_setting(const struct assignment *line, struct silt_bytes secret,
				  const struct silt_confirmation *verdict)
{
	struct silt_bytes rest = behind(secret, verdict->window);
	switch (line->joint) {
	case BY_TAG:
		return true;
	case BY_COMMA:
		return line->quoted && takes_name_and_value(line->head);
	case BY_DEFAULT:
		return rest.len > 0 && rest.ptr[0] == '}';
	case BY_SPACE:
		return is_option(line->name) && !is_program(verdict->path);
	case BY_SIGN:
		break;
	}
	return line->quoted || (line->whole && !is_program(verdict->path) && is_bare_setting(line, rest));
}

/* ---- The value ------------------------------------------------------------------------------------------------------- */

/* Letters and something else, as people are made to choose. */
static bool is_typed(struct silt_bytes value)
{
	size_t letters = 0;
	size_t others = 0;
	for (size_t i = 0; i < value.len; i++) {
		uint8_t c = value.ptr[i];
		bool letter = silt_is_letter(c);
		letters += letter;
		others += !letter && c > ' ' && c < 0x7f;
	}
	return letters > 0 && others > 0 && letters + others == value.len;
}

/* "prefix-${NAME}": a part of it comes from elsewhere. */
static bool has_hole(struct silt_bytes value)
{
	static const char *const marks[] = {"${", "{{", "#{", "$(", "%("};
	for (size_t i = 0; i < SILT_COUNT(marks); i++) {
		if (silt_bytes_find(value, silt_bytes_text(marks[i])) != SIZE_MAX) {
			return true;
		}
	}
	return false;
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

/* NAME=value, as shells and environments have it; something stands behind the name, or there would be no sign. */
static bool is_variable(const struct assignment *line)
{
	for (size_t i = 0; i < line->name.len; i++) {
		if (!is_word(line->name.ptr[i])) {
			return false;
		}
	}
	return line->name.len > 0 && line->joint == BY_SIGN && line->name.ptr[line->name.len] == '=';
}

/* Where there is no file, there is a config, of which the audit reads the variables itself: it knows their places. */
/* "PASS: ld-elf/eh2": the verdict of a test, in the log of many. */
static bool is_test_log(const struct assignment *line)
{
	return silt_bytes_equal(line->name, SILT_LITERAL("PASS")) && line->name.ptr[line->name.len] == ':';
}

bool silt_validate_assignment(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct assignment line = read_assignment(secret, verdict->window);
	bool comment = cut_comment(&line.head);
	bool strong = silt_looks_strong(secret);
	if (verdict->path.len == 0 && is_variable(&line)) {
		return false;
	}
	if (is_test_log(&line) || has_hole(secret) || !is_worth_telling(silt_read_name(line.name), secret) ||
	    !stands_like_a_setting(&line, secret, verdict)) {
		return false;
	}
	if (!strong && (comment || !line.whole)) {
		return false;
	}
	if (!strong) {
		silt_verdict_doubtful(verdict, "a short or simple value");
	}
	return true;
}
