/* "Did you mean". */
#include "cli/suggest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void each_kind_of_slip_counts_once(void **state)
{
	(void)state;
	assert_int_equal(cli_typing_slips("scan", "scan"), 0);
	assert_int_equal(cli_typing_slips("sca", "scan"), 1);
	assert_int_equal(cli_typing_slips("sscan", "scan"), 1);
	assert_int_equal(cli_typing_slips("scun", "scan"), 1);
	assert_int_equal(cli_typing_slips("sacn", "scan"), 1);
	assert_int_equal(cli_typing_slips("", "scan"), 4);
	assert_int_equal(cli_typing_slips("fromta", "format"), 2);
}

static void words_too_long_to_be_ours_are_infinitely_far(void **state)
{
	(void)state;
	const char *word = "a-word-that-is-longer-than-any-option-or-command";
	assert_true(cli_typing_slips(word, "scan") == SIZE_MAX);
	assert_true(cli_typing_slips("scan", word) == SIZE_MAX);
}

static void the_nearest_word_is_suggested(void **state)
{
	(void)state;
	struct cli_suggestion suggestion = cli_suggestion("platfrom");
	cli_suggestion_offer(&suggestion, "format");
	cli_suggestion_offer(&suggestion, "platform");
	cli_suggestion_offer(&suggestion, "name");
	assert_string_equal(suggestion.best, "platform");
}

static void a_word_that_shares_nothing_is_not_suggested(void **state)
{
	(void)state;
	struct cli_suggestion suggestion = cli_suggestion("verbose");
	cli_suggestion_offer(&suggestion, "image");
	cli_suggestion_offer(&suggestion, "quiet");
	assert_null(suggestion.best);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_of_slip_counts_once),
		cmocka_unit_test(words_too_long_to_be_ours_are_infinitely_far),
		cmocka_unit_test(the_nearest_word_is_suggested),
		cmocka_unit_test(a_word_that_shares_nothing_is_not_suggested),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
