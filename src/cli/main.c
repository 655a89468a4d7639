/* The silt program: picks the command and hands over. */
#include "cli/commands.h"
#include "cli/complete.h"
#include "cli/docker_plugin.h"
#include "cli/guard.h"
#include "cli/help.h"
#include "cli/message.h"
#include "cli/settings.h"
#include "silt/silt.h"

#include <string.h>

static enum cli_exit usage_error(const struct silt_error *err)
{
	cli_say("%s", err->text);
	return CLI_EXIT_USAGE;
}

/* `silt` with options only: --help, --version, or something that is not known. */
static enum cli_exit run_program(int argc, char **argv)
{
	struct silt_error err = {0};
	struct cli_arguments arguments;
	if (cli_parse(CLI_SCOPE_PROGRAM, argc, argv, &arguments, &err) != SILT_OK) {
		return usage_error(&err);
	}
	if (arguments.given[CLI_OPTION_VERSION]) {
		(void)printf("silt %s\n", silt_version());
		return CLI_EXIT_CLEAN;
	}
	const bool asked = arguments.given[CLI_OPTION_HELP];
	cli_help_write(asked ? stdout : stderr, &cli_program);
	return asked ? CLI_EXIT_CLEAN : CLI_EXIT_USAGE;
}

static enum cli_exit run_set(const struct cli_command *command, const struct cli_arguments *arguments,
			     const struct cli_settings *settings)
{
	cli_settings_tell(settings);
	const enum cli_exit exit = command->run(arguments);
	if (exit == CLI_EXIT_USAGE) {
		cli_settings_blame(settings);
	}
	return exit;
}

static enum cli_exit run_with_settings(const struct cli_command *command, struct cli_arguments *arguments)
{
	struct silt_error err = {0};
	struct cli_settings settings = {0};
	const struct cli_settings_request request = {.scopes = command->scope, .wary = command->wary};
	const enum silt_status status = cli_settings_apply(&request, arguments, &settings, &err);
	if (status != SILT_OK) {
		cli_say("%s", err.text);
	}
	const enum cli_exit exit = status == SILT_OK ? run_set(command, arguments, &settings)
						     : cli_exit_of_status(status);
	cli_settings_done(&settings);
	return exit;
}

static enum cli_exit run_command(const struct cli_command *command, int argc, char **argv)
{
	struct silt_error err = {0};
	struct cli_arguments arguments;
	if (cli_parse(command->scope, argc, argv, &arguments, &err) != SILT_OK) {
		return usage_error(&err);
	}
	if (arguments.given[CLI_OPTION_HELP]) {
		cli_help_write(stdout, command);
		return CLI_EXIT_CLEAN;
	}
	return run_with_settings(command, &arguments);
}

static enum cli_exit dispatch(int argc, char **argv)
{
	if (cli_docker_plugin_is_called(argc, argv)) {
		if (cli_docker_plugin_is_asked(argc, argv)) {
			cli_docker_plugin_answer(stdout);
			return CLI_EXIT_CLEAN;
		}
		cli_docker_plugin_unwrap(&argc, &argv);
	}
	if (argc > 1 && strcmp(argv[1], CLI_COMPLETE_WORD) == 0) {
		return cli_complete(argc - 2, argv + 2);
	}
	if (argc < 2 || argv[1][0] == '-') {
		return run_program(argc, argv);
	}
	const struct cli_command *command = cli_command_find(argv[1]);
	if (command == NULL) {
		struct silt_error err = {0};
		(void)cli_command_unknown(argv[1], &err);
		return usage_error(&err);
	}
	return run_command(command, argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
	if (cli_guard_start() != SILT_OK) {
		return cli_guard_leave(CLI_EXIT_SYSTEM);
	}
	return cli_guard_leave(dispatch(argc, argv));
}
