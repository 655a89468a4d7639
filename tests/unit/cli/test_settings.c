/* Settings: what the option table promises of them, their names and their values. */
#include "cli/commands.h"
#include "cli/settings.h"
#include "cli/settings_keys.h"
#include "cli/settings_values.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- The table ------------------------------------------------------------------------------------------------------- */

static void what_opens_or_aims_is_for_the_command_line_only(void **state)
{
	(void)state;
	const enum cli_option_id ids[] = {CLI_OPTION_IMAGE,        CLI_OPTION_NAME,     CLI_OPTION_REPORT,
					  CLI_OPTION_SHOW_SECRETS, CLI_OPTION_MAX_SIZE, CLI_OPTION_TRUST_DIGESTS,
					  CLI_OPTION_NO_SANDBOX,   CLI_OPTION_HELP,     CLI_OPTION_VERSION};
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		assert_int_equal(cli_options[ids[i]].setting, CLI_SETTING_NEVER);
	}
}

static void what_names_a_file_is_marked(void **state)
{
	(void)state;
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		const struct cli_option *option = &cli_options[id];
		const bool set = option->setting >= CLI_SETTING_TRUSTED && option->argument != NULL;
		const bool names = set &&
				   (strstr(option->argument, "FILE") != NULL ||
				    strstr(option->argument, "BASE") != NULL || strcmp(option->argument, "DIR") == 0);
		if (names != (option->file != CLI_FILE_NONE)) {
			fail_msg("--%s: is its argument the name of a file?", option->name);
		}
	}
}

static void commands_with_settings_have_config(void **state)
{
	(void)state;
	for (size_t i = 0; i < cli_command_count; i++) {
		const unsigned scope = cli_commands[i].scope;
		bool reached = scope == CLI_SCOPE_CONFIG;
		for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
			reached = reached || cli_settings_reach(&cli_options[id], scope);
		}
		if (reached != ((cli_options[CLI_OPTION_CONFIG].scope & scope) != 0)) {
			fail_msg("silt %s: has --config or settings, but not both", cli_commands[i].name);
		}
	}
}

static void settings_are_for_commands_that_have_the_option(void **state)
{
	(void)state;
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		assert_int_equal(cli_options[id].set_in & ~cli_options[id].scope, 0);
	}
}

/* ---- Names ----------------------------------------------------------------------------------------------------------- */

static void variables_are_called_like_options(void **state)
{
	(void)state;
	assert_string_equal(cli_variable_of(&cli_options[CLI_OPTION_FAIL_ON]).text, "SILT_FAIL_ON");
	assert_string_equal(cli_variable_of(&cli_options[CLI_OPTION_NO_DEFAULT_RULES]).text, "SILT_NO_DEFAULT_RULES");
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		const struct cli_variable variable = cli_variable_of(&cli_options[id]);
		assert_int_equal(strlen(variable.text), strlen("SILT_") + strlen(cli_options[id].name));
	}
}

static void an_empty_variable_is_not_set(void **state)
{
	(void)state;
	const struct cli_option *option = &cli_options[CLI_OPTION_FAIL_ON];
	assert_int_equal(unsetenv("SILT_FAIL_ON"), 0);
	assert_null(cli_variable_value(option));
	assert_int_equal(setenv("SILT_FAIL_ON", "", 1), 0);
	assert_null(cli_variable_value(option));
	assert_int_equal(setenv("SILT_FAIL_ON", "low", 1), 0);
	assert_string_equal(cli_variable_value(option), "low");
	assert_int_equal(unsetenv("SILT_FAIL_ON"), 0);
}

/* ---- Values ---------------------------------------------------------------------------------------------------------- */

static void flags_are_words_of_yes_and_no(void **state)
{
	(void)state;
	const char *const yes[] = {"true", "True", "TRUE", "yes", "1"};
	const char *const no[] = {"false", "FALSE", "no", "No", "0"};
	const char *const neither[] = {"", "on", "2", "tRUE", "true ", "yes, no", "y"};
	bool on = false;
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
		assert_true(cli_setting_flag(yes[i], &on) && on);
	}
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++) {
		assert_true(cli_setting_flag(no[i], &on) && !on);
	}
	for (size_t i = 0; i < sizeof(neither) / sizeof(neither[0]); i++) {
		assert_false(cli_setting_flag(neither[i], &on));
	}
}

static void becomes(const char *path, enum cli_option_id id, const char *text, const char *want)
{
	struct cli_settings_file file = {0};
	struct silt_error err = {0};
	char *argument = NULL;
	(void)snprintf(file.path, sizeof(file.path), "%s", path);
	assert_int_equal(cli_setting_argument(&file, &cli_options[id], text, &argument, &err), SILT_OK);
	assert_string_equal(argument, want);
	free(argument);
}

static void files_are_named_as_seen_from_the_settings(void **state)
{
	(void)state;
	becomes("/etc/silt/config.yaml", CLI_OPTION_CACHE, "cache", "/etc/silt/cache");
	becomes("/etc/silt/config.yaml", CLI_OPTION_CACHE, "/var/cache", "/var/cache");
	becomes("my.yaml", CLI_OPTION_CACHE, "cache", "cache");
	becomes("../my.yaml", CLI_OPTION_IGNOREFILE, "-", "../-");
	becomes("a/b.yaml", CLI_OPTION_POLICY, "strict", "strict");
	becomes("a/b.yaml", CLI_OPTION_POLICY, "./strict", "a/./strict");
	becomes("a/b.yaml", CLI_OPTION_POLICY, "strcit", "a/strcit");
	becomes("a/b.yaml", CLI_OPTION_BASE, "base.tar", "a/base.tar");
	becomes("a/b.yaml", CLI_OPTION_BASE, "sha256:12,sha256:34", "sha256:12,sha256:34");
	becomes("a/b.yaml", CLI_OPTION_OUTPUT, "json", "json");
	becomes("a/b.yaml", CLI_OPTION_OUTPUT, "json=-", "json=-");
	becomes("a/b.yaml", CLI_OPTION_OUTPUT, "json=c=d", "json=a/c=d");
	becomes("a/b.yaml", CLI_OPTION_OUTPUT, "json=", "json=");
	becomes("a/b.yaml", CLI_OPTION_OUTPUT, "json=/c", "json=/c");
	becomes("a/b.yaml", CLI_OPTION_SKIP, "user", "user");
	becomes("a/b.yaml", CLI_OPTION_POLICY, "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_opens_or_aims_is_for_the_command_line_only),
		cmocka_unit_test(what_names_a_file_is_marked),
		cmocka_unit_test(commands_with_settings_have_config),
		cmocka_unit_test(settings_are_for_commands_that_have_the_option),
		cmocka_unit_test(variables_are_called_like_options),
		cmocka_unit_test(an_empty_variable_is_not_set),
		cmocka_unit_test(flags_are_words_of_yes_and_no),
		cmocka_unit_test(files_are_named_as_seen_from_the_settings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
