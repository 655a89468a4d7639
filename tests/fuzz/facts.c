/*
 * Fuzz target: a small file, read by every reader of facts. The first line of the input is its path, the rest its body,
 * which is walked as a script of a shell too: words lie in the script or in the walk, and lines go up.
 */
#include "base/shell_words.h"
#include "content/fact.h"

#include <stdlib.h>

static enum silt_status take(void *ctx, const struct silt_fact_seen *fact, struct silt_error *err)
{
	(void)err;
	uint64_t *sum = ctx;
	if (fact->kind >= SILT_FACT_KINDS || fact->line == 0) {
		abort();
	}
	for (size_t i = 0; i < fact->text.len; i++) {
		*sum += fact->text.ptr[i];
	}
	return SILT_OK;
}

static bool lies_in(struct silt_bytes part, const uint8_t *start, size_t len)
{
	return part.ptr >= start && part.len <= len && (size_t)(part.ptr - start) <= len - part.len;
}

static void check_word(const struct silt_shell *shell, struct silt_bytes script, const struct silt_shell_word *word)
{
	struct silt_bytes rest = word->text, inside;
	if (rest.len > 0 && !lies_in(rest, script.ptr, script.len) &&
	    !lies_in(rest, shell->text, sizeof(shell->text))) {
		abort();
	}
	while (silt_shell_substitution(&rest, &inside)) {
		if (inside.len > 0 && !lies_in(inside, word->text.ptr, word->text.len)) {
			abort();
		}
	}
}

static void walk(struct silt_bytes script)
{
	static struct silt_shell shell;
	const struct silt_shell_command *command = &shell.command;
	uint32_t line = 1;
	silt_shell_begin(&shell, script);
	while (silt_shell_next(&shell)) {
		if (command->line < line || command->program > command->count ||
		    command->count + command->redirection_count == 0 ||
		    silt_shell_inner_program(command, command->program) > command->count) {
			abort();
		}
		line = command->line;
		for (size_t i = 0; i < command->count; i++) {
			check_word(&shell, script, &command->words[i]);
		}
		for (size_t i = 0; i < command->redirection_count; i++) {
			check_word(&shell, script, &command->redirections[i].target);
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_bytes body = silt_bytes(data, size), path = {0};
	struct silt_error err = {0};
	uint64_t sum = 0;
	silt_bytes_cut(&body, '\n', &path);
	if (silt_facts_wanted(path, body) && silt_facts_read(UINT32_MAX, path, body, take, &sum, &err) != SILT_OK) {
		abort();
	}
	walk(body);
	return 0;
}
