/* Words of the command line in messages, and errors. */
#include "cli/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void printable_words_stay_as_they_are(void **state)
{
	(void)state;
	assert_string_equal(cli_printable("images/app v1.tar").text, "images/app v1.tar");
	assert_string_equal(cli_printable("").text, "");
}

static void control_and_high_bytes_become_escapes(void **state)
{
	(void)state;
	assert_string_equal(cli_printable("a\x1b[31m\n\x7f\xc2\x9b").text, "a\\x1b[31m\\x0a\\x7f\\xc2\\x9b");
	assert_string_equal(cli_printable("a\\x1b").text, "a\\\\x1b");
}

static void long_words_are_cut_with_a_mark(void **state)
{
	(void)state;
	for (size_t lead = 0; lead < 8; lead++) {
		char word[1000];
		memset(word, 'x', lead);
		memset(word + lead, 0x1b, sizeof(word) - lead);
		word[sizeof(word) - 1] = '\0';
		const struct cli_printable out = cli_printable(word);
		const size_t len = strnlen(out.text, sizeof(out.text));
		assert_in_range(len, sizeof(out.text) - 12, sizeof(out.text) - 1);
		assert_string_equal(out.text + len - 7, "\\x1b...");
	}
}

static void a_word_that_just_fits_is_not_cut(void **state)
{
	(void)state;
	char word[CLI_PRINTABLE_MAX - 8 + 1];
	memset(word, 'x', sizeof(word));
	word[sizeof(word) - 1] = '\0';
	assert_string_equal(cli_printable(word).text, word);
}

static void a_long_error_is_cut_at_a_blank(void **state)
{
	(void)state;
	char words[2 * SILT_ERROR_TEXT_MAX];
	for (size_t lead = 0; lead < 8; lead++) {
		memset(words, 'x', lead);
		for (size_t i = lead; i < sizeof(words); i++) {
			words[i] = "\xc3\xa9\\x1b "[(i - lead) % 7];
		}
		words[sizeof(words) - 1] = '\0';
		struct silt_error err = {0};
		(void)cli_fail(&err, SILT_ERR_IO, "%s", words);
		const size_t len = strlen(err.text);
		assert_in_range(len, sizeof(err.text) - 12, sizeof(err.text) - 1);
		assert_string_equal(err.text + len - 9, "\xc3\xa9\\x1b...");
	}
}

static void the_first_error_wins(void **state)
{
	(void)state;
	struct silt_error err = {0};
	assert_int_equal(cli_fail(&err, SILT_ERR_USAGE, "first %d", 1), SILT_ERR_USAGE);
	assert_int_equal(cli_fail(&err, SILT_ERR_IO, "second"), SILT_ERR_IO);
	assert_int_equal(err.status, SILT_ERR_USAGE);
	assert_string_equal(err.text, "first 1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(printable_words_stay_as_they_are),
		cmocka_unit_test(control_and_high_bytes_become_escapes),
		cmocka_unit_test(long_words_are_cut_with_a_mark),
		cmocka_unit_test(a_word_that_just_fits_is_not_cut),
		cmocka_unit_test(a_long_error_is_cut_at_a_blank),
		cmocka_unit_test(the_first_error_wins),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
