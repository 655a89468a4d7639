/* One screen of help for each command. */
#include "cli/help.h"

#include "cli/message.h"
#include "cli/wrap.h"
#include "silt/report.h"

#include <string.h>

/* Where the explanations of options, commands and examples begin. */
enum { COLUMN = 29 };

static void write_option(FILE *out, const struct cli_option *option)
{
	char left[64];
	const char letter[] = {'-', option->letter, ',', '\0'};
	(void)snprintf(left, sizeof(left), "%3s --%s %s", option->letter != 0 ? letter : "", option->name,
		       option->argument != NULL ? option->argument : "");
	fprintf(out, "  %-*s%s", COLUMN - 2, left, option->help);
	if (option->fallback != NULL) {
		fprintf(out, " (default: %s)", option->fallback);
	}
	fputc('\n', out);
}

static bool belongs(const struct cli_option *option, enum cli_scope scope, bool rare)
{
	return (option->scope & (unsigned)scope) != 0 && option->rare == rare;
}

/* Those that few people need share the last lines. */
static void write_rare_options(FILE *out, enum cli_scope scope)
{
	char names[512] = "";
	size_t used = 0;
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		if (belongs(&cli_options[id], scope, true)) {
			used += (size_t)snprintf(names + used, sizeof(names) - used, "%s --%s",
						 used > 0 ? "," : "  See the manual for", cli_options[id].name);
		}
	}
	if (used > 0) {
		cli_wrap(out, names, 0, 0, CLI_HELP_COLUMNS);
	}
}

static void write_options(FILE *out, enum cli_scope scope)
{
	fputs("\nOptions:\n", out);
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		if (belongs(&cli_options[id], scope, false)) {
			write_option(out, &cli_options[id]);
		}
	}
	write_rare_options(out, scope);
}

static void write_formats(FILE *out)
{
	char names[512] = "Formats:";
	size_t used = strlen(names);
	for (int i = 0; silt_format_name((enum silt_format)i) != NULL; i++) {
		used += (size_t)snprintf(names + used, sizeof(names) - used, "%s %s", i > 0 ? "," : "",
					 silt_format_name((enum silt_format)i));
	}
	cli_wrap(out, names, 0, 0, CLI_HELP_COLUMNS);
}

static void write_commands(FILE *out)
{
	fputs("\nCommands:\n", out);
	for (size_t i = 0; i < cli_command_count; i++) {
		if (!cli_commands[i].rare) {
			fprintf(out, "  %-*s%s\n", COLUMN - 2, cli_commands[i].name, cli_commands[i].summary);
		}
	}
	char more[512] = "More (silt help):";
	size_t used = strlen(more);
	for (size_t i = 0, told = 0; i < cli_command_count; i++) {
		if (cli_commands[i].rare) {
			used += (size_t)snprintf(more + used, sizeof(more) - used, "%s %s", told++ > 0 ? "," : "",
						 cli_commands[i].name);
		}
	}
	cli_wrap(out, more, 0, 0, CLI_HELP_COLUMNS);
}

static void write_examples(FILE *out, const struct cli_command *command)
{
	fputs("\nExamples:\n", out);
	size_t widest = 0;
	for (size_t i = 0; i < CLI_EXAMPLES; i++) {
		const size_t len = strlen(command->examples[i].line);
		widest = len > widest ? len : widest;
	}
	for (size_t i = 0; i < CLI_EXAMPLES; i++) {
		fprintf(out, "  %-*s  %s\n", (int)widest, command->examples[i].line, command->examples[i].purpose);
	}
}

static void write_exit_statuses(FILE *out)
{
	fputs("Exit:", out);
	for (size_t i = 0; i < cli_exit_row_count; i++) {
		fprintf(out, "%s %d %s", i > 0 ? "," : "", (int)cli_exit_rows[i].status, cli_exit_rows[i].word);
	}
	fputc('\n', out);
}

void cli_help_write(FILE *out, const struct cli_command *command)
{
	const bool program = command == &cli_program;
	fprintf(out, "Usage: %s%s %s\n\n", program ? "" : "silt ", command->name, command->operands);
	cli_wrap(out, command->description, 0, 0, CLI_HELP_COLUMNS);
	if (program) {
		write_commands(out);
	}
	write_options(out, command->scope);
	if (command->scope == CLI_SCOPE_SCAN || command->scope == CLI_SCOPE_CONVERT) {
		write_formats(out);
	}
	write_examples(out, command);
	if (command->scope == CLI_SCOPE_SCAN || command->scope == CLI_SCOPE_GATE) {
		write_exit_statuses(out);
	}
}

/* What to show help for; NULL if `err` says why there is nothing. */
static const struct cli_command *find_topic(const struct cli_arguments *arguments, struct silt_error *err)
{
	if (arguments->operand_count == 0) {
		return &cli_program;
	}
	if (arguments->operand_count > 1) {
		(void)cli_fail(err, SILT_ERR_USAGE, "help is for one command at a time.");
		return NULL;
	}
	const char *name = arguments->operands[0];
	const struct cli_command *command = cli_command_find(name);
	if (command == NULL) {
		(void)cli_command_unknown(name, err);
	}
	return command;
}

enum cli_exit cli_help(const struct cli_arguments *arguments)
{
	struct silt_error err = {0};
	const struct cli_command *command = find_topic(arguments, &err);
	if (command == NULL) {
		cli_say("%s", err.text);
		return CLI_EXIT_USAGE;
	}
	cli_help_write(stdout, command);
	return CLI_EXIT_CLEAN;
}
