/* Names and values on a command line. */
#include "audit/command_line.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "secret/secret_name.h"

/* Shorter names of options are too many things: "--to x". */
enum { OPTION_NAME_MIN = 3 };

static struct silt_bytes skip(struct silt_bytes text, size_t len)
{
	return silt_bytes_slice(text, len, text.len);
}

/* ---- Words --------------------------------------------------------------------------------------------------------- */

static bool is_blank(uint8_t byte)
{
	return byte == ' ' || byte == '\t';
}

static bool ends_word(uint8_t byte)
{
	return is_blank(byte) || byte == '\n' || byte == '\r' || byte == ';' || byte == '&' || byte == '|' ||
	       byte == '(' || byte == ')';
}

/* A backslash at the end of a line: the command goes on in the next one. */
static bool joins_lines(struct silt_bytes text, size_t at)
{
	return text.ptr[at] == '\\' && at + 1 < text.len && text.ptr[at + 1] == '\n';
}

static bool is_quote(uint8_t byte)
{
	return byte == '"' || byte == '\'';
}

/* The exec form stands in history as it was written, ["a", "b"], or as Go prints it, ["a" "b"]. */
static bool is_list_mark(uint8_t byte)
{
	return byte == '[' || byte == ']' || byte == ',';
}

/* Up to where the word ends. One that begins with a quote may end before a mark of a list. */
static size_t word_length(struct silt_bytes text)
{
	uint8_t quote = 0;
	for (size_t at = 0; at < text.len; at++) {
		uint8_t byte = text.ptr[at];
		if (quote != 0) {
			quote = byte == quote ? 0 : quote;
		} else if (ends_word(byte) || joins_lines(text, at) ||
			   (at > 0 && is_quote(text.ptr[0]) && is_list_mark(byte))) {
			return at;
		} else if (is_quote(byte)) {
			quote = byte;
		}
	}
	return text.len;
}

static bool is_quoted(struct silt_bytes word)
{
	return word.len >= 2 && is_quote(word.ptr[0]) && word.ptr[word.len - 1] == word.ptr[0];
}

static bool has_blank(struct silt_bytes word)
{
	return silt_bytes_find_byte(word, ' ') != SIZE_MAX || silt_bytes_find_byte(word, '\n') != SIZE_MAX;
}

/* Cuts the next word off `*text`, with its quotes. `*parted` becomes true if a command ends before it. */
static bool cut_word(struct silt_bytes *text, struct silt_bytes *word, bool *parted)
{
	size_t at = 0;
	while (at < text->len && (ends_word(text->ptr[at]) || is_list_mark(text->ptr[at]) || joins_lines(*text, at))) {
		bool joined = joins_lines(*text, at);
		*parted = *parted || (!joined && !is_blank(text->ptr[at]) && !is_list_mark(text->ptr[at]));
		at += joined ? 2 : 1;
	}
	*text = skip(*text, at);
	size_t len = word_length(*text);
	*word = silt_bytes_slice(*text, 0, len);
	*text = skip(*text, len);
	return len > 0;
}

/* The next word, from wherever words come at the moment. */
static bool next_word(struct silt_command_line *walk, struct silt_bytes *word, bool *parted)
{
	if (cut_word(&walk->inner, word, parted)) {
		return true;
	}
	if (!walk->words) {
		return cut_word(&walk->text, word, parted);
	}
	if (walk->word_count == 0) {
		return false;
	}
	*word = *walk->words++;
	walk->word_count--;
	return true;
}

/* ---- Names --------------------------------------------------------------------------------------------------------- */

static bool is_name_byte(uint8_t byte, bool first)
{
	return silt_is_letter(byte) || byte == '_' || (!first && (silt_is_digit(byte) || byte == '-' || byte == '.'));
}

size_t silt_assigned_name_length(struct silt_bytes text)
{
	size_t len = 0;
	while (len < text.len && is_name_byte(text.ptr[len], len == 0)) {
		len++;
	}
	return len;
}

static size_t dashes(struct silt_bytes word)
{
	size_t count = 0;
	while (count < 2 && count < word.len && word.ptr[count] == '-') {
		count++;
	}
	return count;
}

/* NAME=value, --name=value, -Dname=value. */
static bool is_assignment(struct silt_bytes word, struct silt_bytes *name, struct silt_bytes *value)
{
	struct silt_bytes bare = skip(word, dashes(word));
	size_t len = silt_assigned_name_length(bare);
	if (len == 0 || len == bare.len || bare.ptr[len] != '=') {
		return false;
	}
	*name = silt_bytes_slice(bare, 0, len);
	*value = silt_bytes_unquoted(skip(bare, len + 1));
	return true;
}

/* "--disabled-password app": what comes before the last word of the name says that no value follows. */
static bool is_switch(struct silt_bytes name)
{
	static const char *const starts[] = {"accept", "allow", "ask",  "disable", "disabled", "enable", "expire",
					     "force",  "keep",  "need", "no",      "prompt",   "read",   "require",
					     "save",   "show",  "skip", "store",   "use",      "with",   "without"};
	struct silt_bytes first = silt_bytes_slice(name, 0, silt_bytes_find_byte(name, '-'));
	for (size_t i = 0; i < SILT_COUNT(starts); i++) {
		if (silt_bytes_equal(first, silt_bytes_text(starts[i]))) {
			return true;
		}
	}
	return false;
}

/* --name, whose value is the next word: only of what is called by its last word, unlike --password-stdin. */
static bool is_option(struct silt_bytes word, struct silt_bytes *name)
{
	*name = skip(word, 2);
	size_t dash = silt_bytes_find_last_byte(*name, '-');
	struct silt_bytes last = skip(*name, dash == SIZE_MAX ? 0 : dash + 1);
	return dashes(word) == 2 && name->len >= OPTION_NAME_MIN && silt_assigned_name_length(*name) == name->len &&
	       silt_read_name(last) != SILT_NAME_SAYS_NOTHING && !is_switch(*name);
}

/* A shell puts something else in its place, or in a part of it. */
static bool is_expanded(struct silt_bytes value)
{
	size_t at = silt_bytes_find_byte(value, '$');
	bool dollar = at < value.len && at + 1 < value.len &&
		      (silt_is_letter(value.ptr[at + 1]) || silt_is_digit(value.ptr[at + 1]) ||
		       memchr("_{(@*#?!$", value.ptr[at + 1], 9));
	return dollar || silt_bytes_find_byte(value, '`') != SIZE_MAX;
}

static bool is_config_command(struct silt_bytes word)
{
	return silt_bytes_equal(word, SILT_LITERAL("configure")) || silt_bytes_equal(word, SILT_LITERAL("config"));
}

/* ---- The walk ------------------------------------------------------------------------------------------------------ */

struct silt_command_line silt_command_line_of_text(struct silt_bytes text)
{
	return (struct silt_command_line){.text = text};
}

struct silt_command_line silt_command_line_of_words(const struct silt_bytes *words, size_t count)
{
	return (struct silt_command_line){.words = words, .word_count = count};
}

/* What the word leads to; true if it completes a name with a value. */
static bool take_word(struct silt_command_line *walk, struct silt_bytes word, struct silt_bytes *name,
		      struct silt_bytes *value)
{
	enum silt_command_awaits awaited = walk->awaits;
	walk->awaits = SILT_COMMAND_AWAITS_NOTHING;
	if (awaited == SILT_COMMAND_AWAITS_NAME && word.len > 0) {
		walk->name = word;
		walk->awaits = SILT_COMMAND_AWAITS_VALUE;
		return false;
	}
	if (is_assignment(word, name, value)) {
		return true;
	}
	if (awaited == SILT_COMMAND_AWAITS_VALUE && dashes(word) == 0) {
		*name = walk->name;
		*value = word;
		return true;
	}
	if (is_option(word, &walk->name)) {
		walk->awaits = SILT_COMMAND_AWAITS_VALUE;
	} else if (silt_bytes_equal(word, SILT_LITERAL("set")) && is_config_command(walk->last)) {
		walk->awaits = SILT_COMMAND_AWAITS_NAME;
	}
	walk->last = word;
	return false;
}

/* A word with blanks in it that is neither an option nor the value of one may be a script: sh -c "A=b cmd". */
static bool is_script(const struct silt_command_line *walk, struct silt_bytes word)
{
	return walk->inner.len == 0 && has_blank(word) && dashes(word) == 0 &&
	       walk->awaits != SILT_COMMAND_AWAITS_VALUE;
}

bool silt_command_line_next(struct silt_command_line *walk, struct silt_bytes *name, struct silt_bytes *value)
{
	for (;;) {
		bool parted = false, whole = walk->words && walk->inner.len == 0;
		struct silt_bytes word;
		if (!next_word(walk, &word, &parted)) {
			return false;
		}
		walk->awaits = parted ? SILT_COMMAND_AWAITS_NOTHING : walk->awaits;
		bool script = (whole || is_quoted(word)) && is_script(walk, word);
		word = whole ? word : silt_bytes_unquoted(word);
		if (script) {
			walk->inner = word;
		} else if (take_word(walk, word, name, value) && !is_expanded(*value)) {
			return true;
		}
	}
}
