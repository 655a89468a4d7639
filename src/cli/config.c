/* `silt config show`: every setting, its value and where that comes from. */
#include "cli/config.h"

#include "cli/actions.h"
#include "cli/commands.h"
#include "cli/message.h"
#include "cli/settings.h"
#include "cli/settings_keys.h"

#include <stdio.h>
#include <string.h>

enum { NAME_WIDTH = 16, VALUE_WIDTH = 24 };

/* ---- Files ------------------------------------------------------------------------------------------------------------ */

static void show_files(const struct cli_settings_file *file)
{
	printf("file: %s\n", file->path[0] != '\0' ? cli_printable(file->path).text : "none");
	for (size_t i = 0; file->local && i < cli_command_count; i++) {
		if (cli_commands[i].wary) {
			printf("not read by: silt %s\n", cli_commands[i].name);
		}
	}
	for (size_t i = 0; i < file->place_count; i++) {
		printf("%s%s", i > 0 ? ", then " : "looked for: ", cli_printable(file->places[i]).text);
	}
	printf("%s\n", file->place_count > 0 ? "\n" : "");
}

/* ---- Settings --------------------------------------------------------------------------------------------------------- */

static void show_source(const struct cli_settings *settings, enum cli_option_id id)
{
	switch (settings->sources[id]) {
	case CLI_SOURCE_DEFAULT:
	case CLI_SOURCE_FLAG: /* it has none of these options */
		printf("default\n");
		return;
	case CLI_SOURCE_FILE:
		printf("%s:%u\n", cli_printable(settings->file.path).text, settings->lines[id]);
		return;
	case CLI_SOURCE_VARIABLE:
		printf("%s\n", cli_variable_of(&cli_options[id]).text);
		return;
	}
}

static void show_row(const struct cli_settings *settings, enum cli_option_id id, const char *value)
{
	printf("%-*s  %-*s  ", NAME_WIDTH, cli_options[id].name, VALUE_WIDTH,
	       value != NULL ? cli_printable(value).text : "-");
	show_source(settings, id);
}

/* A row for each argument of an option that may be given several times. */
static void show_setting(const struct cli_settings *settings, const struct cli_arguments *arguments,
			 enum cli_option_id id)
{
	const char *values[CLI_REPEATED_MAX];
	const size_t count = cli_repeated_values(arguments, id, values);
	if (cli_options[id].argument == NULL) {
		show_row(settings, id, arguments->given[id] ? "true" : "false");
	} else if (count == 0) {
		show_row(settings, id, arguments->values[id]);
	}
	for (size_t i = 0; i < count; i++) {
		show_row(settings, id, values[i]);
	}
}

static enum silt_status show(const struct cli_arguments *given, struct silt_error *err)
{
	const struct cli_settings_request request = {.scopes = ~0U};
	struct cli_settings settings = {0};
	struct cli_arguments arguments = *given;
	const enum silt_status status = cli_settings_apply(&request, &arguments, &settings, err);
	if (status == SILT_OK) {
		show_files(&settings.file);
		printf("%-*s  %-*s  %s\n", NAME_WIDTH, "SETTING", VALUE_WIDTH, "VALUE", "FROM");
	}
	for (size_t id = 0; id < CLI_OPTION_COUNT && status == SILT_OK; id++) {
		if (cli_settings_reach(&cli_options[id], request.scopes)) {
			show_setting(&settings, &arguments, (enum cli_option_id)id);
		}
	}
	cli_settings_done(&settings);
	return status;
}

enum cli_exit cli_config(const struct cli_arguments *arguments)
{
	struct silt_error err = {0};
	const char *action = arguments->operand_count > 0 ? arguments->operands[0] : "";
	enum silt_status status = SILT_OK;
	if (strcmp(action, "show") != 0) {
		status = cli_action_unknown("config", arguments, &err);
	} else if (arguments->operand_count > 1) {
		status = cli_fail(&err, SILT_ERR_USAGE, "config show takes no name: it shows all settings.");
	} else {
		status = show(arguments, &err);
	}
	if (status != SILT_OK) {
		cli_say("%s", err.text);
	}
	return cli_exit_of_status(status);
}
