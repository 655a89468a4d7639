/* Days of the calendar, against what the C library says. */
#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

static void known_days_have_their_names(void **state)
{
	(void)state;
	char text[SILT_DATE_SIZE];
	assert_string_equal(silt_date_text(0, text), "1970-01-01");
	assert_string_equal(silt_date_text(86399, text), "1970-01-01");
	assert_string_equal(silt_date_text(-1, text), "1969-12-31");
	assert_string_equal(silt_date_text(951782400, text), "2000-02-29");
	assert_string_equal(silt_date_text(1795305600, text), "2026-11-22");
}

static void forged_moments_give_the_nearest_day(void **state)
{
	(void)state;
	char text[SILT_DATE_SIZE];
	assert_string_equal(silt_date_text(INT64_MAX, text), "9999-12-31");
	assert_string_equal(silt_date_text(INT64_MIN, text), "0000-01-01");
}

static void every_day_of_800_years_is_that_of_the_c_library(void **state)
{
	(void)state;
	for (int64_t day = -366 * 400; day < 366 * 400; day++) {
		time_t seconds = (time_t)(day * 86400 + (day & 0xffff));
		struct tm parts;
		char expected[SILT_DATE_SIZE], text[SILT_DATE_SIZE];
		gmtime_r(&seconds, &parts);
		strftime(expected, sizeof(expected), "%Y-%m-%d", &parts);
		assert_string_equal(silt_date_text(seconds, text), expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_days_have_their_names),
		cmocka_unit_test(forged_moments_give_the_nearest_day),
		cmocka_unit_test(every_day_of_800_years_is_that_of_the_c_library),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
