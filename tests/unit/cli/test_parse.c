/* Command lines taken apart by the option table. */
#include "cli/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { WORDS_MAX = 12 };

/* Parses "scan" and the words up to NULL. The words must outlive `out`. */
static enum silt_status parse(const char *const *words, struct cli_arguments *out, struct silt_error *err)
{
	/* getopt_long puts the operands last by moving the pointers, so argv lives as long as `out` does. */
	static char *argv[WORDS_MAX];
	static char name[] = "scan";
	int argc = 0;
	argv[argc++] = name;
	while (*words != NULL) {
		assert_true(argc < WORDS_MAX - 1);
		memcpy(&argv[argc++], words++, sizeof(char *));
	}
	argv[argc] = NULL;
	*err = (struct silt_error){0};
	return cli_parse(CLI_SCOPE_SCAN, argc, argv, out, err);
}

#define PARSE(out, err, ...) parse((const char *const[]){__VA_ARGS__, NULL}, out, err)

static void refused_with(const char *const *words, const char *text)
{
	struct cli_arguments arguments;
	struct silt_error err;
	assert_int_equal(parse(words, &arguments, &err), SILT_ERR_USAGE);
	assert_int_equal(err.status, SILT_ERR_USAGE);
	assert_string_equal(err.text, text);
}

#define REFUSED(text, ...) refused_with((const char *const[]){__VA_ARGS__, NULL}, text)

static void options_not_given_have_their_defaults(void **state)
{
	(void)state;
	struct cli_arguments arguments;
	struct silt_error err;
	assert_int_equal(PARSE(&arguments, &err, "app.tar"), SILT_OK);
	assert_string_equal(arguments.values[CLI_OPTION_COLOR], "auto");
	assert_string_equal(arguments.values[CLI_OPTION_FAIL_ON], "high");
	assert_null(arguments.values[CLI_OPTION_IMAGE]);
	assert_false(arguments.given[CLI_OPTION_FAIL_ON]);
	assert_false(arguments.given[CLI_OPTION_QUIET]);
}

static void options_and_operands_may_be_mixed(void **state)
{
	(void)state;
	struct cli_arguments arguments;
	struct silt_error err;
	assert_int_equal(PARSE(&arguments, &err, "a.tar", "-o", "json", "-", "--fail-on=low", "-q", "b.tar"), SILT_OK);
	assert_string_equal(arguments.values[CLI_OPTION_OUTPUT], "json");
	assert_string_equal(arguments.values[CLI_OPTION_FAIL_ON], "low");
	assert_true(arguments.given[CLI_OPTION_QUIET]);
	assert_int_equal(arguments.operand_count, 3);
	assert_string_equal(arguments.operands[0], "a.tar");
	assert_string_equal(arguments.operands[1], "-");
	assert_string_equal(arguments.operands[2], "b.tar");
}

static void the_last_of_a_repeated_option_counts(void **state)
{
	(void)state;
	struct cli_arguments arguments;
	struct silt_error err;
	assert_int_equal(PARSE(&arguments, &err, "--color", "never", "--color=always", "-"), SILT_OK);
	assert_string_equal(arguments.values[CLI_OPTION_COLOR], "always");
}

static void two_dashes_end_the_options(void **state)
{
	(void)state;
	struct cli_arguments arguments;
	struct silt_error err;
	assert_int_equal(PARSE(&arguments, &err, "-q", "--", "--color"), SILT_OK);
	assert_int_equal(arguments.operand_count, 1);
	assert_string_equal(arguments.operands[0], "--color");
}

static void a_mistyped_option_is_suggested(void **state)
{
	(void)state;
	REFUSED("unknown option --otuput: did you mean --output?", "--otuput", "json");
	REFUSED("unknown option --imgae: did you mean --image?", "--imgae=x");
}

static void an_unknown_option_points_to_the_help(void **state)
{
	(void)state;
	REFUSED("unknown option --sbom: --help lists the options.", "--sbom");
	REFUSED("unknown option -Z: --help lists the options.", "-qZ");
	REFUSED("unknown option --a\\x1bb: --help lists the options.", "--a\x1b"
								       "b");
}

static void an_option_of_another_command_is_unknown(void **state)
{
	(void)state;
	REFUSED("unknown option --version: --help lists the options.", "--version");
}

static void a_missing_argument_is_named(void **state)
{
	(void)state;
	REFUSED("--output needs a FORMAT[=FILE] after it.", "-o");
	REFUSED("--rules needs a FILE after it.", "--rules");
	REFUSED("--platform needs an OS/ARCH after it.", "--platform");
}

static void an_empty_argument_is_refused(void **state)
{
	(void)state;
	REFUSED("--image needs a REF|DIGEST that is not empty.", "--image=");
	REFUSED("--name needs a NAME that is not empty.", "--name", "");
	REFUSED("--platform needs an OS/ARCH that is not empty.", "--platform=");
}

static void an_argument_for_a_flag_is_refused(void **state)
{
	(void)state;
	REFUSED("--quiet takes no argument.", "--quiet=yes");
}

static void a_word_that_is_no_choice_is_refused_with_the_choices(void **state)
{
	(void)state;
	REFUSED("--fail-on does not know 'hig': choose one of critical, high, medium, low, info.", "--fail-on", "hig");
	REFUSED("--color does not know 'a\\x0ab': choose one of auto, always, never.", "--color", "a\nb");
}

static void a_choice_is_a_whole_word(void **state)
{
	(void)state;
	assert_true(cli_is_choice("auto, always, never", "auto"));
	assert_true(cli_is_choice("auto, always, never", "never"));
	assert_false(cli_is_choice("auto, always, never", "aut"));
	assert_false(cli_is_choice("auto, always, never", "autos"));
	assert_false(cli_is_choice("auto, always, never", "auto, always"));
	assert_false(cli_is_choice("auto, always, never", ""));
}

static void every_default_is_one_of_its_choices(void **state)
{
	(void)state;
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		if (cli_options[id].choices != NULL) {
			assert_true(cli_is_choice(cli_options[id].choices, cli_options[id].fallback));
		}
	}
}

static void no_two_options_of_a_command_share_a_name_or_letter(void **state)
{
	(void)state;
	for (size_t i = 0; i < CLI_OPTION_COUNT; i++) {
		for (size_t k = i + 1; k < CLI_OPTION_COUNT; k++) {
			if ((cli_options[i].scope & cli_options[k].scope) == 0) {
				continue;
			}
			assert_string_not_equal(cli_options[i].name, cli_options[k].name);
			assert_true(cli_options[i].letter == 0 || cli_options[i].letter != cli_options[k].letter);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_not_given_have_their_defaults),
		cmocka_unit_test(options_and_operands_may_be_mixed),
		cmocka_unit_test(the_last_of_a_repeated_option_counts),
		cmocka_unit_test(two_dashes_end_the_options),
		cmocka_unit_test(a_mistyped_option_is_suggested),
		cmocka_unit_test(an_unknown_option_points_to_the_help),
		cmocka_unit_test(an_option_of_another_command_is_unknown),
		cmocka_unit_test(a_missing_argument_is_named),
		cmocka_unit_test(an_empty_argument_is_refused),
		cmocka_unit_test(an_argument_for_a_flag_is_refused),
		cmocka_unit_test(a_word_that_is_no_choice_is_refused_with_the_choices),
		cmocka_unit_test(a_choice_is_a_whole_word),
		cmocka_unit_test(every_default_is_one_of_its_choices),
		cmocka_unit_test(no_two_options_of_a_command_share_a_name_or_letter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
