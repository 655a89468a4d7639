/* Building documents. */
#include "check.h"

#include "base/json.h"

static struct silt_json_writer *new_writer(void)
{
	struct silt_json_writer *writer = NULL;
	assert_int_equal(silt_json_writer_new(&writer, NULL), SILT_OK);
	return writer;
}

static void assert_document(struct silt_json_writer *writer, const char *want)
{
	struct silt_buffer out = {0};
	struct silt_error err = {0};
	if (silt_json_writer_end(writer, &out, &err) != SILT_OK) {
		fail_msg("%s", err.text);
	}
	assert_string_equal(silt_buffer_text(&out), want);
	silt_buffer_done(&out);
	silt_json_writer_free(writer);
}

static void assert_misuse(struct silt_json_writer *writer)
{
	struct silt_buffer out = {0};
	struct silt_error err = {0};
	assert_int_equal(silt_json_writer_end(writer, &out, &err), SILT_ERR_INTERNAL);
	assert_int_equal(out.len, 0);
	silt_json_writer_free(writer);
}

static void members_come_in_the_order_of_the_calls(void **state)
{
	(void)state;
	struct silt_json_writer *w = new_writer();
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "z", "last");
	silt_json_open_array(w, "a");
	silt_json_write_unsigned(w, NULL, 1);
	silt_json_open_object(w, NULL);
	silt_json_close(w);
	silt_json_open_array(w, NULL);
	silt_json_close(w);
	silt_json_close(w);
	silt_json_write_bool(w, "yes", true);
	silt_json_write_bool(w, "no", false);
	silt_json_write_null(w, "none");
	silt_json_close(w);
	assert_document(w, "{\n"
			   "  \"z\": \"last\",\n"
			   "  \"a\": [\n"
			   "    1,\n"
			   "    {},\n"
			   "    []\n"
			   "  ],\n"
			   "  \"yes\": true,\n"
			   "  \"no\": false,\n"
			   "  \"none\": null\n"
			   "}\n");
}

static void text_is_ascii_only(void **state)
{
	(void)state;
	struct silt_json_writer *w = new_writer();
	silt_json_open_array(w, NULL);
	silt_json_write_text(w, NULL, "a\"b\\c/\x01\n \xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80");
	silt_json_close(w);
	assert_document(w, "[\n  \"a\\\"b\\\\c/\\u0001\\n \\u00E9 \\u20AC \\uD83D\\uDE00\"\n]\n");
}

static void numbers_end_at_the_largest_of_jansson(void **state)
{
	(void)state;
	struct silt_json_writer *w = new_writer();
	silt_json_open_array(w, NULL);
	silt_json_write_unsigned(w, NULL, 0);
	silt_json_write_unsigned(w, NULL, UINT64_MAX);
	silt_json_close(w);
	assert_document(w, "[\n  0,\n  9223372036854775807\n]\n");
}

static void plain_bytes_have_no_base64(void **state)
{
	(void)state;
	struct silt_json_writer *w = new_writer();
	silt_json_open_object(w, NULL);
	silt_json_write_bytes(w, "path", SILT_LITERAL("usr/bin"));
	silt_json_write_bytes(w, "empty", SILT_LITERAL(""));
	silt_json_close(w);
	assert_document(w, "{\n  \"path\": \"usr/bin\",\n  \"empty\": \"\"\n}\n");
}

static void escaped_bytes_have_their_base64_beside(void **state)
{
	(void)state;
	struct silt_json_writer *w = new_writer();
	silt_json_open_object(w, NULL);
	silt_json_write_bytes(w, "one", SILT_LITERAL("\xFF"));
	silt_json_write_bytes(w, "two", SILT_LITERAL("\xFF\xFE"));
	silt_json_write_bytes(w, "three", SILT_LITERAL("\xFF\xFE\x00"));
	silt_json_write_bytes(w, "four", SILT_LITERAL("a\nb\\"));
	silt_json_close(w);
	assert_document(w, "{\n"
			   "  \"one\": \"\\\\xff\",\n"
			   "  \"one_base64\": \"/w==\",\n"
			   "  \"two\": \"\\\\xff\\\\xfe\",\n"
			   "  \"two_base64\": \"//4=\",\n"
			   "  \"three\": \"\\\\xff\\\\xfe\\\\x00\",\n"
			   "  \"three_base64\": \"//4A\",\n"
			   "  \"four\": \"a\\\\nb\\\\\\\\\",\n"
			   "  \"four_base64\": \"YQpiXA==\"\n"
			   "}\n");
}

static void bytes_in_an_array_have_no_base64(void **state)
{
	(void)state;
	struct silt_json_writer *w = new_writer();
	silt_json_open_array(w, NULL);
	silt_json_write_bytes(w, NULL, SILT_LITERAL("\xFF"));
	silt_json_close(w);
	assert_document(w, "[\n  \"\\\\xff\"\n]\n");
}

static void what_is_written_can_be_read(void **state)
{
	(void)state;
	struct silt_json_writer *w = new_writer();
	struct silt_buffer out = {0};
	struct silt_json *json = NULL;
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "k\xC3\xA9y\"", "\x02\\ \xF4\x8F\xBF\xBF");
	silt_json_close(w);
	assert_int_equal(silt_json_writer_end(w, &out, NULL), SILT_OK);
	assert_int_equal(silt_json_parse(silt_buffer_bytes(&out), &json, NULL), SILT_OK);
	assert_bytes(silt_json_string(silt_json_get(silt_json_root(json), "k\xC3\xA9y\"")), "\x02\\ \xF4\x8F\xBF\xBF");
	silt_json_free(json);
	silt_buffer_done(&out);
	silt_json_writer_free(w);
}

static void the_document_is_added_to_the_output(void **state)
{
	(void)state;
	struct silt_json_writer *w = new_writer();
	struct silt_buffer out = {0};
	silt_buffer_add_text(&out, "before ");
	silt_json_open_array(w, NULL);
	silt_json_close(w);
	assert_int_equal(silt_json_writer_end(w, &out, NULL), SILT_OK);
	assert_string_equal(silt_buffer_text(&out), "before []\n");
	silt_buffer_done(&out);
	silt_json_writer_free(w);
}

static void an_unbuilt_document_is_an_internal_error(void **state)
{
	(void)state;
	assert_misuse(new_writer());

	struct silt_json_writer *w = new_writer();
	silt_json_open_object(w, NULL); /* left open */
	assert_misuse(w);

	w = new_writer();
	silt_json_open_object(w, NULL);
	silt_json_write_null(w, NULL); /* no key */
	silt_json_close(w);
	assert_misuse(w);

	w = new_writer();
	silt_json_open_array(w, NULL);
	silt_json_write_null(w, "key"); /* in an array */
	silt_json_close(w);
	assert_misuse(w);

	w = new_writer();
	silt_json_open_array(w, NULL);
	silt_json_close(w);
	silt_json_close(w);
	assert_misuse(w);

	w = new_writer();
	silt_json_write_null(w, NULL);
	silt_json_write_null(w, NULL); /* two documents */
	assert_misuse(w);

	w = new_writer();
	silt_json_write_text(w, NULL, "\xFF"); /* not UTF-8 */
	assert_misuse(w);
}

static void nesting_beyond_the_cap_is_an_internal_error(void **state)
{
	(void)state;
	struct silt_json_writer *w = new_writer();
	for (int i = 0; i < 65; i++) {
		silt_json_open_array(w, NULL);
	}
	for (int i = 0; i < 65; i++) {
		silt_json_close(w);
	}
	assert_misuse(w);
	silt_json_writer_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_come_in_the_order_of_the_calls),
		cmocka_unit_test(text_is_ascii_only),
		cmocka_unit_test(numbers_end_at_the_largest_of_jansson),
		cmocka_unit_test(plain_bytes_have_no_base64),
		cmocka_unit_test(escaped_bytes_have_their_base64_beside),
		cmocka_unit_test(bytes_in_an_array_have_no_base64),
		cmocka_unit_test(what_is_written_can_be_read),
		cmocka_unit_test(the_document_is_added_to_the_output),
		cmocka_unit_test(an_unbuilt_document_is_an_internal_error),
		cmocka_unit_test(nesting_beyond_the_cap_is_an_internal_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
