/*
 * The text of a RUN as simple commands, and those of the scripts in its words.
 *
 *     RUN apt-get update && sh -c "curl x | sh"
 *         script 0   apt-get update
 *                    sh -c "curl x | sh"
 *         script 1       curl x              within command 1
 *                        sh
 */
#include "audit/history_words.h"

#include "base/ascii.h"
#include "base/json.h"
#include "base/limits.h"

#include <stdlib.h>

enum { INNER_MAX = 16 }; /* scripts in the words of one command */

struct inner {
	struct silt_bytes text;
	bool substituted;
};

/* A script under way. */
struct level {
	struct silt_shell shell;
	size_t script, within;
	bool substituted;
	size_t last;                   /* the number of its last command; SIZE_MAX: none yet */
	struct inner inner[INNER_MAX]; /* in the words of that */
	size_t inner_count, inner_next;
};

struct reader {
	struct silt_arena *arena;
	struct silt_words_budget *budget;
	struct level *levels; /* owns; SILT_HISTORY_DEPTH_MAX of them, the outermost first */
	size_t depth;
	size_t scripts;
	struct silt_command *commands; /* owns */
	size_t count, capacity;
};

static struct silt_bytes skip(struct silt_bytes text, size_t len)
{
	return silt_bytes_trim(silt_bytes_slice(text, len, text.len));
}

/* ---- Where the script is ------------------------------------------------------------------------------------------- */

/* "--mount=type=secret,id=x make": what kaniko and buildah leave of the options of RUN itself. */
static struct silt_bytes without_options(struct silt_bytes text)
{
	static const char *const options[] = {"--mount=", "--network=", "--security=", "--device="};
	for (size_t i = 0; i < SILT_COUNT(options);) {
		if (silt_bytes_start_with(text, silt_bytes_text(options[i]))) {
			size_t end = silt_bytes_find_byte(text, ' ');
			text = end == SIZE_MAX ? silt_bytes(text.ptr, 0) : skip(text, end);
			i = 0;
		} else {
			i++;
		}
	}
	return text;
}

/* True if a script begins with "#!" and the program of another language. */
static bool has_foreign_interpreter(struct silt_bytes script)
{
	struct silt_bytes line = {0}, name;
	if (!silt_bytes_start_with(script, SILT_LITERAL("#!"))) {
		return false;
	}
	silt_bytes_cut(&script, '\n', &line);
	struct silt_bytes words = skip(line, strlen("#!"));
	silt_bytes_cut(&words, ' ', &name);
	name = silt_path_basename(name);
	if (silt_bytes_equal(name, SILT_LITERAL("env"))) {
		silt_bytes_cut(&words, ' ', &name);
	}
	return !silt_is_shell_name(name);
}

/* What is no script of a shell that silt reads: PowerShell, cmd.exe, a here-document for another language. */
static bool is_foreign(struct silt_bytes text)
{
	struct silt_bytes rest = text, word = {0};
	if (silt_bytes_start_with(text, SILT_LITERAL("<<"))) {
		silt_bytes_cut(&rest, '\n', &word);
		text = rest;
	}
	silt_bytes_cut(&rest, ' ', &word);
	return has_foreign_interpreter(text) ||
	       silt_is_word_of(silt_path_basename(word), "powershell powershell.exe pwsh pwsh.exe cmd cmd.exe");
}

static bool is_cluster_with_c(struct silt_bytes option)
{
	return option.len > 1 && option.ptr[0] == '-' && option.ptr[1] != '-' &&
	       silt_bytes_find_byte(option, 'c') != SIZE_MAX;
}

/*
 * "/bin/bash -o pipefail -c apt-get update && make": words of the instruction SHELL with the script behind them, which
 * nobody quoted. Where it is quoted, somebody wrote all of this himself, and it is an ordinary command.
 */
static struct silt_bytes behind_shell(struct silt_bytes text)
{
	struct silt_bytes rest = text, word = {0};
	silt_bytes_cut(&rest, ' ', &word);
	if (!silt_is_shell_name(silt_path_basename(word))) {
		return text;
	}
	while (silt_bytes_cut(&rest, ' ', &word)) {
		bool option = word.len == 0 || silt_is_one_of(word.ptr[0], "-+");
		if (is_cluster_with_c(word)) {
			bool quoted = rest.len == 0 || silt_is_one_of(rest.ptr[0], "'\"");
			return quoted ? text : silt_bytes_trim(rest);
		}
		if (!option && !silt_is_word_of(word, "pipefail errexit nounset xtrace")) {
			return text;
		}
	}
	return text;
}

struct silt_bytes silt_script_of_run(struct silt_bytes text)
{
	text = without_options(silt_bytes_trim(text));
	return is_foreign(text) ? silt_bytes(text.ptr, 0) : behind_shell(text);
}

/* ---- Keeping commands ---------------------------------------------------------------------------------------------- */

static bool copy_word(struct silt_arena *arena, const struct silt_shell_word *from, struct silt_shell_word *to)
{
	*to = (struct silt_shell_word){silt_arena_copy(arena, from->text), from->flags};
	return to->text.ptr != NULL;
}

/* Words and redirections, copied: those of the walk are gone with its next step. */
static bool copy_words(struct reader *reader, const struct silt_shell_command *from, struct silt_command *to)
{
	struct silt_shell_word *words = silt_arena_alloc(reader->arena, from->count * sizeof(*words));
	struct silt_shell_redirection *redirections =
		silt_arena_alloc(reader->arena, from->redirection_count * sizeof(*redirections));
	bool ok = words && redirections;
	for (size_t i = 0; i < from->count && ok; i++) {
		ok = copy_word(reader->arena, &from->words[i], &words[i]);
	}
	for (size_t i = 0; i < from->redirection_count && ok; i++) {
		redirections[i].direction = from->redirections[i].direction;
		ok = copy_word(reader->arena, &from->redirections[i].target, &redirections[i].target);
	}
	to->words = words;
	to->redirections = redirections;
	return ok;
}

static bool keep(struct reader *reader, const struct level *level, struct silt_error *err)
{
	const struct silt_shell_command *from = &level->shell.command;
	struct silt_command to = {
		.count = from->count,
		.redirection_count = from->redirection_count,
		.outer = from->program,
		.program = silt_shell_inner_program(from, from->program),
		.before = from->before,
		.script = level->script,
		.within = level->within,
		.previous = level->last,
		.depth = (unsigned)(reader->depth - 1),
		.substituted = level->substituted,
		.whole = from->whole,
	};
	if (!copy_words(reader, from, &to) ||
	    !silt_grow((void **)&reader->commands, reader->count, &reader->capacity, sizeof(to))) {
		silt_fail_memory(err);
		return false;
	}
	reader->commands[reader->count++] = to;
	return true;
}

/* ---- Scripts in words ---------------------------------------------------------------------------------------------- */

static void add_inner(struct level *level, struct silt_bytes text, bool substituted)
{
	if (level->inner_count < INNER_MAX && text.len > 0) {
		level->inner[level->inner_count++] = (struct inner){text, substituted};
	}
}

static void add_substitutions(struct level *level, const struct silt_shell_word *word)
{
	struct silt_bytes rest = word->text, inside;
	while ((word->flags & SILT_SHELL_SUBSTITUTED) != 0 && silt_shell_substitution(&rest, &inside)) {
		add_inner(level, inside, true);
	}
}

/* The word that "sh -c" or "su -c" runs; `count` if there is none. */
static size_t script_operand(const struct silt_command *command)
{
	size_t i = command->program + 1;
	bool runs = silt_is_shell_name(silt_command_name(command)) || silt_command_is(command, "su runuser");
	bool seen = false;
	for (; runs && i < command->count; i++) {
		struct silt_bytes word = command->words[i].text;
		if (word.len == 0 || !silt_is_one_of(word.ptr[0], "-+")) {
			if (seen) {
				return i;
			}
			if (!silt_command_is(command, "su runuser")) {
				break;
			}
			continue;
		}
		seen = seen || is_cluster_with_c(word) || silt_bytes_equal(word, SILT_LITERAL("--command"));
		i += word.ptr[0] == '-' && word.len > 1 && word.ptr[1] != '-' && word.ptr[word.len - 1] == 'o';
	}
	return command->count;
}

/* "eval a b" runs "a b". */
static bool add_eval(struct reader *reader, struct level *level, const struct silt_command *command)
{
	struct silt_buffer joined = {0};
	for (size_t i = command->program + 1; i < command->count; i++) {
		silt_buffer_add(&joined, command->words[i].text);
		silt_buffer_add_byte(&joined, ' ');
	}
	struct silt_bytes text = silt_arena_copy(reader->arena, silt_buffer_bytes(&joined));
	bool ok = !joined.failed && text.ptr;
	silt_buffer_done(&joined);
	add_inner(level, text, false);
	return ok;
}

/* Finds the scripts in the words of the command that was kept last. */
static bool find_inner(struct reader *reader, struct level *level)
{
	const struct silt_command *command = &reader->commands[reader->count - 1];
	level->inner_count = level->inner_next = 0;
	if (silt_command_is(command, "eval")) {
		return add_eval(reader, level, command);
	}
	size_t operand = script_operand(command);
	if (operand < command->count) {
		add_inner(level, command->words[operand].text, false);
	}
	for (size_t i = 0; i < command->count; i++) {
		if (i != operand) {
			add_substitutions(level, &command->words[i]);
		}
	}
	for (size_t i = 0; i < command->redirection_count; i++) {
		add_substitutions(level, &command->redirections[i].target);
	}
	return true;
}

/* ---- The walk ------------------------------------------------------------------------------------------------------ */

static struct level *push(struct reader *reader, struct silt_bytes script, size_t within, bool substituted)
{
	struct level *level = &reader->levels[reader->depth++];
	silt_shell_begin(&level->shell, script);
	level->script = reader->scripts++;
	level->within = within;
	level->substituted = substituted;
	level->last = SIZE_MAX;
	level->inner_count = level->inner_next = 0;
	return level;
}

/* Takes the command that `level` has read. False if it was the last: words are spent, or memory. */
static bool take(struct reader *reader, struct level *level, struct silt_error *err)
{
	size_t words = level->shell.command.count + level->shell.command.redirection_count + 1;
	if (words > reader->budget->left) {
		reader->budget->spent = true;
		return false;
	}
	reader->budget->left -= words;
	if (!keep(reader, level, err)) {
		return false;
	}
	level->last = reader->count - 1;
	if (reader->depth == SILT_HISTORY_DEPTH_MAX) {
		return true;
	}
	bool ok = find_inner(reader, level);
	if (!ok) {
		silt_fail_memory(err);
	}
	return ok;
}

static bool walk(struct reader *reader, struct silt_error *err)
{
	while (reader->depth > 0) {
		struct level *level = &reader->levels[reader->depth - 1];
		if (level->inner_next < level->inner_count) {
			const struct inner *inner = &level->inner[level->inner_next++];
			push(reader, inner->text, level->last, inner->substituted);
		} else if (!silt_shell_next(&level->shell)) {
			reader->depth--;
		} else if (!take(reader, level, err)) {
			return reader->budget->spent;
		}
	}
	return true;
}

/* ["program", "word"]. SILT_ERR_INPUT if the text is no such thing. */
static enum silt_status parse_list(struct silt_bytes text, struct silt_json **document)
{
	return silt_bytes_begin(text, "[") ? silt_json_parse(text, document, NULL) : SILT_ERR_INPUT;
}

/* One command, as if it had been read. */
static void read_list(const struct silt_json *document, struct silt_shell_command *command)
{
	const struct silt_json_value *list = silt_json_root(document);
	size_t count = silt_json_count(list);
	command->count = count < SILT_SHELL_WORDS_MAX ? count : SILT_SHELL_WORDS_MAX;
	command->whole = command->count == count;
	command->program = 0;
	command->redirection_count = 0;
	command->before = SILT_SHELL_START;
	for (size_t i = 0; i < command->count; i++) {
		struct silt_bytes word = silt_json_string(silt_json_at(list, i));
		command->words[i] = (struct silt_shell_word){word, SILT_SHELL_QUOTED};
	}
}

/* Begins with the RUN itself, whichever form it has. */
static bool begin(struct reader *reader, struct silt_bytes text, struct silt_error *err)
{
	struct silt_json *document = NULL;
	struct level *level = push(reader, silt_bytes(NULL, 0), SIZE_MAX, false);
	enum silt_status status = parse_list(text, &document);
	bool ok = true;
	if (status == SILT_OK) {
		read_list(document, &level->shell.command);
		ok = take(reader, level, err) || reader->budget->spent;
	} else if (status == SILT_ERR_MEMORY) {
		(void)silt_fail_memory(err);
		ok = false;
	} else {
		silt_shell_begin(&level->shell, silt_script_of_run(text));
	}
	silt_json_free(document);
	return ok;
}

static bool hand_over(const struct reader *reader, struct silt_step *step, struct silt_error *err)
{
	struct silt_command *commands = silt_arena_alloc(reader->arena, reader->count * sizeof(*commands));
	if (!commands) {
		silt_fail_memory(err);
		return false;
	}
	if (reader->count > 0) {
		memcpy(commands, reader->commands, reader->count * sizeof(*commands));
	}
	step->commands = commands;
	step->command_count = reader->count;
	return true;
}

enum silt_status silt_words_read(struct silt_bytes text, struct silt_arena *arena, struct silt_words_budget *budget,
				 struct silt_step *step, struct silt_error *err)
{
	struct reader reader = {.arena = arena, .budget = budget};
	reader.levels = malloc(SILT_HISTORY_DEPTH_MAX * sizeof(*reader.levels));
	if (!reader.levels) {
		return silt_fail_memory(err);
	}
	bool ok = begin(&reader, without_options(silt_bytes_trim(text)), err) && walk(&reader, err) &&
		  hand_over(&reader, step, err);
	free(reader.levels);
	free(reader.commands);
	return ok ? SILT_OK : SILT_ERR_MEMORY;
}
