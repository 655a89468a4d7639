/* The strict pass: what it lets through, what it refuses and how it says so, and the limits. */
#include "check.h"

#include "base/json_check.h"
#include "base/limits.h"

#include <stdlib.h>

static void assert_becomes(const char *text, const char *want)
{
	struct silt_buffer out = {0};
	struct silt_error err = {0};
	size_t tokens;
	if (silt_json_check(silt_bytes_text(text), &silt_default_limits, &out, &tokens, &(enum silt_limit_id){0},
			    &err) != SILT_OK) {
		fail_msg("%s: %s", text, err.text);
	}
	assert_string_equal(silt_buffer_text(&out), want);
	silt_buffer_done(&out);
}

static void assert_refused_span(struct silt_bytes text, const char *why)
{
	struct silt_buffer out = {0};
	struct silt_error err = {0};
	size_t tokens;
	assert_int_equal(silt_json_check(text, &silt_default_limits, &out, &tokens, &(enum silt_limit_id){0}, &err),
			 SILT_ERR_INPUT);
	assert_string_equal(err.text, why);
	silt_buffer_done(&out);
}

#define assert_refused(text, why) assert_refused_span(SILT_LITERAL(text), "JSON, line 1, column " why)

static void objects_and_arrays_become_marked_arrays(void **state)
{
	(void)state;
	assert_becomes("[]", "[false]");
	assert_becomes("{}", "[true]");
	assert_becomes(" \t\r\n[ ] \n", "[false]");
	assert_becomes("[[],{}]", "[false,[false],[true]]");
	assert_becomes("{\"a\": [1, null], \"a\": {\"b\": true}}",
		       "[true,\"a\",[false,1,null],\"a\",[true,\"b\",true]]");
	assert_becomes("[true,false,null]", "[false,true,false,null]");
}

static void strings_keep_their_text(void **state)
{
	(void)state;
	assert_becomes("[\"\"]", "[false,\"\"]");
	assert_becomes("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"]", "[false,\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"]");
	assert_becomes("[\"\\uD83D\\uDe00\"]", "[false,\"\\uD83D\\uDe00\"]");
	assert_becomes("[\"\\u0000\xC3\xA9\x7F\"]", "[false,\"\\u0000\xC3\xA9\x7F\"]");
	assert_becomes("{\"\\u00e9]}\":\"[{\"}", "[true,\"\\u00e9]}\",\"[{\"]");
}

static void only_whole_numbers_of_63_bits_keep_their_text(void **state)
{
	(void)state;
	assert_becomes("[0,10,9223372036854775807]", "[false,0,10,9223372036854775807]");
	assert_becomes("[9223372036854775808,10000000000000000000,123456789012345678901]", "[false,0.5,0.5,0.5]");
	assert_becomes("[-1,-0,1.0,1e3,1E+3,1e-3,-0.5e9,1e999]", "[false,0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5]");
}

static void anything_but_one_object_or_array_is_refused(void **state)
{
	(void)state;
	assert_refused("", "1: expected an object or array, found the end");
	assert_refused("  ", "3: expected an object or array, found the end");
	assert_refused("1", "1: expected an object or array, found '1'");
	assert_refused("\"a\"", "1: expected an object or array, found '\"'");
	assert_refused("null", "1: expected an object or array, found 'n'");
	assert_refused("{} {}", "4: expected nothing after the document, found '{'");
	assert_refused("[]\0", "3: expected nothing after the document, found byte 0x00");
	assert_refused("[],", "3: expected nothing after the document, found ','");
	assert_refused("\xEF\xBB\xBF{}", "1: expected an object or array, found a byte order mark");
	assert_refused("[]]", "3: expected nothing after the document, found ']'");
	assert_refused("]", "1: expected an object or array, found ']'");
	assert_refused("\0", "1: expected an object or array, found byte 0x00");
}

static void bad_structure_is_refused(void **state)
{
	(void)state;
	assert_refused("[", "2: expected a value, found the end");
	assert_refused("[1", "3: expected ',' or ']', found the end");
	assert_refused("[1,", "4: expected a value, found the end");
	assert_refused("[1,]", "4: expected a value, found ']'");
	assert_refused("[,1]", "2: expected a value, found ','");
	assert_refused("[1 2]", "4: expected ',' or ']', found '2'");
	assert_refused("[1}", "3: expected ',' or ']', found '}'");
	assert_refused("{", "2: expected a key or '}', found the end");
	assert_refused("{]", "2: expected a key or '}', found ']'");
	assert_refused("{1:2}", "2: expected a key or '}', found '1'");
	assert_refused("{\"a\"}", "5: expected ':' after the key, found '}'");
	assert_refused("{\"a\":}", "6: expected a value, found '}'");
	assert_refused("{\"a\":1,}", "8: expected a key, found '}'");
	assert_refused("{\"a\":1]", "7: expected ',' or '}', found ']'");
	assert_refused("{\"a\" \"b\"}", "6: expected ':' after the key, found '\"'");
	assert_refused("[//\n]", "2: expected a value, found '/'");
	assert_refused("['a']", "2: expected a value, found '''");
}

static void bad_strings_are_refused(void **state)
{
	(void)state;
	assert_refused("[\"a", "4: expected the end of the string, found the end");
	assert_refused("[\"a\\", "5: expected an escape of JSON, found the end");
	assert_refused("[\"\\x41\"]", "4: expected an escape of JSON, found 'x'");
	assert_refused("[\"\\\0\"]", "4: expected an escape of JSON, found byte 0x00");
	assert_refused("[\"\\u12G4\"]", "7: expected four hex digits, found 'G'");
	assert_refused("[\"\\u12", "7: expected four hex digits, found the end");
	assert_refused("[\"a\tb\"]", "4: expected no control character in a string, found byte 0x09");
	assert_refused("[\"a\0b\"]", "4: expected no control character in a string, found byte 0x00");
	assert_refused("[\"\xC3\xA9\xFF\"]", "4: expected valid UTF-8, found byte 0xff");
	assert_refused("[\"\xED\xA0\x80\"]", "3: expected valid UTF-8, found byte 0xed");
	assert_refused("[\"\xC0\xAF\"]", "3: expected valid UTF-8, found byte 0xc0");
}

/* Go reads each of them as U+FFFD, and the document is one that docker loads. */
static void a_lone_surrogate_is_the_replacement_character(void **state)
{
	(void)state;
	assert_becomes("[\"\\uD800\"]", "[false,\"\\ufffd\"]");
	assert_becomes("[\"a\\uDFFFb\"]", "[false,\"a\\ufffdb\"]");
	assert_becomes("[\"\\uD800\\n\"]", "[false,\"\\ufffd\\n\"]");
	assert_becomes("[\"\\uD800\\u0041\"]", "[false,\"\\ufffd\\u0041\"]");
	assert_becomes("[\"\\uD800\\uD83D\\uDE00\"]", "[false,\"\\ufffd\\uD83D\\uDE00\"]");
	assert_becomes("[\"\\uDC00\\uDBFF\"]", "[false,\"\\ufffd\\ufffd\"]");
	assert_becomes("{\"x\\uDBFF\":\"y\\uDBFF\\uDBFFz\"}", "[true,\"x\\ufffd\",\"y\\ufffd\\ufffdz\"]");
	assert_becomes("[\"\\uD800uDC00\"]", "[false,\"\\ufffduDC00\"]");
	assert_refused("[\"\\uD800\\uDC0\"]", "14: expected four hex digits, found '\"'");
	assert_refused("[\"\\uD800\\u", "11: expected four hex digits, found the end");
}

static void a_nul_is_refused_in_a_key_only(void **state)
{
	(void)state;
	assert_refused("{\"a\\u0000\":1}", "4: expected a key without NUL, found a backslash");
	assert_becomes("{\"a\":\"\\u0000\"}", "[true,\"a\",\"\\u0000\"]");
}

static void bad_numbers_and_literals_are_refused(void **state)
{
	(void)state;
	assert_refused("[01]", "3: expected ',' or ']', found '1'");
	assert_refused("[-]", "3: expected a digit, found ']'");
	assert_refused("[1.]", "4: expected a digit, found ']'");
	assert_refused("[.5]", "2: expected a value, found '.'");
	assert_refused("[1e]", "4: expected a digit, found ']'");
	assert_refused("[1e+]", "5: expected a digit, found ']'");
	assert_refused("[+1]", "2: expected a value, found '+'");
	assert_refused("[0x1]", "3: expected ',' or ']', found 'x'");
	assert_refused("[tru]", "2: expected a value, found 't'");
	assert_refused("[True]", "2: expected a value, found 'T'");
	assert_refused("[nullx]", "6: expected ',' or ']', found 'x'");
	assert_refused("[NaN]", "2: expected a value, found 'N'");
}

static void lines_and_columns_count_characters(void **state)
{
	(void)state;
	assert_refused_span(SILT_LITERAL("{\n  \"\xC3\xA9\": x\n}"),
			    "JSON, line 2, column 8: expected a value, found 'x'");
}

static struct silt_bytes repeat(char *memory, size_t size, char first, char last)
{
	memset(memory, first, size / 2);
	memset(memory + size / 2, last, size / 2);
	return silt_bytes(memory, size);
}

static void nesting_ends_at_the_limit(void **state)
{
	(void)state;
	char text[2 * (SILT_JSON_DEPTH_MAX + 1)];
	struct silt_buffer out = {0};
	size_t tokens;
	assert_int_equal(silt_json_check(repeat(text, sizeof(text) - 2, '[', ']'), &silt_default_limits, &out, &tokens,
					 &(enum silt_limit_id){0}, NULL),
			 SILT_OK);
	assert_int_equal(tokens, SILT_JSON_DEPTH_MAX);
	silt_buffer_done(&out);
	assert_refused_span(repeat(text, sizeof(text), '[', ']'),
			    "JSON, line 1, column 65: expected no more than 64 objects and arrays in each other (the "
			    "limit json-depth is 64), found '['");
}

/* An array of `count` zeros: count + 1 tokens. */
static void add_zeros(struct silt_buffer *text, size_t count)
{
	silt_buffer_add_byte(text, '[');
	for (size_t i = 0; i < count; i++) {
		silt_buffer_add_text(text, i > 0 ? ",0" : "0");
	}
	silt_buffer_add_byte(text, ']');
}

static void tokens_end_at_the_limit(void **state)
{
	(void)state;
	struct silt_buffer text = {0}, out = {0};
	add_zeros(&text, silt_default_limits.value[SILT_LIMIT_JSON_VALUES] - 1);
	size_t tokens;
	assert_int_equal(silt_json_check(silt_buffer_bytes(&text), &silt_default_limits, &out, &tokens,
					 &(enum silt_limit_id){0}, NULL),
			 SILT_OK);
	assert_int_equal(tokens, silt_default_limits.value[SILT_LIMIT_JSON_VALUES]);
	silt_buffer_clear(&text);
	add_zeros(&text, silt_default_limits.value[SILT_LIMIT_JSON_VALUES]);
	assert_refused_span(silt_buffer_bytes(&text),
			    "JSON, line 1, column 400000: expected no more than 200000 values and keys (the limit "
			    "json-values is 200000; --limit json-values=VALUE raises it), found '0'");
	silt_buffer_done(&text);
	silt_buffer_done(&out);
}

static void bytes_end_at_the_limit(void **state)
{
	(void)state;
	char *text = malloc(silt_default_limits.value[SILT_LIMIT_JSON_BYTES] + 1);
	assert_non_null(text);
	memset(text, ' ', silt_default_limits.value[SILT_LIMIT_JSON_BYTES] + 1);
	memcpy(text, "{}", 2);
	struct silt_buffer out = {0};
	size_t tokens;
	assert_int_equal(silt_json_check(silt_bytes(text, silt_default_limits.value[SILT_LIMIT_JSON_BYTES]),
					 &silt_default_limits, &out, &tokens, &(enum silt_limit_id){0}, NULL),
			 SILT_OK);
	assert_int_equal(tokens, 1);
	silt_buffer_done(&out);
	assert_refused_span(silt_bytes(text, silt_default_limits.value[SILT_LIMIT_JSON_BYTES] + 1),
			    "JSON: expected at most 4194304 bytes, found 4194305 (the limit json-bytes is 4 MiB; "
			    "--limit json-bytes=VALUE raises it)");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(objects_and_arrays_become_marked_arrays),
		cmocka_unit_test(strings_keep_their_text),
		cmocka_unit_test(only_whole_numbers_of_63_bits_keep_their_text),
		cmocka_unit_test(anything_but_one_object_or_array_is_refused),
		cmocka_unit_test(bad_structure_is_refused),
		cmocka_unit_test(bad_strings_are_refused),
		cmocka_unit_test(a_lone_surrogate_is_the_replacement_character),
		cmocka_unit_test(a_nul_is_refused_in_a_key_only),
		cmocka_unit_test(bad_numbers_and_literals_are_refused),
		cmocka_unit_test(lines_and_columns_count_characters),
		cmocka_unit_test(nesting_ends_at_the_limit),
		cmocka_unit_test(tokens_end_at_the_limit),
		cmocka_unit_test(bytes_end_at_the_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
