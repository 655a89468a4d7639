/* Days of the calendar, against what the C library says. */
#include "base/date.h"

#include "base/attributes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
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

/* As the C library counts the days of months. */
static bool is_of_a_calendar(int year, int month, int day)
{
	struct tm parts = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
	(void)timegm(&parts); /* brings what is too much into the next month */
	return parts.tm_mon == month - 1 && parts.tm_mday == day;
}

static void days_that_no_calendar_has_are_refused(void **state)
{
	(void)state;
	static const int years[] = {1972, 1999, 2000, 2023, 2024, 2100, 2400};
	for (size_t i = 0; i < SILT_COUNT(years); i++) {
		for (int month = 1; month <= 12; month++) {
			for (int day = 1; day <= 31; day++) {
				char text[64], compact[64];
				int64_t seconds = -1;
				bool known = is_of_a_calendar(years[i], month, day);
				snprintf(text, sizeof(text), "%04d-%02d-%02dT00:00:00Z", years[i], month, day);
				snprintf(compact, sizeof(compact), "%04d%02d%02d", years[i], month, day);
				assert_int_equal(silt_date_read(silt_bytes_text(text), &seconds), known);
				assert_int_equal(silt_date_read(silt_bytes_text(compact), &seconds), known);
				assert_int_equal(silt_moment_read(silt_bytes_text(text), &seconds), known);
			}
		}
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

static void a_whole_text_is_a_moment_of_any_year(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t seconds;
	} rows[] = {
		{"1970-01-01T00:00:00Z", 0},
		{"1969-12-31T23:59:59Z", -1},
		{"1960-02-29T00:00:00Z", -310521600},
		{"0001-01-01T00:00:00Z", -62135596800},
		{"0000-01-01T00:00:00Z", -62167219200},
		{"0000-02-29T00:00:00Z", -62162121600},
		{"0000-01-01T00:00:00+01:00", -62167222800},
		{"9999-12-31T23:59:59Z", 253402300799},
		{"2026-01-05T21:51:51.123456789Z", 1767649911},
		{"2026-01-05t21:51:51z", 1767649911},
		{"2026-01-05T21:51:51+01:30", 1767649911 - 5400},
		{"2026-01-05T21:51:51.5-02:00", 1767649911 + 7200},
		{"2016-12-31T23:59:60Z", 1483228800},
		{"2026-01-05T21:51:51", 1767649911},
		{"2026-01-05T21:51Z", 1767649860},
		{"1960-02-29", -310521600},
	};
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		int64_t seconds = 7;
		assert_true(silt_moment_read(silt_bytes_text(rows[i].text), &seconds));
		assert_int_equal(seconds, rows[i].seconds);
	}
}

static void what_stands_behind_a_moment_makes_it_none(void **state)
{
	(void)state;
	static const char *const texts[] = {"",
					    "2026-01-05 21:51:51Z",
					    "2026-01-05T",
					    "2026-01-05T24:00:00Z",
					    "2026-01-05T21:51:51.Z",
					    "2026-01-05T21:51:51.",
					    "2026-01-05T21:51:51Zx",
					    "2026-01-05T21:51:51Z ago",
					    "2026-01-05T21:51:51+0200",
					    "2026-01-05T21:51:51+1:300",
					    "2026-01-05T21:51:51+24:00",
					    "2026-01-05T21:51:51-01:60",
					    "2026-01-05T21:51:51+01:00Z",
					    "2026-01-05x",
					    "1960-02-30T00:00:00Z",
					    "1900-02-29T00:00:00Z",
					    "-001-01-01T00:00:00Z",
					    "10000-01-01T00:00:00Z"};
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		int64_t seconds = 7;
		assert_false(silt_moment_read(silt_bytes_text(texts[i]), &seconds));
		assert_int_equal(seconds, 7);
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
		cmocka_unit_test(days_that_no_calendar_has_are_refused),
		cmocka_unit_test(what_is_no_moment_is_refused),
		cmocka_unit_test(a_whole_text_is_a_moment_of_any_year),
		cmocka_unit_test(what_stands_behind_a_moment_makes_it_none),
		cmocka_unit_test(a_day_that_was_written_can_be_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
