/* Simple commands of a shell, from inside of whatever they stand in. */
#include "base/ascii.h"
#include "base/attributes.h"
#include "base/shell_reader.h"

static const struct silt_bytes reserved[] = {
	SILT_LITERAL_INIT("if"),   SILT_LITERAL_INIT("then"),  SILT_LITERAL_INIT("elif"), SILT_LITERAL_INIT("else"),
	SILT_LITERAL_INIT("fi"),   SILT_LITERAL_INIT("do"),    SILT_LITERAL_INIT("done"), SILT_LITERAL_INIT("while"),
	SILT_LITERAL_INIT("esac"), SILT_LITERAL_INIT("until"), SILT_LITERAL_INIT("{"),    SILT_LITERAL_INIT("}"),
	SILT_LITERAL_INIT("!"),    SILT_LITERAL_INIT("time"),
};

static bool is_reserved(struct silt_bytes word)
{
	for (size_t i = 0; i < SILT_COUNT(reserved); i++) {
		if (silt_bytes_equal(word, reserved[i])) {
			return true;
		}
	}
	return false;
}

static bool is_plain_word(const struct silt_shell_word *word, struct silt_bytes text)
{
	return word->flags == 0 && silt_bytes_equal(word->text, text);
}

static void forget(struct silt_shell *shell)
{
	struct silt_shell_command *command = &shell->command;
	command->count = command->program = command->redirection_count = 0;
	command->whole = true;
	shell->text_len = 0;
}

static bool has_begun(const struct silt_shell_command *command)
{
	return command->count > 0 || command->redirection_count > 0;
}

static void meet(struct silt_shell *shell, enum silt_shell_joint joint)
{
	shell->joint = joint > shell->joint ? joint : shell->joint;
}

/* ---- Blanks and here-documents ------------------------------------------------------------------------------------- */

static void skip_line(struct silt_shell *shell)
{
	size_t len = silt_bytes_find_byte(shell->rest, '\n');
	silt_shell_skip(shell, len == SIZE_MAX ? shell->rest.len : len);
}

/* Blanks, continued lines and comments. */
static void skip_blanks(struct silt_shell *shell)
{
	for (;;) {
		int byte = silt_shell_peek(shell, 0);
		if (byte == ' ' || byte == '\t' || byte == '\r') {
			silt_shell_skip(shell, 1);
		} else if (byte == '\\' && silt_shell_peek(shell, 1) == '\n') {
			silt_shell_skip(shell, 2);
		} else if (byte == '#') {
			skip_line(shell);
		} else {
			return;
		}
	}
}

static void skip_here(struct silt_shell *shell, const struct silt_shell_here *here)
{
	bool ends = false;
	while (shell->rest.len > 0 && !ends) {
		struct silt_bytes rest = shell->rest, line;
		silt_bytes_cut(&rest, '\n', &line);
		while (here->tabs && line.len > 0 && line.ptr[0] == '\t') {
			line = silt_bytes_slice(line, 1, line.len);
		}
		ends = silt_bytes_equal(line, silt_bytes(here->end, here->len));
		shell->rest = rest;
		shell->line++;
	}
}

static void end_line(struct silt_shell *shell)
{
	silt_shell_skip(shell, 1);
	for (size_t i = 0; i < shell->here_count; i++) {
		if (!shell->here[i].commands) {
			skip_here(shell, &shell->here[i]);
		}
	}
	shell->here_count = 0;
}

/*
 * Its text begins behind the line. It is commands itself if it goes to a shell, or if nothing is before it: so a
 * Dockerfile's "RUN <<EOF" may stand in the history.
 */
static void expect_here(struct silt_shell *shell, const struct silt_shell_word *end, bool tabs)
{
	struct silt_shell_command *command = &shell->command;
	if (shell->here_count == SILT_SHELL_HERE_MAX || end->text.len > SILT_SHELL_HERE_END_MAX) {
		command->whole = false;
		return;
	}
	size_t program = silt_shell_inner_program(command, command->program);
	struct silt_shell_here *here = &shell->here[shell->here_count++];
	here->tabs = tabs;
	here->commands = (command->count == 0 && command->before == SILT_SHELL_START) ||
			 silt_is_shell_name(silt_shell_name(command, program));
	here->len = end->text.len;
	if (here->len > 0) {
		memcpy(here->end, end->text.ptr, here->len);
	}
}

/* ---- Redirections -------------------------------------------------------------------------------------------------- */

/* The longest comes first. */
static const struct {
	struct silt_bytes text;
	enum silt_shell_direction direction;
} operators[] = {
	{SILT_LITERAL_INIT("<<<"), SILT_SHELL_HERE_WORD}, {SILT_LITERAL_INIT("<<-"), SILT_SHELL_HERE},
	{SILT_LITERAL_INIT("&>>"), SILT_SHELL_APPENDS},   {SILT_LITERAL_INIT("<<"), SILT_SHELL_HERE},
	{SILT_LITERAL_INIT(">>"), SILT_SHELL_APPENDS},    {SILT_LITERAL_INIT("&>"), SILT_SHELL_WRITES},
	{SILT_LITERAL_INIT(">|"), SILT_SHELL_WRITES},     {SILT_LITERAL_INIT("<>"), SILT_SHELL_READS},
	{SILT_LITERAL_INIT(">&"), SILT_SHELL_DUPLICATES}, {SILT_LITERAL_INIT("<&"), SILT_SHELL_DUPLICATES},
	{SILT_LITERAL_INIT(">"), SILT_SHELL_WRITES},      {SILT_LITERAL_INIT("<"), SILT_SHELL_READS},
};

/* ">&2" and ">&-" are of descriptors; ">&file" is as "&>file". */
static enum silt_shell_direction direction_of(enum silt_shell_direction direction, const struct silt_shell_word *target)
{
	bool descriptor = silt_all_digits(target->text) || is_plain_word(target, SILT_LITERAL("-")) ||
			  (target->flags & SILT_SHELL_EXPANDED);
	return direction == SILT_SHELL_DUPLICATES && !descriptor ? SILT_SHELL_WRITES : direction;
}

/* False if the script goes on with something else. */
static bool read_redirection(struct silt_shell *shell)
{
	if ((silt_shell_peek(shell, 0) == '<' || silt_shell_peek(shell, 0) == '>') &&
	    silt_shell_peek(shell, 1) == '(') {
		return false; /* a word */
	}
	size_t i = 0;
	while (i < SILT_COUNT(operators) && !silt_bytes_start_with(shell->rest, operators[i].text)) {
		i++;
	}
	if (i == SILT_COUNT(operators)) {
		return false;
	}
	silt_shell_skip(shell, operators[i].text.len);
	skip_blanks(shell);
	struct silt_shell_word target = silt_shell_read_word(shell);
	enum silt_shell_direction direction = direction_of(operators[i].direction, &target);
	if (direction == SILT_SHELL_HERE) {
		expect_here(shell, &target, operators[i].text.ptr[operators[i].text.len - 1] == '-');
	}
	struct silt_shell_command *command = &shell->command;
	if (command->redirection_count == SILT_SHELL_REDIRECTIONS_MAX) {
		command->whole = false;
		return true;
	}
	command->redirections[command->redirection_count++] = (struct silt_shell_redirection){direction, target};
	return true;
}

/* ---- Words of a command -------------------------------------------------------------------------------------------- */

static size_t name_length(struct silt_bytes text)
{
	size_t len = 0;
	while (len < text.len &&
	       (silt_is_letter(text.ptr[len]) || text.ptr[len] == '_' || (len > 0 && silt_is_digit(text.ptr[len])))) {
		len++;
	}
	return len;
}

/* NAME=value, NAME+=value */
static bool is_assignment(struct silt_bytes text)
{
	size_t len = name_length(text);
	struct silt_bytes rest = silt_bytes_slice(text, len, text.len);
	return len > 0 &&
	       (silt_bytes_start_with(rest, SILT_LITERAL("=")) || silt_bytes_start_with(rest, SILT_LITERAL("+=")));
}

/* The descriptor in "2>file" and "{log}>file". */
static bool is_descriptor(const struct silt_shell *shell, const struct silt_shell_word *word)
{
	struct silt_bytes text = word->text;
	int next = silt_shell_peek(shell, 0);
	return (next == '<' || next == '>') && silt_shell_peek(shell, 1) != '(' && text.len > 0 && word->flags == 0 &&
	       (silt_all_digits(text) || (text.ptr[0] == '{' && text.ptr[text.len - 1] == '}'));
}

/* [[ a && b < c ]]: what looks like operators is none. */
static void skip_test(struct silt_shell *shell)
{
	while (shell->rest.len > 0) {
		skip_blanks(shell);
		struct silt_shell_word word = silt_shell_read_word(shell);
		if (is_plain_word(&word, SILT_LITERAL("]]"))) {
			break;
		}
		if (word.text.len == 0) {
			silt_shell_skip(shell, 1);
		}
	}
}

static void push(struct silt_shell *shell, const struct silt_shell_word *word)
{
	struct silt_shell_command *command = &shell->command;
	if (command->count == SILT_SHELL_WORDS_MAX) {
		command->whole = false;
		return;
	}
	command->program += command->program == command->count && is_assignment(word->text);
	command->words[command->count++] = *word;
	if (command->count == 3 && is_plain_word(&command->words[0], SILT_LITERAL("case")) &&
	    is_plain_word(word, SILT_LITERAL("in"))) {
		shell->in_patterns = true;
		forget(shell);
		meet(shell, SILT_SHELL_SEQUENCE);
	}
}

/* The word that a command begins with, if it is no word of a command. */
static bool read_reserved(struct silt_shell *shell, const struct silt_shell_word *word)
{
	if (word->flags & SILT_SHELL_QUOTED) {
		return false;
	}
	if (silt_bytes_equal(word->text, SILT_LITERAL("[["))) {
		skip_test(shell);
	} else if (silt_bytes_equal(word->text, SILT_LITERAL("function"))) {
		skip_blanks(shell);
		silt_shell_read_word(shell); /* its name */
	} else if (!is_reserved(word->text)) {
		return false;
	}
	meet(shell, SILT_SHELL_SEQUENCE);
	forget(shell);
	return true;
}

static void read_word(struct silt_shell *shell)
{
	struct silt_shell_word word = silt_shell_read_word(shell);
	if (word.text.len == 0 && !(word.flags & SILT_SHELL_QUOTED)) {
		return; /* a continued line alone */
	}
	if (!is_descriptor(shell, &word) && (has_begun(&shell->command) || !read_reserved(shell, &word))) {
		push(shell, &word);
	}
}

/* ---- Between commands ---------------------------------------------------------------------------------------------- */

/* The patterns of one branch of a case, with the ")" behind them; or the "esac" in place of them. */
static void skip_patterns(struct silt_shell *shell)
{
	while (shell->rest.len > 0 && shell->in_patterns) {
		skip_blanks(shell);
		struct silt_shell_word word = silt_shell_read_word(shell);
		bool end = is_plain_word(&word, SILT_LITERAL("esac"));
		if (word.text.len == 0) {
			end = silt_shell_peek(shell, 0) == ')';
			silt_shell_skip(shell, 1);
		}
		shell->in_patterns = !end;
		shell->text_len = 0;
	}
}

/* "name()" is no command; "(( ))" is arithmetic; else a group begins. */
static void open_parenthesis(struct silt_shell *shell)
{
	size_t len = 1;
	if (shell->command.count > 0) {
		forget(shell);
	} else if (silt_shell_peek(shell, 1) == '(') {
		len = silt_shell_nested_length(shell->rest, false);
	}
	silt_shell_skip(shell, len == 0 ? shell->rest.len : len);
}

static void read_operator(struct silt_shell *shell)
{
	int byte = silt_shell_peek(shell, 0), next = silt_shell_peek(shell, 1);
	if (byte == '\n') {
		meet(shell, SILT_SHELL_SEQUENCE);
		end_line(shell);
	} else if (byte == '(') {
		meet(shell, SILT_SHELL_SEQUENCE);
		open_parenthesis(shell);
	} else if (byte == '|') {
		meet(shell, next == '|' ? SILT_SHELL_OR : SILT_SHELL_PIPE);
		silt_shell_skip(shell, next == '|' || next == '&' ? 2 : 1);
	} else if (byte == '&') {
		meet(shell, next == '&' ? SILT_SHELL_AND : SILT_SHELL_BACKGROUND);
		silt_shell_skip(shell, next == '&' ? 2 : 1);
	} else {
		meet(shell, SILT_SHELL_SEQUENCE);
		shell->in_patterns = byte == ';' && (next == ';' || next == '&'); /* ;; and ;& end a branch of a case */
		silt_shell_skip(shell, shell->in_patterns ? 2 : 1);
	}
}

void silt_shell_begin(struct silt_shell *shell, struct silt_bytes script)
{
	shell->rest = script;
	shell->line = 1;
	shell->joint = SILT_SHELL_START;
	shell->found = false;
	shell->in_patterns = false;
	shell->here_count = 0;
	forget(shell);
}

/* Reads what comes next. False, with nothing read, if the command ends before it. */
static bool read_on(struct silt_shell *shell)
{
	struct silt_shell_command *command = &shell->command;
	bool begun = has_begun(command);
	if (!begun) {
		command->line = shell->line;
		command->before = shell->found ? shell->joint : SILT_SHELL_START;
	}
	int byte = silt_shell_peek(shell, 0);
	if (byte < 0) {
		return false;
	}
	if (read_redirection(shell)) {
		return true;
	}
	if (!silt_is_one_of((uint8_t)byte, "\n;&|()")) {
		read_word(shell);
		return true;
	}
	if (begun && byte != '(') {
		return false;
	}
	read_operator(shell);
	return true;
}

bool silt_shell_next(struct silt_shell *shell)
{
	bool more = true;
	forget(shell);
	while (more) {
		if (shell->in_patterns) {
			skip_patterns(shell);
		}
		skip_blanks(shell);
		more = read_on(shell);
	}
	if (!has_begun(&shell->command)) {
		return false;
	}
	shell->joint = SILT_SHELL_START;
	shell->found = true;
	return true;
}
