/* Wrapping, indenting, colouring. */
#include "fake.h"

#include "report/page.h"

#include <string.h>

#define SP SILT_MARK_SPACE

static bool add(void *ctx, const void *bytes, size_t size)
{
	silt_buffer_add(ctx, silt_bytes(bytes, size));
	return true;
}

/* What a page of 40 columns makes of one paragraph, the first line at column 2, the others at 4. */
static void assert_paragraph(bool colour, const char *text, const char *want)
{
	struct silt_page page;
	struct silt_buffer out = {0};
	const struct silt_report_options options = {.width = 40, .colour = colour};
	silt_page_init(&page, &options, (struct silt_sink){.write = add, .ctx = &out}, NULL);
	silt_page_paragraph(&page, 2, 4, text);
	assert_int_equal(silt_outlet_end(&page.outlet), SILT_OK);
	assert_string_equal(silt_buffer_text(&out), want);
	silt_buffer_done(&out);
}

static void short_text_is_one_line(void **state)
{
	(void)state;
	assert_paragraph(false, "a word", "  a word\n");
	assert_paragraph(false, "", "  \n");
}

static void lines_break_at_spaces_within_the_width(void **state)
{
	(void)state;
	assert_paragraph(false, "0123456789 0123456789 0123456789 0123 56789 x",
			 "  0123456789 0123456789 0123456789 0123\n    56789 x\n");
	assert_paragraph(false, "0123456789 0123456789 0123456789 01234 56789",
			 "  0123456789 0123456789 0123456789 01234\n    56789\n");
	assert_paragraph(false, "0123456789 0123456789 0123456789 012345",
			 "  0123456789 0123456789 0123456789\n    012345\n");
}

static void a_long_word_stays_whole(void **state)
{
	(void)state;
	assert_paragraph(false, "at /a/path/that/is/longer/than/the/whole/width/of/it yes",
			 "  at\n    /a/path/that/is/longer/than/the/whole/width/of/it\n    yes\n");
}

static void no_line_begins_like_a_command_of_github(void **state)
{
	(void)state;
	assert_paragraph(false, "0123456789 0123456789 0123456789 0123 ::error::x 0123",
			 "  0123456789 0123456789 0123456789 0123 ::error::x\n    0123\n");
}

static void no_line_breaks_at_a_marked_space(void **state)
{
	(void)state;
	assert_paragraph(false, "0123456789 0123456789 0123456789 a" SP "b" SP "c",
			 "  0123456789 0123456789 0123456789 a b c\n");
	assert_paragraph(false, "0123456789 0123456789 0123456789 a" SP "b" SP "c" SP "d",
			 "  0123456789 0123456789 0123456789\n    a b c d\n");
}

static void characters_count_and_marks_do_not(void **state)
{
	(void)state;
	assert_paragraph(false, "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 0123456789 0123456789 0123456789",
			 "  \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 0123456789 0123456789 0123456789\n");
	assert_paragraph(false, SILT_MARK_BOLD "0123456789" SILT_MARK_PLAIN " 0123456789 0123456789 01234",
			 "  0123456789 0123456789 0123456789 01234\n");
}

static void marks_are_colours_only_if_colour_is_wanted(void **state)
{
	(void)state;
	const char *text = SILT_MARK_BOLD_RED "FAIL" SILT_MARK_PLAIN ": " SILT_MARK_DIM "x" SILT_MARK_PLAIN;
	assert_paragraph(false, text, "  FAIL: x\n");
	assert_paragraph(true, text, "  \x1b[1;31mFAIL\x1b[0m: \x1b[2mx\x1b[0m\n");
}

static void a_control_byte_that_is_no_mark_does_not_get_through(void **state)
{
	(void)state;
	assert_paragraph(true, "a\x1b[2Jb\n\r\t\x7F", "  a?[2Jb????\n");
}

static void labels_stand_in_their_own_column(void **state)
{
	(void)state;
	struct silt_page page;
	struct silt_buffer out = {0};
	const struct silt_report_options options = {.width = 40};
	silt_page_init(&page, &options, (struct silt_sink){.write = add, .ctx = &out}, NULL);
	silt_page_labelled(&page, 2, 10, 12, "why", "0123456789 0123456789 0123456789");
	silt_page_blank(&page);
	assert_int_equal(silt_outlet_end(&page.outlet), SILT_OK);
	assert_string_equal(silt_buffer_text(&out), "  why     0123456789 0123456789\n            0123456789\n\n");
	silt_buffer_done(&out);
}

static void widths_have_a_default_and_a_least(void **state)
{
	(void)state;
	struct silt_page page;
	struct silt_report_options options = {.width = 0};
	silt_page_init(&page, &options, (struct silt_sink){0}, NULL);
	assert_int_equal(page.width, 100);
	options.width = 1;
	silt_page_init(&page, &options, (struct silt_sink){0}, NULL);
	assert_int_equal(page.width, 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_text_is_one_line),
		cmocka_unit_test(lines_break_at_spaces_within_the_width),
		cmocka_unit_test(a_long_word_stays_whole),
		cmocka_unit_test(no_line_begins_like_a_command_of_github),
		cmocka_unit_test(no_line_breaks_at_a_marked_space),
		cmocka_unit_test(characters_count_and_marks_do_not),
		cmocka_unit_test(marks_are_colours_only_if_colour_is_wanted),
		cmocka_unit_test(a_control_byte_that_is_no_mark_does_not_get_through),
		cmocka_unit_test(labels_stand_in_their_own_column),
		cmocka_unit_test(widths_have_a_default_and_a_least),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
