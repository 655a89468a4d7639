/* The table of exit statuses. */
#include "cli/exit_status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void statuses_and_ranks_are_distinct(void **state)
{
	(void)state;
	for (size_t i = 0; i < cli_exit_row_count; i++) {
		assert_in_range(cli_exit_rows[i].rank, 0, cli_exit_row_count - 1);
		for (size_t k = i + 1; k < cli_exit_row_count; k++) {
			assert_true(cli_exit_rows[i].status < cli_exit_rows[k].status);
			assert_int_not_equal(cli_exit_rows[i].rank, cli_exit_rows[k].rank);
		}
	}
}

static void the_worst_of_several_inputs_wins(void **state)
{
	(void)state;
	static const enum cli_exit worst_first[] = {CLI_EXIT_BUG,      CLI_EXIT_SYSTEM,     CLI_EXIT_USAGE,
						    CLI_EXIT_UNPROVEN, CLI_EXIT_INCOMPLETE, CLI_EXIT_FINDINGS,
						    CLI_EXIT_CLEAN};
	const size_t count = sizeof(worst_first) / sizeof(worst_first[0]);
	assert_int_equal(count, cli_exit_row_count);
	for (size_t i = 0; i < count; i++) {
		for (size_t k = i; k < count; k++) {
			assert_int_equal(cli_exit_worse(worst_first[i], worst_first[k]), worst_first[i]);
			assert_int_equal(cli_exit_worse(worst_first[k], worst_first[i]), worst_first[i]);
		}
	}
}

static void each_status_of_the_library_has_its_number(void **state)
{
	(void)state;
	assert_int_equal(cli_exit_of_status(SILT_OK), 0);
	assert_int_equal(cli_exit_of_status(SILT_ERR_USAGE), 2);
	assert_int_equal(cli_exit_of_status(SILT_ERR_INPUT), 3);
	assert_int_equal(cli_exit_of_status(SILT_ERR_IO), 4);
	assert_int_equal(cli_exit_of_status(SILT_ERR_MEMORY), 4);
	assert_int_equal(cli_exit_of_status(SILT_ERR_UNPROVEN), 5);
	assert_int_equal(cli_exit_of_status(SILT_ERR_STOPPED), 70);
	assert_int_equal(cli_exit_of_status(SILT_ERR_INTERNAL), 70);
}

static void only_the_verdict_fail_gives_1(void **state)
{
	(void)state;
	assert_int_equal(cli_exit_of_verdict(SILT_VERDICT_PASS), 0);
	assert_int_equal(cli_exit_of_verdict(SILT_VERDICT_FAIL), 1);
	assert_int_equal(cli_exit_of_verdict(SILT_VERDICT_INCOMPLETE), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statuses_and_ranks_are_distinct),
		cmocka_unit_test(the_worst_of_several_inputs_wins),
		cmocka_unit_test(each_status_of_the_library_has_its_number),
		cmocka_unit_test(only_the_verdict_fail_gives_1),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
