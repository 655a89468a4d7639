/* Errors: set once, placed on the way up, cut at a character. */
#include "check.h"

#include "base/error.h"

#include <string.h>

static void the_first_error_wins(void **state)
{
	(void)state;
	struct silt_error err = {0};
	assert_int_equal(silt_fail(&err, SILT_ERR_INPUT, "bad %s", "tar"), SILT_ERR_INPUT);
	assert_int_equal(silt_fail(&err, SILT_ERR_IO, "later"), SILT_ERR_IO);
	assert_int_equal(silt_fail_memory(&err), SILT_ERR_MEMORY);
	assert_int_equal(err.status, SILT_ERR_INPUT);
	assert_string_equal(err.text, "bad tar");
}

static void the_place_goes_in_front(void **state)
{
	(void)state;
	struct silt_error err = {0};
	silt_fail(&err, SILT_ERR_INPUT, "bad checksum");
	silt_error_at(&err, "entry %d", 4);
	silt_error_at(&err, "%s", "layer.tar");
	assert_string_equal(err.text, "layer.tar: entry 4: bad checksum");
	assert_int_equal(err.status, SILT_ERR_INPUT);
}

static void no_error_gets_no_place(void **state)
{
	(void)state;
	struct silt_error err = {0};
	silt_error_at(&err, "layer.tar");
	assert_string_equal(err.text, "");
	assert_int_equal(err.status, SILT_OK);
}

static void the_error_may_be_null(void **state)
{
	(void)state;
	assert_int_equal(silt_fail(NULL, SILT_ERR_USAGE, "x"), SILT_ERR_USAGE);
	assert_int_equal(silt_fail_memory(NULL), SILT_ERR_MEMORY);
	silt_error_at(NULL, "x");
}

static void memory_has_its_own_sentence(void **state)
{
	(void)state;
	struct silt_error err = {0};
	assert_int_equal(silt_fail_memory(&err), SILT_ERR_MEMORY);
	assert_int_equal(err.status, SILT_ERR_MEMORY);
	assert_string_equal(err.text, "out of memory");
}

/* `count` ASCII characters and then as many of `unit` as will not fit. */
static void fill(char *text, size_t size, size_t count, const char *unit)
{
	memset(text, 'a', count);
	text[count] = '\0';
	while (strlen(text) + strlen(unit) < size) {
		strcat(text, unit);
	}
}

static void long_texts_are_cut_at_a_character(void **state)
{
	(void)state;
	static const char *const units[] = {"b", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
	for (size_t u = 0; u < SILT_COUNT(units); u++) {
		for (size_t shift = 0; shift < 4; shift++) {
			struct silt_error err = {0};
			char text[2 * SILT_ERROR_TEXT_MAX];
			fill(text, sizeof(text), shift, units[u]);
			silt_fail(&err, SILT_ERR_INPUT, "%s", text);
			size_t room = SILT_ERROR_TEXT_MAX - 1 - shift, len = strlen(units[u]);
			assert_int_equal(strlen(err.text), shift + room / len * len);
			assert_memory_equal(err.text, text, strlen(err.text));
		}
	}
}

static void long_texts_are_cut_outside_of_escapes(void **state)
{
	(void)state;
	static const struct {
		const char *end, *kept;
	} ends[] = {
		{"\\", ""},          {"\\x", ""},          {"\\x1", ""},       {"\\x1b", "\\x1b"},
		{"\\n", "\\n"},      {"\\\\", "\\\\"},     {"\\\\\\", "\\\\"}, {"\\\\x", "\\\\x"},
		{"\\\\\\x", "\\\\"}, {"\\\\x1", "\\\\x1"}, {"x1", "x1"},       {"\xC3\xA9\\x", "\xC3\xA9"},
	};
	for (size_t i = 0; i < SILT_COUNT(ends); i++) {
		struct silt_error err = {0};
		size_t filled = SILT_ERROR_TEXT_MAX - 1 - strlen(ends[i].end);
		char text[SILT_ERROR_TEXT_MAX] = "", want[SILT_ERROR_TEXT_MAX] = "";
		fill(text, filled + 1, 0, "b");
		strcpy(want, text);
		strcat(text, ends[i].end);
		strcat(want, ends[i].kept);
		silt_fail(&err, SILT_ERR_INPUT, "%s%s", text, "more");
		assert_string_equal(err.text, want);
	}
}

static void a_text_that_just_fits_is_whole(void **state)
{
	(void)state;
	struct silt_error err = {0};
	char text[SILT_ERROR_TEXT_MAX];
	fill(text, sizeof(text), 1, "\xC3\xA9");
	assert_int_equal(strlen(text), SILT_ERROR_TEXT_MAX - 1);
	silt_fail(&err, SILT_ERR_INPUT, "%s", text);
	assert_string_equal(err.text, text);
}

static void a_place_pushes_the_end_out_at_a_character(void **state)
{
	(void)state;
	struct silt_error err = {0};
	char text[SILT_ERROR_TEXT_MAX];
	fill(text, sizeof(text), 1, "\xC3\xA9");
	silt_fail(&err, SILT_ERR_INPUT, "%s", text);
	silt_error_at(&err, "xy"); /* four more bytes: two characters go */
	assert_int_equal(strlen(err.text), SILT_ERROR_TEXT_MAX - 1);
	assert_memory_equal(err.text, "xy: a\xC3\xA9", 7);
	silt_error_at(&err, "z"); /* three more: one and a half */
	assert_int_equal(strlen(err.text), SILT_ERROR_TEXT_MAX - 2);
}

static void a_place_that_fills_the_text_is_dropped(void **state)
{
	(void)state;
	struct silt_error err = {0};
	char place[SILT_ERROR_TEXT_MAX + 1];
	fill(place, sizeof(place), 1, "p");
	silt_fail(&err, SILT_ERR_INPUT, "bad checksum");
	silt_error_at(&err, "%s", place);
	assert_string_equal(err.text, "bad checksum");
}

static void statuses_have_names(void **state)
{
	(void)state;
	assert_string_equal(silt_status_name(SILT_OK), "ok");
	assert_string_equal(silt_status_name(SILT_ERR_USAGE), "usage");
	assert_string_equal(silt_status_name(SILT_ERR_INPUT), "input");
	assert_string_equal(silt_status_name(SILT_ERR_IO), "io");
	assert_string_equal(silt_status_name(SILT_ERR_MEMORY), "memory");
	assert_string_equal(silt_status_name(SILT_ERR_STOPPED), "stopped");
	assert_string_equal(silt_status_name(SILT_ERR_INTERNAL), "internal");
	assert_string_equal(silt_status_name((enum silt_status)99), "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_error_wins),
		cmocka_unit_test(the_place_goes_in_front),
		cmocka_unit_test(no_error_gets_no_place),
		cmocka_unit_test(the_error_may_be_null),
		cmocka_unit_test(memory_has_its_own_sentence),
		cmocka_unit_test(long_texts_are_cut_at_a_character),
		cmocka_unit_test(long_texts_are_cut_outside_of_escapes),
		cmocka_unit_test(a_text_that_just_fits_is_whole),
		cmocka_unit_test(a_place_pushes_the_end_out_at_a_character),
		cmocka_unit_test(a_place_that_fills_the_text_is_dropped),
		cmocka_unit_test(statuses_have_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
