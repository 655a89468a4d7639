/* Programs in command strings. */
#include "audit/entry_command.h"

#include "base/shell_words.h"

/*
 * What shells have built in, or begin a list with, one blank around each. Settings do not decide whether the next
 * command is run.
 */
static const char settings[] = " cd set export umask ulimit shopt : true ";
static const char builtins[] =
	" . [ [[ (( alias bg break builtin case command continue declare echo eval exec exit false fg for function "
	"getopts hash jobs kill let local printf pwd read readonly return select shift source test "
	"times trap type typeset unalias unset wait ";

static bool is_exec(const struct silt_shell_command *command)
{
	return silt_bytes_equal(silt_shell_name(command, command->program), SILT_LITERAL("exec"));
}

/* Index of the word behind exec and its options; `count` if it only redirects. */
static size_t executed(const struct silt_shell_command *command)
{
	size_t at = command->program + 1;
	while (at < command->count && silt_bytes_start_with(command->words[at].text, SILT_LITERAL("-"))) {
		at += silt_bytes_equal(command->words[at].text, SILT_LITERAL("-a")) ? 2 : 1;
	}
	return at < command->count ? at : command->count;
}

static bool is_known(const struct silt_shell_word *word)
{
	return word->text.len > 0 && !(word->flags & ~(unsigned)SILT_SHELL_QUOTED);
}

static enum silt_status copy_words(const struct silt_shell_command *command, size_t from, struct silt_arena *arena,
				   struct silt_words *out, struct silt_error *err)
{
	size_t count = command->count - from;
	struct silt_bytes *items = silt_arena_alloc(arena, count * sizeof(*items));
	if (!items) {
		return silt_fail_memory(err);
	}
	for (size_t i = 0; i < count; i++) {
		items[i] = silt_arena_copy(arena, command->words[from + i].text);
		if (!items[i].ptr) {
			return silt_fail_memory(err);
		}
	}
	*out = (struct silt_words){items, count};
	return SILT_OK;
}

enum silt_status silt_command_start(struct silt_bytes command, struct silt_arena *arena, struct silt_started *out,
				    struct silt_error *err)
{
	struct silt_shell shell;
	const struct silt_shell_command *at = &shell.command;
	bool found = false, straight = true;
	enum silt_status status = SILT_OK;
	*out = (struct silt_started){.by_command = true};
	silt_shell_begin(&shell, command);
	while (status == SILT_OK && !out->replaces && silt_shell_next(&shell)) {
		bool exec = is_exec(at);
		size_t program = exec ? executed(at) : at->program;
		if (program >= at->count || silt_word_is_listed(silt_shell_name(at, program), settings)) {
			continue;
		}
		bool inner = silt_word_is_listed(silt_shell_name(at, program), builtins);
		if (!inner && is_known(&at->words[program]) && (exec || !found)) {
			status = copy_words(at, program, arena, &out->words, err);
			out->replaces = exec;
			out->certain = straight;
			found = true;
		}
		straight = false;
	}
	return status;
}

bool silt_command_executes(struct silt_bytes command)
{
	struct silt_shell shell;
	silt_shell_begin(&shell, command);
	while (silt_shell_next(&shell)) {
		if (is_exec(&shell.command) && executed(&shell.command) < shell.command.count) {
			return true;
		}
	}
	return false;
}
