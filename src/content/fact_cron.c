/* crontab(5): the programs that cron runs, as far as they are absolute paths. */
#include "base/ascii.h"
#include "base/shell_words.h"
#include "content/fact_parts.h"

static const struct silt_fact_place with_user[] = {
	SILT_PLACE("etc", "crontab"),
	SILT_PLACE("etc/cron.d", "*"),
};
static const struct silt_fact_place without_user[] = {
	SILT_PLACE("var/spool/cron/**", "*"),
	SILT_PLACE("etc/crontabs", "*"),
};

static bool wants(const struct silt_fact_file *file)
{
	return silt_fact_is_at(file, with_user, SILT_COUNT(with_user)) ||
	       silt_fact_is_at(file, without_user, SILT_COUNT(without_user));
}

/* True if a line is "NAME=value" rather than "* * * * * command". */
static bool is_setting(struct silt_bytes line)
{
	size_t len = 0;
	while (len < line.len && (silt_is_letter(line.ptr[len]) || line.ptr[len] == '_')) {
		len++;
	}
	struct silt_bytes rest = silt_bytes_trim(silt_bytes_slice(line, len, line.len));
	return len > 0 && rest.len > 0 && rest.ptr[0] == '=';
}

enum { TIME_FIELDS = 5 };

/* Cuts the time, "@daily" or five fields, and the user off the line. False if nothing is left. */
static bool take_times(struct silt_bytes *line, bool user)
{
	struct silt_bytes word;
	size_t fields = line->ptr[0] == '@' ? 1 : TIME_FIELDS;
	fields += user;
	for (size_t i = 0; i < fields; i++) {
		if (!silt_fact_word(line, &word)) {
			return false;
		}
	}
	*line = silt_bytes_trim(*line);
	/* What follows a % is the input of the command. */
	*line = silt_bytes_slice(*line, 0, silt_bytes_find_byte(*line, '%'));
	return line->len > 0;
}

/* The program of a command; of a shell, the script that it runs. */
static struct silt_bytes program_of(const struct silt_shell_command *command)
{
	size_t at = silt_shell_inner_program(command, command->program);
	if (silt_is_shell_name(silt_shell_name(command, at)) && at + 1 < command->count) {
		struct silt_bytes script = command->words[at + 1].text;
		at += script.len > 0 && script.ptr[0] == '/';
	}
	return at < command->count ? command->words[at].text : silt_bytes(NULL, 0);
}

static enum silt_status read_command(struct silt_shell *shell, struct silt_bytes command, uint32_t line,
				     const struct silt_fact_listener *listener)
{
	enum silt_status status = SILT_OK;
	silt_shell_begin(shell, command);
	while (status == SILT_OK && silt_shell_next(shell)) {
		struct silt_bytes program = program_of(&shell->command);
		if (program.len > 0 && program.ptr[0] == '/') {
			status = silt_fact_tell(listener, SILT_FACT_CRON_PROGRAM, line, program);
		}
	}
	return status;
}

static enum silt_status read(struct silt_bytes path, struct silt_bytes body, silt_fact_fn *fn, void *ctx,
			     struct silt_error *err)
{
	struct silt_fact_listener listener = {fn, ctx, err};
	struct silt_fact_lines lines = {.rest = body};
	struct silt_bytes line;
	struct silt_shell shell;
	struct silt_fact_file file = silt_fact_file_at(path);
	bool user = silt_fact_is_at(&file, with_user, SILT_COUNT(with_user));
	enum silt_status status = SILT_OK;
	while (status == SILT_OK && silt_fact_line(&lines, &line)) {
		if (!is_setting(line) && take_times(&line, user)) {
			status = read_command(&shell, line, lines.number, &listener);
		}
	}
	return status;
}

const struct silt_fact_reader silt_facts_of_cron = {.wants = wants, .read = read};
