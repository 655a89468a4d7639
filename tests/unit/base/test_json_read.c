/* Values of a parsed document, looked up as Go looks them up. */
#include "check.h"

#include "base/json.h"

static struct silt_json *parse(const char *text)
{
	struct silt_json *json = NULL;
	struct silt_error err = {0};
	if (silt_json_parse(silt_bytes_text(text), &json, &err) != SILT_OK) {
		fail_msg("%s: %s", text, err.text);
	}
	return json;
}

static void assert_member(const char *text, const char *name, const char *want)
{
	struct silt_json *json = parse(text);
	const struct silt_json_value *value = silt_json_get(silt_json_root(json), name);
	if (want) {
		assert_span(silt_json_string(value), silt_bytes_text(want));
		assert_int_equal(silt_json_type(value), SILT_JSON_STRING);
	} else {
		assert_null(value);
	}
	silt_json_free(json);
}

static void each_type_is_told(void **state)
{
	(void)state;
	static const enum silt_json_type types[] = {
		SILT_JSON_NULL,   SILT_JSON_BOOL,  SILT_JSON_BOOL,  SILT_JSON_NUMBER, SILT_JSON_NUMBER,
		SILT_JSON_STRING, SILT_JSON_ARRAY, SILT_JSON_ARRAY, SILT_JSON_OBJECT, SILT_JSON_OBJECT};
	struct silt_json *json = parse("[null,true,false,1,-1e400,\"\",[],[true],{},{\"\":[]}]");
	const struct silt_json_value *root = silt_json_root(json);
	assert_int_equal(silt_json_count(root), SILT_COUNT(types));
	for (size_t i = 0; i < SILT_COUNT(types); i++) {
		assert_int_equal(silt_json_type(silt_json_at(root, i)), types[i]);
	}
	assert_null(silt_json_at(root, SILT_COUNT(types)));
	assert_null(silt_json_at(root, SIZE_MAX));
	silt_json_free(json);
}

static void missing_values_answer_as_null(void **state)
{
	(void)state;
	uint64_t number = 7;
	struct silt_bytes key;
	const struct silt_json_value *value;
	assert_int_equal(silt_json_type(NULL), SILT_JSON_NULL);
	assert_int_equal(silt_json_count(NULL), 0);
	assert_null(silt_json_at(NULL, 0));
	assert_null(silt_json_get(NULL, "a"));
	assert_false(silt_json_member(NULL, 0, &key, &value));
	assert_int_equal(silt_json_string(NULL).len, 0);
	assert_false(silt_json_true(NULL));
	assert_false(silt_json_unsigned(NULL, &number));
	assert_int_equal(number, 7);
}

static void questions_to_the_wrong_type_have_no_answer(void **state)
{
	(void)state;
	struct silt_json *json = parse("{\"o\":{\"a\":1},\"l\":[1,\"x\"],\"s\":\"text\"}");
	const struct silt_json_value *root = silt_json_root(json);
	const struct silt_json_value *object = silt_json_get(root, "o"), *list = silt_json_get(root, "l");
	const struct silt_json_value *string = silt_json_get(root, "s"), *value;
	struct silt_bytes key;
	assert_null(silt_json_at(object, 0));
	assert_null(silt_json_get(list, "x"));
	assert_false(silt_json_member(list, 0, &key, &value));
	assert_null(silt_json_get(string, "text"));
	assert_int_equal(silt_json_count(string), 0);
	assert_int_equal(silt_json_string(object).len, 0);
	silt_json_free(json);
}

static void keys_are_matched_without_case(void **state)
{
	(void)state;
	assert_member("{\"layers\":\"x\"}", "Layers", "x");
	assert_member("{\"RepoTags\":\"x\"}", "repotags", "x");
	assert_member("{\"layer\":\"x\"}", "Layers", NULL);
	assert_member("{\"layersx\":\"x\"}", "Layers", NULL);
	assert_member("{\"l@yers\":\"x\"}", "l`yers", NULL);
	assert_member("{}", "Layers", NULL);
}

static void escapes_in_keys_are_decoded_before_they_are_matched(void **state)
{
	(void)state;
	assert_member("{\"\\u004cayers\":\"x\"}", "Layers", "x");
	assert_member("{\"layer\\u017f\":\"x\"}", "Layers", "x");
	assert_member("{\"layer\xC5\xBF\":\"x\"}", "Layers", "x");
	assert_member("{\"\\u212aey\":\"x\"}", "key", "x");
	assert_member("{\"\xE2\x84\xAA"
		      "ey\":\"x\"}",
		      "key", "x");
}

static void the_last_of_colliding_members_wins(void **state)
{
	(void)state;
	assert_member("{\"Layers\":\"clean\",\"layers\":\"evil\"}", "Layers", "evil");
	assert_member("{\"layers\":\"evil\",\"Layers\":\"clean\"}", "Layers", "clean");
	assert_member("{\"Layers\":\"clean\",\"Layers\":\"evil\"}", "Layers", "evil");
	assert_member("{\"Layers\":\"clean\",\"layer\\u017F\":\"evil\"}", "Layers", "evil");
}

static void colliding_members_are_all_there_in_order(void **state)
{
	(void)state;
	static const char *const keys[] = {"b", "a", "b", "B", ""};
	struct silt_json *json = parse("{\"b\":\"0\",\"a\":\"1\",\"b\":\"2\",\"B\":\"3\",\"\":\"4\"}");
	const struct silt_json_value *root = silt_json_root(json), *value;
	struct silt_bytes key;
	assert_int_equal(silt_json_count(root), SILT_COUNT(keys));
	for (size_t i = 0; i < SILT_COUNT(keys); i++) {
		char digit = (char)('0' + i);
		assert_true(silt_json_member(root, i, &key, &value));
		assert_span(key, silt_bytes_text(keys[i]));
		assert_span(silt_json_string(value), silt_bytes(&digit, 1));
	}
	assert_false(silt_json_member(root, SILT_COUNT(keys), &key, &value));
	assert_false(silt_json_member(root, SIZE_MAX, &key, &value));
	silt_json_free(json);
}

static void strings_are_counted_bytes(void **state)
{
	(void)state;
	struct silt_json *json = parse("[\"a\\u0000b\\ud83d\\ude00\\/\"]");
	assert_bytes(silt_json_string(silt_json_at(silt_json_root(json), 0)), "a\0b\xF0\x9F\x98\x80/");
	silt_json_free(json);
}

static void only_whole_numbers_of_63_bits_are_unsigned(void **state)
{
	(void)state;
	struct silt_json *json = parse("[0,9223372036854775807,9223372036854775808,-1,1.0,1e2,\"1\",true]");
	const struct silt_json_value *root = silt_json_root(json);
	uint64_t number = 7;
	assert_true(silt_json_unsigned(silt_json_at(root, 0), &number));
	assert_int_equal(number, 0);
	assert_true(silt_json_unsigned(silt_json_at(root, 1), &number));
	assert_int_equal(number, INT64_MAX);
	for (size_t i = 2; i < silt_json_count(root); i++) {
		assert_false(silt_json_unsigned(silt_json_at(root, i), &number));
	}
	assert_int_equal(number, INT64_MAX);
	silt_json_free(json);
}

static void true_is_only_the_literal(void **state)
{
	(void)state;
	struct silt_json *json = parse("[true,false,1,\"true\",[true]]");
	const struct silt_json_value *root = silt_json_root(json);
	assert_true(silt_json_true(silt_json_at(root, 0)));
	for (size_t i = 1; i < silt_json_count(root); i++) {
		assert_false(silt_json_true(silt_json_at(root, i)));
	}
	silt_json_free(json);
}

static void bad_json_leaves_the_output_alone(void **state)
{
	(void)state;
	struct silt_json *json = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_json_parse(SILT_LITERAL("{\"a\":1,}"), &json, &err), SILT_ERR_INPUT);
	assert_null(json);
	assert_string_equal(err.text, "JSON, line 1, column 8: expected a key, found '}'");
	silt_json_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_type_is_told),
		cmocka_unit_test(missing_values_answer_as_null),
		cmocka_unit_test(questions_to_the_wrong_type_have_no_answer),
		cmocka_unit_test(keys_are_matched_without_case),
		cmocka_unit_test(escapes_in_keys_are_decoded_before_they_are_matched),
		cmocka_unit_test(the_last_of_colliding_members_wins),
		cmocka_unit_test(colliding_members_are_all_there_in_order),
		cmocka_unit_test(strings_are_counted_bytes),
		cmocka_unit_test(only_whole_numbers_of_63_bits_are_unsigned),
		cmocka_unit_test(true_is_only_the_literal),
		cmocka_unit_test(bad_json_leaves_the_output_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
