/* The clock can be replaced, and a wrong replacement is refused. */
#include "cli/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void without_the_variable_it_is_now(void **state)
{
	(void)state;
	struct silt_error err = {0};
	int64_t seconds = 0;
	unsetenv("SOURCE_DATE_EPOCH");
	const int64_t before = (int64_t)time(NULL);
	assert_int_equal(cli_clock_today(&seconds, &err), SILT_OK);
	assert_true(seconds >= before && seconds <= (int64_t)time(NULL));
}

static void the_variable_is_the_clock(void **state)
{
	(void)state;
	struct silt_error err = {0};
	int64_t seconds = 0;
	setenv("SOURCE_DATE_EPOCH", "86400", 1);
	assert_int_equal(cli_clock_today(&seconds, &err), SILT_OK);
	assert_int_equal(seconds, 86400);
}

/* 0 says elsewhere that the day is not known. */
static void the_first_second_of_1970_is_a_day(void **state)
{
	(void)state;
	struct silt_error err = {0};
	int64_t seconds = -1;
	bool fixed = false;
	setenv("SOURCE_DATE_EPOCH", "0", 1);
	assert_int_equal(cli_clock_fixed(&seconds, &fixed, &err), SILT_OK);
	assert_true(fixed && seconds == 0);
	assert_int_equal(cli_clock_today(&seconds, &err), SILT_OK);
	assert_int_equal(seconds, 1);
	setenv("SOURCE_DATE_EPOCH", "", 1);
	assert_int_equal(cli_clock_fixed(&seconds, &fixed, &err), SILT_OK);
	assert_false(fixed);
}

static void a_day_that_is_over_becomes_this_one(void **state)
{
	(void)state;
	const int64_t before = (int64_t)time(NULL);
	int64_t past = 86400, future = before + 86400;
	cli_clock_catch_up(&past);
	cli_clock_catch_up(&future);
	assert_true(past >= before && past <= (int64_t)time(NULL));
	assert_int_equal(future, before + 86400);
}

static void what_is_no_number_of_seconds_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {"yesterday", "-5", "12x", "99999999999999999999"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct silt_error err = {0};
		int64_t seconds = 7;
		setenv("SOURCE_DATE_EPOCH", wrong[i], 1);
		assert_int_equal(cli_clock_today(&seconds, &err), SILT_ERR_USAGE);
		assert_non_null(strstr(err.text, wrong[i]));
		assert_int_equal(seconds, 7);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_the_variable_it_is_now),
		cmocka_unit_test(the_variable_is_the_clock),
		cmocka_unit_test(the_first_second_of_1970_is_a_day),
		cmocka_unit_test(a_day_that_is_over_becomes_this_one),
		cmocka_unit_test(what_is_no_number_of_seconds_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
