/* Assignments in a line of history. Heuristic by nature: values with spaces are not quoted there. */
#include "audit/history_line.h"

#include "base/ascii.h"

/* Length of the NAME of a NAME=... that `text` begins with; 0 if it does not. */
static size_t assigned_name(struct silt_bytes text)
{
	size_t len = silt_assigned_name_length(text);
	return len < text.len && text.ptr[len] == '=' ? len : 0;
}

static bool is_name(struct silt_bytes text)
{
	return text.len > 0 && silt_assigned_name_length(text) == text.len;
}

static struct silt_bytes skip(struct silt_bytes text, size_t len)
{
	return silt_bytes_slice(text, len, text.len);
}

static struct silt_bytes skip_blanks(struct silt_bytes text)
{
	size_t len = 0;
	while (len < text.len && (text.ptr[len] == ' ' || text.ptr[len] == '\t')) {
		len++;
	}
	return skip(text, len);
}

static bool take_word(struct silt_bytes *text, struct silt_bytes word)
{
	if (!silt_bytes_start_with(*text, word)) {
		return false;
	}
	*text = skip_blanks(skip(*text, word.len));
	return true;
}

/* buildah may put its own marks behind the instruction: "|unsetLabel=true|force-mtime=10". */
static struct silt_bytes without_marks(struct silt_bytes line)
{
	static const struct silt_bytes marks[] = {
		{(const uint8_t *)"|unsetLabel=", 12},
		{(const uint8_t *)"|inheritLabels=", 15},
		{(const uint8_t *)"|force-mtime=", 13},
	};
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		line = silt_bytes_slice(line, 0, silt_bytes_find(line, marks[i]));
	}
	return line;
}

/* ---- ENV, ARG and the prefix of a RUN ------------------------------------------------------------------------------ */

/* "|12 " gives 12. False if there is no such prefix. */
static bool take_count(struct silt_bytes *text, size_t *count)
{
	if (text->len == 0 || text->ptr[0] != '|') {
		return false;
	}
	uint64_t number;
	size_t len = 1 + silt_decimal(skip(*text, 1), 6, &number);
	if (len == 1 || len == text->len || text->ptr[len] != ' ') {
		return false;
	}
	*text = skip_blanks(skip(*text, len));
	*count = (size_t)number;
	return true;
}

/*
 * Where a value that is not quoted ends: before the next " NAME=" if more may follow, or, behind the last one of a RUN,
 * before the next " /", which begins the shell.
 */
static size_t plain_value_length(struct silt_bytes text, const struct silt_assignments *walk)
{
	bool before_shell = walk->kind == SILT_ASSIGNMENT_BUILD_ARG && walk->left != SIZE_MAX;
	for (size_t at = 0; at < text.len; at++) {
		if (text.ptr[at] != ' ') {
			continue;
		}
		struct silt_bytes next = skip(text, at + 1);
		bool last = walk->left == 1;
		if ((!last && assigned_name(next) > 0) ||
		    (last && before_shell && next.len > 0 && next.ptr[0] == '/')) {
			return at;
		}
	}
	return text.len;
}

/* "ENV NAME value", the older form with one variable, as kaniko keeps it: all that follows the name is its value. */
static bool next_parted(struct silt_assignments *walk, struct silt_assignment *out)
{
	struct silt_bytes rest = walk->rest, name = {0};
	if (walk->kind != SILT_ASSIGNMENT_ENV || !silt_bytes_cut(&rest, ' ', &name) || rest.len == 0 ||
	    !is_name(name)) {
		return false;
	}
	*out = (struct silt_assignment){walk->kind, name, silt_bytes_unquoted(silt_bytes_trim(rest))};
	walk->rest = skip(rest, rest.len);
	return true;
}

static bool next_plain(struct silt_assignments *walk, struct silt_assignment *out)
{
	size_t len = assigned_name(walk->rest);
	if (len == 0) {
		return next_parted(walk, out);
	}
	out->kind = walk->kind;
	out->name = silt_bytes_slice(walk->rest, 0, len);
	walk->rest = skip(walk->rest, len + 1);
	len = plain_value_length(walk->rest, walk);
	out->value = silt_bytes_unquoted(silt_bytes_slice(walk->rest, 0, len));
	walk->rest = skip_blanks(skip(walk->rest, len));
	walk->left -= walk->left == SIZE_MAX ? 0 : 1;
	return true;
}

/* ---- A line -------------------------------------------------------------------------------------------------------- */

struct silt_assignments silt_assignments_of(struct silt_bytes line)
{
	struct silt_bytes rest = skip_blanks(without_marks(line));
	take_word(&rest, SILT_LITERAL("/bin/sh -c #(nop)"));
	if (take_word(&rest, SILT_LITERAL("ENV "))) {
		return (struct silt_assignments){.rest = rest, .kind = SILT_ASSIGNMENT_ENV, .left = SIZE_MAX};
	}
	if (take_word(&rest, SILT_LITERAL("ARG "))) {
		return (struct silt_assignments){.rest = rest, .kind = SILT_ASSIGNMENT_BUILD_ARG, .left = SIZE_MAX};
	}
	take_word(&rest, SILT_LITERAL("RUN "));
	size_t count = 0;
	if (take_count(&rest, &count)) {
		return (struct silt_assignments){.rest = rest, .kind = SILT_ASSIGNMENT_BUILD_ARG, .left = count};
	}
	return (struct silt_assignments){.kind = SILT_ASSIGNMENT_COMMAND, .command = silt_command_line_of_text(rest)};
}

struct silt_assignments silt_assignments_of_command(const struct silt_config_command *command)
{
	if (command->is_text) {
		return silt_assignments_of(command->words[0]);
	}
	return (struct silt_assignments){
		.kind = SILT_ASSIGNMENT_COMMAND,
		.command = silt_command_line_of_words(command->words, command->word_count),
	};
}

bool silt_assignment_next(struct silt_assignments *walk, struct silt_assignment *out)
{
	if (walk->kind != SILT_ASSIGNMENT_COMMAND) {
		if (walk->left > 0 && next_plain(walk, out)) {
			return true;
		}
		if (walk->left == SIZE_MAX) {
			return false;
		}
		walk->kind = SILT_ASSIGNMENT_COMMAND; /* behind the arguments comes the command */
		walk->command = silt_command_line_of_text(walk->rest);
	}
	out->kind = SILT_ASSIGNMENT_COMMAND;
	return silt_command_line_next(&walk->command, &out->name, &out->value);
}

size_t silt_line_build_args(struct silt_bytes line)
{
	struct silt_assignments walk = silt_assignments_of(line);
	struct silt_assignment found;
	size_t end = 0;
	while (silt_assignment_next(&walk, &found) && found.kind == SILT_ASSIGNMENT_BUILD_ARG) {
		end = (size_t)(found.name.ptr - line.ptr) + found.name.len + strlen("=");
		if (found.value.len > 0) { /* else its place is not known */
			end = (size_t)(found.value.ptr - line.ptr) + found.value.len;
		}
	}
	return end;
}
