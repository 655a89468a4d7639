/* The text of the progress line; what a terminal does with it is tested by command_line.sh. */
#include "cli/progress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct silt_progress halfway = {
	.bytes = 500, .bytes_total = 1000, .member = "blobs/sha256/ab", .layers = 1, .hits = 2};

static void a_known_size_gives_percent(void **state)
{
	(void)state;
	char text[CLI_PROGRESS_COLUMNS_MAX];
	const size_t len = cli_progress_text(text, sizeof(text), "app.tar", &halfway, 0, 120);
	assert_string_equal(text, "app.tar: 50% of 1.0 kB, 1 layer, 2 secrets so far, in blobs/sha256/ab");
	assert_int_equal(len, strlen(text));
}

static void an_unknown_size_gives_bytes(void **state)
{
	(void)state;
	struct silt_progress now = halfway;
	now.bytes = 2100000;
	now.bytes_total = 0;
	now.hits = 1;
	now.layers = 0;
	char text[CLI_PROGRESS_COLUMNS_MAX];
	(void)cli_progress_text(text, sizeof(text), "-", &now, 0, 120);
	assert_string_equal(text, "-: 2.1 MB, 0 layers, 1 secret so far, in blobs/sha256/ab");
}

static void a_file_that_grew_stays_at_100_percent(void **state)
{
	(void)state;
	struct silt_progress now = halfway;
	now.bytes = 5000;
	char text[CLI_PROGRESS_COLUMNS_MAX];
	(void)cli_progress_text(text, sizeof(text), "a", &now, 0, 120);
	assert_memory_equal(text, "a: 100% of ", 11);
}

static void pace_and_time_left_come_of_the_time_that_went_by(void **state)
{
	(void)state;
	struct silt_progress now = halfway;
	char text[CLI_PROGRESS_COLUMNS_MAX];
	static const struct {
		uint64_t bytes, total;
		int64_t milliseconds;
		const char *text;
	} cases[] = {
		{500, 1000, 2000, "a: 50% of 1.0 kB, 250 B/s, 2 s left, 1 layer"},
		{500, 1000, -1, "a: 50% of 1.0 kB, 1 layer"},
		{0, 1000, 2000, "a: 0% of 1.0 kB, 1 layer"},
		{345000000, 690000000, 1000, "a: 50% of 690 MB, 345 MB/s, 1 s left, 1 layer"},
		{345000000, 0, 1000, "a: 345 MB, 345 MB/s, 1 layer"},
		{1000, 1000000, 1000, "a: 0% of 1.0 MB, 1.0 kB/s, 17 min left, 1 layer"},
		{1000, 36000000, 1000, "a: 0% of 36.0 MB, 1.0 kB/s, 10.0 h left, 1 layer"},
		{2000, 1000, 1000, "a: 100% of 1.0 kB, 2.0 kB/s, 1 layer"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		now.bytes = cases[i].bytes;
		now.bytes_total = cases[i].total;
		(void)cli_progress_text(text, sizeof(text), "a", &now, cases[i].milliseconds, 120);
		text[strlen(cases[i].text)] = '\0';
		assert_string_equal(text, cases[i].text);
	}
}

static void the_last_column_stays_free(void **state)
{
	(void)state;
	char text[CLI_PROGRESS_COLUMNS_MAX];
	assert_int_equal(cli_progress_text(text, sizeof(text), "app.tar", &halfway, 0, 13), 12);
	assert_string_equal(text, "app.tar: 50%");
	assert_int_equal(cli_progress_text(text, sizeof(text), "app.tar", &halfway, 0, 0), 0);
	assert_string_equal(text, "");
}

static void no_character_is_cut_in_two(void **state)
{
	(void)state;
	struct silt_progress now = halfway;
	now.member = "\xe2\x82\xac\xe2\x82\xac"; /* two euro signs of three bytes */
	char text[CLI_PROGRESS_COLUMNS_MAX];
	const size_t whole = cli_progress_text(text, sizeof(text), "a", &now, 0, 120);
	for (unsigned columns = (unsigned)whole - 1; columns <= whole; columns++) {
		assert_int_equal(cli_progress_text(text, sizeof(text), "a", &now, 0, columns), whole - 3);
	}
	assert_int_equal(cli_progress_text(text, sizeof(text), "a", &now, 0, (unsigned)whole + 1), whole);
}

static void a_full_buffer_is_cut_at_a_character(void **state)
{
	(void)state;
	struct silt_progress now = halfway;
	now.member = "\xe2\x82\xac\xe2\x82\xac";
	char text[CLI_PROGRESS_COLUMNS_MAX];
	const size_t whole = cli_progress_text(text, sizeof(text), "a", &now, 0, 120);
	/* Room for all but the last byte of the last character. */
	assert_int_equal(cli_progress_text(text, whole, "a", &now, 0, 120), whole - 3);
}

static void sizes_have_decimal_units(void **state)
{
	(void)state;
	static const struct {
		uint64_t bytes;
		const char *text;
	} cases[] = {
		{0, "0 B"},
		{999, "999 B"},
		{1000, "1.0 kB"},
		{2149376, "2.1 MB"},
		{99949, "99.9 kB"},
		{99951, "100 kB"},
		{999499, "999 kB"},
		{999500, "1.0 MB"},
		{123456789, "123 MB"},
		{5000000000, "5.0 GB"},
		{UINT64_MAX, "18.4 EB"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[32];
		assert_string_equal(cli_size_text(text, sizeof(text), cases[i].bytes), cases[i].text);
	}
}

static void a_line_that_is_not_wanted_is_not_drawn(void **state)
{
	(void)state;
	struct cli_progress progress = cli_progress_start(false, "app.tar");
	progress.drawn_at -= 1000000; /* long ago: a line would be due */
	assert_true(cli_progress_update(&progress, &halfway));
	assert_false(progress.on_screen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_known_size_gives_percent),
		cmocka_unit_test(an_unknown_size_gives_bytes),
		cmocka_unit_test(a_file_that_grew_stays_at_100_percent),
		cmocka_unit_test(pace_and_time_left_come_of_the_time_that_went_by),
		cmocka_unit_test(the_last_column_stays_free),
		cmocka_unit_test(no_character_is_cut_in_two),
		cmocka_unit_test(a_full_buffer_is_cut_at_a_character),
		cmocka_unit_test(sizes_have_decimal_units),
		cmocka_unit_test(a_line_that_is_not_wanted_is_not_drawn),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
