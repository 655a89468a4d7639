/* Commands of an image config. */
#include "audit/config_commands.h"

#include "base/ascii.h"
#include "base/attributes.h"

static struct silt_config_command of_history(const struct silt_config *config, size_t index)
{
	size_t line = index / 2;
	bool comment = index % 2 != 0;
	return (struct silt_config_command){
		.line = line,
		.comment = comment,
		.is_text = true,
		.words = comment ? &config->history[line].comment : &config->history[line].created_by,
		.word_count = 1,
	};
}

bool silt_config_command(const struct silt_config *config, size_t index, struct silt_config_command *out)
{
	const struct silt_config_command lists[] = {
		{.field = "Entrypoint", .words = config->entrypoint, .word_count = config->entrypoint_count},
		{.field = "Cmd", .words = config->cmd, .word_count = config->cmd_count},
		{.field = "Healthcheck", .words = config->health, .word_count = config->health_count},
		{.field = "Shell", .words = config->shell, .word_count = config->shell_count},
	};
	if (index / 2 < config->history_count) {
		*out = of_history(config, index);
		return true;
	}
	index -= 2 * config->history_count;
	if (index < config->on_build_count) {
		*out = (struct silt_config_command){
			.field = "OnBuild", .is_text = true, .words = &config->on_build[index], .word_count = 1};
		return true;
	}
	index -= config->on_build_count;
	*out = lists[index < SILT_COUNT(lists) ? index : 0];
	return index < SILT_COUNT(lists);
}

const char *silt_config_command_place(const struct silt_config_command *command, struct silt_arena *arena)
{
	return command->field ? command->field
			      : silt_arena_printf(arena, "%shistory line %zu", command->comment ? "comment of " : "",
						  command->line + 1);
}

/* A line that goes on in the next one is one line for who reads the command; every byte keeps its offset. */
static void add_joined_lines(struct silt_buffer *out, struct silt_bytes text)
{
	size_t end;
	while ((end = silt_bytes_find(text, SILT_LITERAL("\\\n"))) != SIZE_MAX) {
		silt_buffer_add(out, silt_bytes_slice(text, 0, end));
		silt_buffer_add_text(out, "  ");
		text = silt_bytes_slice(text, end + 2, text.len);
	}
	silt_buffer_add(out, text);
}

/* RUN ["mysql","-pX"] as kaniko keeps it: an array of strings, behind the name of the instruction. */
static bool is_exec_form(struct silt_bytes text)
{
	size_t start = silt_bytes_find_byte(text, '[');
	return start <= strlen("RUN ") && silt_bytes_end_with(silt_bytes_trim(text), SILT_LITERAL("\"]"));
}

/* The marks between its words become blanks; every byte keeps its offset. */
static void add_exec_form(struct silt_buffer *out, struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t before = i > 0 ? text.ptr[i - 1] : ' ', behind = i + 1 < text.len ? text.ptr[i + 1] : ' ';
		bool mark = text.ptr[i] == '"' && before != '\\';
		mark = mark || (silt_is_one_of(text.ptr[i], "[],") && (before == '"' || behind == '"'));
		silt_buffer_add_byte(out, mark ? ' ' : text.ptr[i]);
	}
}

void silt_config_command_text(const struct silt_config_command *command, struct silt_buffer *out)
{
	for (size_t i = 0; i < command->word_count; i++) {
		silt_buffer_add_text(out, i > 0 ? " " : "");
		if (command->is_text && is_exec_form(command->words[i])) {
			add_exec_form(out, command->words[i]);
		} else if (command->is_text) {
			add_joined_lines(out, command->words[i]);
		} else {
			silt_buffer_add(out, command->words[i]);
		}
	}
}

struct silt_bytes silt_config_command_span(const struct silt_config_command *command, size_t offset, size_t length)
{
	for (size_t i = 0; i < command->word_count; i++) {
		struct silt_bytes word = command->words[i];
		if (offset < word.len) {
			return silt_bytes_slice(word, offset, length);
		}
		offset -= word.len;
		if (offset == 0) {
			break; /* the blank between two words */
		}
		offset--;
	}
	return silt_bytes(NULL, 0);
}
