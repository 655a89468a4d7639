/* Visiting every string, and naming the keys that collide. */
#include "check.h"

#include "base/buffer.h"
#include "base/json.h"
#include "base/limits.h"

static struct silt_json *parse(struct silt_bytes text)
{
	struct silt_json *json = NULL;
	struct silt_error err = {0};
	if (silt_json_parse(text, &json, &err) != SILT_OK) {
		fail_msg("%s", err.text);
	}
	return json;
}

/* Writes "PATH=STRING;" for a value and "PATH is KEY;" for a key. */
static enum silt_status note(void *ctx, const char *path, struct silt_bytes string, bool is_key, struct silt_error *err)
{
	(void)err;
	struct silt_buffer *seen = ctx;
	silt_buffer_printf(seen, "%s%s%.*s;", path, is_key ? " is " : "=", (int)string.len, (const char *)string.ptr);
	return SILT_OK;
}

static void assert_visits(const char *text, const char *want)
{
	struct silt_json *json = parse(silt_bytes_text(text));
	struct silt_buffer seen = {0};
	assert_int_equal(silt_json_each_string(json, note, &seen, NULL), SILT_OK);
	assert_string_equal(silt_buffer_text(&seen), want);
	silt_buffer_done(&seen);
	silt_json_free(json);
}

static void every_string_is_visited_in_order_with_its_place(void **state)
{
	(void)state;
	assert_visits("{\"config\":{\"Env\":[\"A=1\",2,\"B=3\"],\"User\":\"root\"},\"n\":null}",
		      "config is config;config.Env is Env;config.Env[0]=A=1;config.Env[2]=B=3;"
		      "config.User is User;config.User=root;n is n;");
	assert_visits("[{\"Layers\":[\"a\",[\"b\"]]},\"c\"]",
		      "[0].Layers is Layers;[0].Layers[0]=a;[0].Layers[1][0]=b;[1]=c;");
	assert_visits("[[],{},[[]]]", "");
}

static void colliding_members_are_all_visited(void **state)
{
	(void)state;
	assert_visits("{\"a\":\"1\",\"A\":\"2\",\"a\":{\"b\":\"3\"}}", "a is a;a=1;A is A;A=2;a is a;a.b is b;a.b=3;");
}

static void keys_that_are_no_words_are_quoted_and_escaped(void **state)
{
	(void)state;
	assert_visits("{\"Labels\":{\"org.x/y\":\"1\",\"\":\"2\",\"\\u001b\":\"3\",\"0a\":\"4\"}}",
		      "Labels is Labels;Labels[\"org.x/y\"] is org.x/y;Labels[\"org.x/y\"]=1;Labels[\"\"] is ;"
		      "Labels[\"\"]=2;Labels[\"\\x1b\"] is \x1b;Labels[\"\\x1b\"]=3;Labels[\"0a\"] is 0a;"
		      "Labels[\"0a\"]=4;");
}

static enum silt_status stop_at_second(void *ctx, const char *path, struct silt_bytes string, bool is_key,
				       struct silt_error *err)
{
	(void)path, (void)string, (void)is_key;
	int *count = ctx;
	return ++*count == 2 ? silt_fail(err, SILT_ERR_STOPPED, "enough") : SILT_OK;
}

static void the_visitor_can_stop_the_walk(void **state)
{
	(void)state;
	struct silt_json *json = parse(SILT_LITERAL("[\"a\",\"b\",\"c\"]"));
	struct silt_error err = {0};
	int count = 0;
	assert_int_equal(silt_json_each_string(json, stop_at_second, &count, &err), SILT_ERR_STOPPED);
	assert_int_equal(count, 2);
	assert_string_equal(err.text, "enough");
	count = 0;
	silt_json_free(json);
	json = parse(SILT_LITERAL("[{\"a\":\"b\"}]"));
	assert_int_equal(silt_json_each_string(json, stop_at_second, &count, NULL), SILT_ERR_STOPPED);
	silt_json_free(json);
}

static void the_deepest_document_can_be_walked(void **state)
{
	(void)state;
	struct silt_buffer text = {0};
	for (int i = 0; i < SILT_JSON_DEPTH_MAX; i++) {
		silt_buffer_add_byte(&text, '[');
	}
	silt_buffer_add_text(&text, "\"x\"");
	for (int i = 0; i < SILT_JSON_DEPTH_MAX; i++) {
		silt_buffer_add_byte(&text, ']');
	}
	struct silt_json *json = parse(silt_buffer_bytes(&text));
	struct silt_buffer seen = {0};
	assert_int_equal(silt_json_each_string(json, note, &seen, NULL), SILT_OK);
	assert_int_equal(seen.len, 3 * SILT_JSON_DEPTH_MAX + 3);
	silt_buffer_done(&seen);
	silt_buffer_done(&text);
	silt_json_free(json);
}

/* `want` is NULL-terminated. */
static void assert_collisions(const char *text, const char *const *want)
{
	struct silt_json *json = parse(silt_bytes_text(text));
	size_t i = 0;
	for (; want[i]; i++) {
		assert_non_null(silt_json_collision(json, i));
		assert_string_equal(silt_json_collision(json, i), want[i]);
	}
	assert_null(silt_json_collision(json, i));
	silt_json_free(json);
}

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

static void case_variants_and_duplicates_collide(void **state)
{
	(void)state;
	assert_collisions("{\"config\":{\"Env\":1,\"User\":2,\"env\":3}}", LIST("config: \"Env\" and \"env\""));
	assert_collisions("{\"a\":1,\"a\":2}", LIST("\"a\" and \"a\""));
	assert_collisions("[{\"Layers\":[],\"layer\\u017f\":[]}]", LIST("[0]: \"Layers\" and \"layer\xC5\xBF\""));
	assert_collisions("{\"\\u212A\":1,\"k\":2}", LIST("\"\xE2\x84\xAA\" and \"k\""));
	assert_collisions("{\"a\":1,\"A\":2,\"a\":3}", LIST("\"a\" and \"a\" (3 in all)"));
	assert_collisions("{\"b\":1,\"a\":1,\"B\":2,\"A\":2}", LIST("\"a\" and \"A\"", "\"b\" and \"B\""));
	assert_collisions("{\"x\":{\"a\":1,\"A\":1},\"X\":{\"b\":1,\"b\":1}}",
			  LIST("\"x\" and \"X\"", "x: \"a\" and \"A\"", "X: \"b\" and \"b\""));
}

static void keys_that_only_look_alike_do_not_collide(void **state)
{
	(void)state;
	assert_collisions("{\"config\":1,\"layers\":2,\"repoTags\":3}", LIST(NULL));
	assert_collisions("{\"a\":{\"a\":1},\"ab\":1,\"\":1}", LIST(NULL));
	assert_collisions("{\"\xC3\x89\":1,\"\xC3\xA9\":2}", LIST(NULL)); /* E acute: no field of Go has it */
	assert_collisions("{\"@\":1,\"`\":2,\"[\":3,\"{\":4}", LIST(NULL));
}

static void hostile_keys_are_escaped_in_a_collision(void **state)
{
	(void)state;
	assert_collisions("{\"\\u001b[2J\":1,\"\\u001B[2j\":2}", LIST("\"\\x1b[2J\" and \"\\x1b[2j\""));
}

static void collisions_are_kept_up_to_a_cap(void **state)
{
	(void)state;
	struct silt_buffer text = {0};
	silt_buffer_add_byte(&text, '[');
	for (int i = 0; i < 2 * SILT_ANOMALIES_PER_KIND_MAX; i++) {
		silt_buffer_printf(&text, "%s{\"a\":1,\"A\":1}", i > 0 ? "," : "");
	}
	silt_buffer_add_byte(&text, ']');
	struct silt_json *json = parse(silt_buffer_bytes(&text));
	assert_string_equal(silt_json_collision(json, SILT_ANOMALIES_PER_KIND_MAX - 1), "[99]: \"a\" and \"A\"");
	assert_null(silt_json_collision(json, SILT_ANOMALIES_PER_KIND_MAX));
	silt_json_free(json);
	silt_buffer_done(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_string_is_visited_in_order_with_its_place),
		cmocka_unit_test(colliding_members_are_all_visited),
		cmocka_unit_test(keys_that_are_no_words_are_quoted_and_escaped),
		cmocka_unit_test(the_visitor_can_stop_the_walk),
		cmocka_unit_test(the_deepest_document_can_be_walked),
		cmocka_unit_test(case_variants_and_duplicates_collide),
		cmocka_unit_test(keys_that_only_look_alike_do_not_collide),
		cmocka_unit_test(hostile_keys_are_escaped_in_a_collision),
		cmocka_unit_test(collisions_are_kept_up_to_a_cap),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
