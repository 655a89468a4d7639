/*
 * The commands that stand in an image config: what the lines of history ran, and what a container will run.
 *
 * Some are text (created_by and comment of history, OnBuild), some are lists of words (Entrypoint, Cmd, Healthcheck,
 * Shell). Rules that look at text see a list with a blank between its words.
 */
#ifndef SILT_AUDIT_CONFIG_COMMANDS_H
#define SILT_AUDIT_CONFIG_COMMANDS_H

#include "base/buffer.h"
#include "bundle/config.h"

struct silt_config_command {
	const char *field; /* "Cmd"; NULL: of history */
	size_t line;       /* of history, from 0 */
	bool comment;      /* of history: the comment and not the instruction */
	bool is_text;      /* one word, which is text to be cut into words */
	const struct silt_bytes *words;
	size_t word_count;
};

/* Command `index`, counted from 0; those of history come first. False if there are no more. Borrows from the config. */
bool silt_config_command(const struct silt_config *config, size_t index, struct silt_config_command *out);

/* "history line 3", "comment of history line 3", "Cmd". Of the arena or static; NULL if memory ran out. */
const char *silt_config_command_place(const struct silt_config_command *command, struct silt_arena *arena);

/* Adds the text of the command; blanks are in place of a backslash and the end of line that it joins to the next. */
void silt_config_command_text(const struct silt_config_command *command, struct silt_buffer *out);

/* What of the config stands at `offset` of that text: `length` bytes, cut at the end of a word. */
struct silt_bytes silt_config_command_span(const struct silt_config_command *command, size_t offset, size_t length);

#endif
