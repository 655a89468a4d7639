/* Words of a shell: quotes, escapes, and what is nested in a word. */
#include "base/shell_words.h"

#include "base/ascii.h"
#include "base/shell_reader.h"

/* ---- What is nested ------------------------------------------------------------------------------------------------ */

/* What is open in a nested part, one bit for each depth. */
struct nest {
	unsigned depth;
	uint64_t braces;  /* opened by "${"; else by "(" */
	uint64_t quoted;  /* in double quotes here */
	uint64_t literal; /* double quotes are around it: ' is a character */
};

enum { NEST_MAX = 64 };

static void set_bit(uint64_t *bits, uint64_t bit, bool on)
{
	*bits = on ? *bits | bit : *bits & ~bit;
}

static bool push(struct nest *nest, bool brace, bool quoted)
{
	if (nest->depth == NEST_MAX) {
		return false;
	}
	uint64_t bit = UINT64_C(1) << nest->depth++;
	set_bit(&nest->braces, bit, brace);
	set_bit(&nest->quoted, bit, false);
	set_bit(&nest->literal, bit, brace && quoted);
	return true;
}

/* Bytes up to and with the next `end`; those behind a backslash do not count. All of them if there is none. */
static size_t length_with(struct silt_bytes text, uint8_t end, bool escapes)
{
	for (size_t at = 0; at < text.len; at++) {
		if (text.ptr[at] == end) {
			return at + 1;
		}
		at += escapes && text.ptr[at] == '\\';
	}
	return text.len;
}

static bool starts_comment(struct silt_bytes text, size_t at)
{
	return text.ptr[at] == '#' && silt_is_one_of(text.ptr[at - 1], " \t\n(;");
}

/* Goes over what stands at `at`, which is not 0; returns how long it is, 0 if it is too deep. */
static size_t step(struct nest *nest, struct silt_bytes text, size_t at)
{
	uint64_t bit = UINT64_C(1) << (nest->depth - 1);
	bool quoted = nest->quoted & bit, brace = nest->braces & bit;
	struct silt_bytes rest = silt_bytes_slice(text, at, text.len);
	uint8_t byte = rest.ptr[0], next = rest.len > 1 ? rest.ptr[1] : 0;
	if (byte == '\\') {
		return 2;
	}
	if (byte == '"') {
		nest->quoted ^= bit;
	} else if (byte == '$' && (next == '(' || next == '{')) {
		return push(nest, next == '{', quoted) ? 2 : 0;
	} else if (quoted) {
		return 1;
	} else if (byte == '\'' && !(nest->literal & bit)) {
		return 1 + length_with(silt_bytes_slice(rest, 1, rest.len), '\'', false);
	} else if (byte == '(' && !brace) {
		return push(nest, false, false);
	} else if (byte == (brace ? '}' : ')')) {
		nest->depth--;
	} else if (!brace && starts_comment(text, at)) {
		return length_with(rest, '\n', false);
	}
	return 1;
}

size_t silt_shell_nested_length(struct silt_bytes text, bool quoted)
{
	struct nest nest = {0};
	size_t at = text.len > 0 && text.ptr[0] == '(' ? 1 : 2;
	push(&nest, at == 2 && text.len > 1 && text.ptr[1] == '{', quoted);
	while (at < text.len) {
		size_t len = step(&nest, text, at);
		if (len == 0) {
			return 0;
		}
		at += len;
		if (nest.depth == 0) {
			return at;
		}
	}
	return 0;
}

/* ---- Pieces -------------------------------------------------------------------------------------------------------- */

/* A word that is being read. */
struct reader {
	struct silt_shell *shell;
	struct silt_shell_word word;
	bool copied; /* its text is in that of the walk; else it is a part of the script, or empty */
};

void silt_shell_skip(struct silt_shell *shell, size_t len)
{
	for (size_t i = 0; i < len && i < shell->rest.len; i++) {
		shell->line += shell->rest.ptr[i] == '\n';
	}
	shell->rest = silt_bytes_slice(shell->rest, len, shell->rest.len);
}

static void copy(struct reader *reader, struct silt_bytes piece)
{
	struct silt_shell *shell = reader->shell;
	size_t room = sizeof(shell->text) - shell->text_len;
	if (piece.len > room) {
		reader->word.flags |= SILT_SHELL_CUT;
		piece.len = room;
	}
	if (!reader->copied) {
		reader->word.text = silt_bytes(shell->text + shell->text_len, 0);
		reader->copied = true;
	}
	if (piece.len > 0) {
		memcpy(shell->text + shell->text_len, piece.ptr, piece.len);
	}
	shell->text_len += piece.len;
	reader->word.text.len += piece.len;
}

/* Takes `len` bytes of the script into the word: as a part of the script, while all of the word is one. */
static void add(struct reader *reader, size_t len)
{
	struct silt_bytes piece = silt_bytes_slice(reader->shell->rest, 0, len), before = reader->word.text;
	silt_shell_skip(reader->shell, len);
	if (piece.len == 0) {
		return;
	}
	if (!reader->copied && before.len == 0) {
		reader->word.text = piece;
	} else if (!reader->copied && before.ptr + before.len == piece.ptr) {
		reader->word.text.len += piece.len;
	} else {
		if (!reader->copied) {
			copy(reader, before);
		}
		copy(reader, piece);
	}
}

/* Bytes before the next one of `set`. */
static size_t length_before(struct silt_bytes text, const char *set)
{
	size_t len = 0;
	while (len < text.len && !silt_is_one_of(text.ptr[len], set)) {
		len++;
	}
	return len;
}

static void add_plain(struct reader *reader, const char *ends)
{
	struct silt_bytes rest = reader->shell->rest;
	add(reader, length_before(rest, ends));
}

/* Adds `len` bytes that begin with an opening and end with a closing one; 0: they do not end. */
static void add_nested(struct reader *reader, size_t len)
{
	reader->word.flags |= len == 0 ? SILT_SHELL_CUT : 0;
	add(reader, len == 0 ? reader->shell->rest.len : len);
}

/* 'text', or $'text' with escapes, which stay as they are. */
static void read_single_quoted(struct reader *reader, size_t opening, bool escapes)
{
	struct silt_shell *shell = reader->shell;
	reader->word.flags |= SILT_SHELL_QUOTED;
	silt_shell_skip(shell, opening);
	size_t len = length_with(shell->rest, '\'', escapes);
	if (len == 0 || shell->rest.ptr[len - 1] != '\'') {
		add_nested(reader, 0);
		return;
	}
	add(reader, len - 1);
	silt_shell_skip(shell, 1);
}

static void read_dollar(struct reader *reader, bool quoted)
{
	struct silt_shell *shell = reader->shell;
	int next = silt_shell_peek(shell, 1);
	if (next == '(' || next == '{') {
		bool command = next == '(' && silt_shell_peek(shell, 2) != '(';
		reader->word.flags |= SILT_SHELL_EXPANDED | (command ? SILT_SHELL_SUBSTITUTED : 0);
		add_nested(reader, silt_shell_nested_length(shell->rest, quoted));
	} else if (next == '\'' && !quoted) {
		read_single_quoted(reader, 2, true);
	} else if (next == '"' && !quoted) {
		silt_shell_skip(shell, 1); /* a text to be translated */
	} else if (silt_is_letter(next) || silt_is_digit(next) || (next > 0 && strchr("_@*#?-$!", next))) {
		reader->word.flags |= SILT_SHELL_EXPANDED;
		add(reader, 2);
	} else {
		add(reader, 1);
	}
}

static void read_backtick(struct reader *reader)
{
	struct silt_bytes inside = silt_bytes_slice(reader->shell->rest, 1, reader->shell->rest.len);
	size_t len = length_with(inside, '`', true);
	bool ends = len > 0 && inside.ptr[len - 1] == '`';
	reader->word.flags |= SILT_SHELL_EXPANDED | SILT_SHELL_SUBSTITUTED;
	add_nested(reader, ends ? len + 1 : 0);
}

/* A backslash. In double quotes it is one, unless it stands before one of `escaped`. */
static void read_escape(struct reader *reader, const char *escaped)
{
	int next = silt_shell_peek(reader->shell, 1);
	if (next == '\n') {
		silt_shell_skip(reader->shell, 2);
		return;
	}
	bool drops = next >= 0 && (!escaped || silt_is_one_of((uint8_t)next, escaped));
	reader->word.flags |= SILT_SHELL_QUOTED;
	if (drops) {
		silt_shell_skip(reader->shell, 1);
		add(reader, 1);
	} else {
		add(reader, 2);
	}
}

static void read_double_quoted(struct reader *reader)
{
	struct silt_shell *shell = reader->shell;
	reader->word.flags |= SILT_SHELL_QUOTED;
	silt_shell_skip(shell, 1);
	for (int byte; (byte = silt_shell_peek(shell, 0)) >= 0;) {
		if (byte == '"') {
			silt_shell_skip(shell, 1);
			return;
		}
		if (byte == '\\') {
			read_escape(reader, "$`\"\\");
		} else if (byte == '$') {
			read_dollar(reader, true);
		} else if (byte == '`') {
			read_backtick(reader);
		} else {
			add_plain(reader, "\"\\$`");
		}
	}
	reader->word.flags |= SILT_SHELL_CUT;
}

/* ---- Words --------------------------------------------------------------------------------------------------------- */

/* A list of bash, a=(x y), or <(command) in place of a file. */
static bool read_parenthesis(struct reader *reader)
{
	struct silt_bytes text = reader->word.text;
	bool list = silt_shell_peek(reader->shell, 0) == '(';
	if (list ? text.len == 0 || text.ptr[text.len - 1] != '='
		 : text.len > 0 || silt_shell_peek(reader->shell, 1) != '(') {
		return false;
	}
	reader->word.flags |= SILT_SHELL_EXPANDED | (list ? 0 : SILT_SHELL_SUBSTITUTED);
	add_nested(reader, silt_shell_nested_length(reader->shell->rest, false));
	return true;
}

static void read_unquoted(struct reader *reader)
{
	struct silt_bytes rest = reader->shell->rest;
	struct silt_bytes piece = silt_bytes_slice(rest, 0, length_before(rest, " \t\r\n;&|()<>'\"\\$`"));
	if (length_before(piece, "*?[") < piece.len) {
		reader->word.flags |= SILT_SHELL_PATTERN;
	}
	add(reader, piece.len);
}

/* False if the word ends here. */
static bool read_piece(struct reader *reader)
{
	switch (silt_shell_peek(reader->shell, 0)) {
	case -1:
	case ' ':
	case '\t':
	case '\r':
	case '\n':
	case ';':
	case '&':
	case '|':
	case ')':
		return false;
	case '(':
	case '<':
	case '>':
		return read_parenthesis(reader);
	case '\'':
		read_single_quoted(reader, 1, false);
		return true;
	case '"':
		read_double_quoted(reader);
		return true;
	case '\\':
		read_escape(reader, NULL);
		return true;
	case '$':
		read_dollar(reader, false);
		return true;
	case '`':
		read_backtick(reader);
		return true;
	default:
		read_unquoted(reader);
		return true;
	}
}

struct silt_shell_word silt_shell_read_word(struct silt_shell *shell)
{
	struct reader reader = {.shell = shell};
	while (read_piece(&reader)) {
	}
	return reader.word;
}
