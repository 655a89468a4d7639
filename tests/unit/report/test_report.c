/* Formats by name, sinks that refuse, and what holds for every format. */
#include "fake.h"

#include "base/attributes.h"

#include "support/judged.h"

static const struct silt_result *const all[] = {&fake_clean, &fake_dirty, &fake_hostile};

static size_t count_formats(void)
{
	size_t count = 0;
	while (silt_format_name((enum silt_format)count)) {
		count++;
	}
	return count;
}

static void formats_are_found_by_name(void **state)
{
	(void)state;
	enum silt_format format = SILT_FORMAT_TEXT;
	assert_true(silt_format_parse("json", &format));
	assert_int_equal(format, SILT_FORMAT_JSON);
	assert_true(silt_format_parse("text", &format));
	assert_int_equal(format, SILT_FORMAT_TEXT);
}

static void every_format_says_what_it_is_for(void **state)
{
	(void)state;
	const size_t count = count_formats();
	for (size_t i = 0; i < count; i++) {
		assert_non_null(silt_format_about((enum silt_format)i));
	}
	assert_null(silt_format_about((enum silt_format)count));
}

static void other_names_are_no_format(void **state)
{
	(void)state;
	static const char *const wrong[] = {"", "JSON", "jso", "jsonx", "xml"};
	for (size_t i = 0; i < SILT_COUNT(wrong); i++) {
		enum silt_format format = SILT_FORMAT_JSON;
		assert_false(silt_format_parse(wrong[i], &format));
		assert_int_equal(format, SILT_FORMAT_JSON);
	}
}

static void an_unknown_format_is_a_usage_error(void **state)
{
	(void)state;
	const struct silt_report_options options = {.format = (enum silt_format)99};
	struct silt_sink sink = {0};
	struct silt_error err = {0};
	assert_int_equal(judged_report(all, 1, SILT_SEVERITY_HIGH, &options, sink, &err), SILT_ERR_USAGE);
	assert_string_equal(err.text, "no report format has the number 99");
}

static bool refuse(void *ctx, const void *bytes, size_t size)
{
	(void)bytes, (void)size;
	size_t *calls_left = ctx;
	return (*calls_left)-- > 0;
}

static void a_sink_that_refuses_ends_the_report(void **state)
{
	(void)state;
	for (size_t i = 0; i < count_formats(); i++) {
		const struct silt_report_options options = {.format = (enum silt_format)i};
		size_t calls_left = 0;
		struct silt_sink sink = {.write = refuse, .ctx = &calls_left};
		struct silt_error err = {0};
		assert_int_equal(judged_report(all, 3, SILT_SEVERITY_HIGH, &options, sink, &err), SILT_ERR_IO);
		assert_int_equal(err.status, SILT_ERR_IO);
		assert_int_equal(calls_left, SIZE_MAX); /* asked once, never again */
	}
}

static void a_sink_that_refuses_later_ends_the_report_there(void **state)
{
	(void)state;
	const struct silt_report_options options = {.format = SILT_FORMAT_TEXT};
	size_t calls_left = 2;
	struct silt_sink sink = {.write = refuse, .ctx = &calls_left};
	assert_int_equal(judged_report(all, 3, SILT_SEVERITY_HIGH, &options, sink, NULL), SILT_ERR_IO);
	assert_int_equal(calls_left, SIZE_MAX);
}

static void the_same_results_give_the_same_bytes(void **state)
{
	(void)state;
	for (size_t i = 0; i < count_formats(); i++) {
		const struct silt_report_options options = {.format = (enum silt_format)i, .colour = true};
		struct silt_buffer first = {0}, second = {0};
		fake_report(all, 3, SILT_SEVERITY_INFO, &options, &first);
		fake_report(all, 3, SILT_SEVERITY_INFO, &options, &second);
		assert_string_equal(silt_buffer_text(&first), silt_buffer_text(&second));
		silt_buffer_done(&first);
		silt_buffer_done(&second);
	}
}

static void no_control_byte_of_an_image_gets_out(void **state)
{
	(void)state;
	for (size_t i = 0; i < count_formats(); i++) {
		const struct silt_report_options options = {.format = (enum silt_format)i};
		struct silt_buffer out = {0};
		fake_report(all, 3, SILT_SEVERITY_INFO, &options, &out);
		assert_true(out.len > 0);
		for (size_t at = 0; at < out.len; at++) {
			uint8_t byte = out.ptr[at];
			bool ends_line = byte == '\n' || (byte == '\r' && i == SILT_FORMAT_CSV);
			assert_true(ends_line || (byte >= ' ' && byte < 0x7F));
		}
		silt_buffer_done(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats_are_found_by_name),
		cmocka_unit_test(every_format_says_what_it_is_for),
		cmocka_unit_test(other_names_are_no_format),
		cmocka_unit_test(an_unknown_format_is_a_usage_error),
		cmocka_unit_test(a_sink_that_refuses_ends_the_report),
		cmocka_unit_test(a_sink_that_refuses_later_ends_the_report_there),
		cmocka_unit_test(the_same_results_give_the_same_bytes),
		cmocka_unit_test(no_control_byte_of_an_image_gets_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
