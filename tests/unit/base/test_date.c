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

static void moments_are_read_in_every_spelling(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t seconds;
	} rows[] = {
		{"1970-01-01", 0},
		{"2026-01-05T21:51:51Z", 1767649911},
		{"2026-01-05T21:51Z", 1767649860},
		{"20260105T215151Z", 1767649911},
		{"2026-01-05T21%3A51%3a51Z", 1767649911},
		{"2024-02-29T00:00:00Z&sig=", 1709164800},
		{"2000-03-01", 951868800},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t seconds = -1;
		assert_true(silt_date_read(silt_bytes_text(rows[i].text), &seconds));
		assert_int_equal(seconds, rows[i].seconds);
	}
}

static void what_is_no_moment_is_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"",          "1969-12-31",  "2026-13-01",       "2026-00-10",       "2026-01-32",        "2026-0105",
		"202601-05", "2026-01-05T", "2026-01-05T24:00", "2026-01-05T21:60", "2026-01-05T21:51:", "26-01-05",
		"soon",      "2026"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		int64_t seconds = -1;
		assert_false(silt_date_read(silt_bytes_text(texts[i]), &seconds));
		assert_int_equal(seconds, -1);
	}
}

static void a_day_that_was_written_can_be_read(void **state)
{
	(void)state;
	for (int64_t day = 0; day < 366 * 400; day++) {
		char text[SILT_DATE_SIZE];
		int64_t seconds = -1;
		assert_true(silt_date_read(silt_bytes_text(silt_date_text(day * 86400, text)), &seconds));
		assert_int_equal(seconds, day * 86400);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_days_have_their_names),
		cmocka_unit_test(forged_moments_give_the_nearest_day),
		cmocka_unit_test(every_day_of_800_years_is_that_of_the_c_library),
		cmocka_unit_test(moments_are_read_in_every_spelling),
		cmocka_unit_test(what_is_no_moment_is_refused),
		cmocka_unit_test(a_day_that_was_written_can_be_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
