/* Help screens. */
#include "cli/help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The screen of one command as text; freed by the caller. */
static char *screen_of(const struct cli_command *command)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	assert_non_null(out);
	cli_help_write(out, command);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void fits_a_screen(const struct cli_command *command)
{
	char *text = screen_of(command);
	size_t lines = 0;
	for (const char *line = text; *line != '\0'; lines++) {
		const size_t len = strcspn(line, "\n");
		assert_in_range(len, 0, CLI_HELP_COLUMNS - 1);
		assert_int_equal(line[len], '\n');
		line += len + 1;
	}
	assert_in_range(lines, 1, CLI_HELP_LINES - 1); /* one line is left for the prompt */
	free(text);
}

static void every_screen_fits_80_by_24(void **state)
{
	(void)state;
	fits_a_screen(&cli_program);
	for (size_t i = 0; i < cli_command_count; i++) {
		fits_a_screen(&cli_commands[i]);
	}
}

static void a_screen_shows_all_options_and_examples_of_its_command(void **state)
{
	(void)state;
	for (size_t i = 0; i < cli_command_count; i++) {
		const struct cli_command *command = &cli_commands[i];
		char *text = screen_of(command);
		for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
			char name[64];
			(void)snprintf(name, sizeof(name), "--%s", cli_options[id].name);
			bool belongs = false; /* one of those that have the name */
			for (size_t k = 0; k < CLI_OPTION_COUNT; k++) {
				belongs = belongs || (strcmp(cli_options[k].name, cli_options[id].name) == 0 &&
						      (cli_options[k].scope & (unsigned)command->scope) != 0);
			}
			const char *found = strstr(text, name);
			while (found != NULL && strchr(" ,\n", found[strlen(name)]) == NULL) {
				found = strstr(found + 1, name); /* --name of --names */
			}
			assert_int_equal(found != NULL, belongs);
		}
		for (size_t k = 0; k < CLI_EXAMPLES; k++) {
			assert_non_null(command->examples[k].line);
			assert_non_null(command->examples[k].purpose);
			assert_non_null(strstr(text, command->examples[k].line));
		}
		free(text);
	}
}

static void commands_are_found_by_their_whole_name(void **state)
{
	(void)state;
	assert_string_equal(cli_command_find("scan")->name, "scan");
	assert_null(cli_command_find("sca"));
	assert_null(cli_command_find(""));
}

static void an_unknown_command_is_told_in_one_sentence(void **state)
{
	(void)state;
	struct silt_error near = {0};
	assert_int_equal(cli_command_unknown("scna", &near), SILT_ERR_USAGE);
	assert_string_equal(near.text, "unknown command 'scna': did you mean 'scan'?");
	struct silt_error far = {0};
	assert_int_equal(cli_command_unknown("x.tar", &far), SILT_ERR_USAGE);
	assert_string_equal(far.text, "unknown command 'x.tar': silt --help lists the commands.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_screen_fits_80_by_24),
		cmocka_unit_test(a_screen_shows_all_options_and_examples_of_its_command),
		cmocka_unit_test(commands_are_found_by_their_whole_name),
		cmocka_unit_test(an_unknown_command_is_told_in_one_sentence),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
