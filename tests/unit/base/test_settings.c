/* Settings files: what is read of them, with its place, and what is refused. */
#include "check.h"

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/limits.h"
#include "silt/settings.h"

#include <stdlib.h>

static enum silt_status read_span(struct silt_bytes text, struct silt_settings **out, struct silt_error *err)
{
	const struct silt_settings_file file = {.name = "my.yaml", .text = text.ptr, .size = text.len};
	*out = NULL;
	*err = (struct silt_error){0};
	return silt_settings_read(&file, out, err);
}

/* "KEY@LINE:COLUMN=TEXT@LINE:COLUMN" for each, lists in brackets. */
static void draw(struct silt_buffer *out, const struct silt_setting *setting)
{
	silt_buffer_printf(out, "%s@%u:%u=%s", setting->key, setting->line, setting->column, setting->list ? "[" : "");
	for (size_t i = 0; i < setting->count; i++) {
		const struct silt_setting_value *value = &setting->values[i];
		silt_buffer_printf(out, "%s%s@%u:%u", i > 0 ? " " : "", value->text, value->line, value->column);
	}
	silt_buffer_add_text(out, setting->list ? "]\n" : "\n");
}

static void assert_settings(const char *yaml, const char *want)
{
	struct silt_settings *settings;
	struct silt_error err;
	struct silt_buffer out = {0};
	size_t count = 0;
	if (read_span(silt_bytes_text(yaml), &settings, &err) != SILT_OK) {
		fail_msg("%s: %s", yaml, err.text);
	}
	const struct silt_setting *items = silt_settings_get(settings, &count);
	for (size_t i = 0; i < count; i++) {
		draw(&out, &items[i]);
	}
	assert_string_equal(silt_buffer_text(&out), want);
	silt_buffer_done(&out);
	silt_settings_free(settings);
}

static void assert_refused_span(struct silt_bytes yaml, const char *why)
{
	struct silt_settings *settings;
	struct silt_error err;
	assert_int_equal(read_span(yaml, &settings, &err), SILT_ERR_USAGE);
	assert_null(settings);
	assert_string_equal(err.text, why);
}

#define assert_refused(yaml, why) assert_refused_span(SILT_LITERAL(yaml), why)

static void texts_and_lists_have_their_places(void **state)
{
	(void)state;
	assert_settings("fail-on: high\nskip:\n  - a\n  - 'b c'\nonly: [x]\n",
			"fail-on@1:1=high@1:10\nskip@2:1=[a@3:5 b c@4:5]\nonly@5:1=[x@5:8]\n");
	assert_settings("# first\n\nlint: true # and so on\n", "lint@3:1=true@3:7\n");
	assert_settings("{a: b, c: []}", "a@1:2=b@1:5\nc@1:8=[]\n");
}

static void a_value_is_the_text_that_was_written(void **state)
{
	(void)state;
	assert_settings("a: 010\nb: ~\nc: yes\nd: 2026-01-01\n",
			"a@1:1=010@1:4\nb@2:1=~@2:4\nc@3:1=yes@3:4\nd@4:1=2026-01-01@4:4\n");
	assert_settings("a:\nb: ''\n", "a@1:1=@1:3\nb@2:1=@2:4\n");
}

static void a_file_of_comments_only_sets_nothing(void **state)
{
	(void)state;
	assert_settings("", "");
	assert_settings("---\n# fail-on: high\n", "");
	assert_settings("\n  \r\n# fail-on: high\n   # lint: true", "");
}

static void what_is_no_flat_map_is_refused(void **state)
{
	(void)state;
	assert_refused("- a\n", "my.yaml:1:1: expected settings, which are a map of names to values");
	assert_refused("text", "my.yaml:1:1: expected settings, which are a map of names to values");
	assert_refused("a:\n  b: c\n", "my.yaml:2:3: expected a text, or a list of texts");
	assert_refused("a: [x, [y]]\n", "my.yaml:1:8: expected a text, or a list of texts");
	assert_refused("a: !!binary aGk=\n", "my.yaml:1:4: expected a text, or a list of texts");
}

static void what_could_be_read_in_two_ways_is_refused(void **state)
{
	(void)state;
	assert_refused("a: b\na: c\n", "my.yaml:2:1: key \"a\" is given twice");
	assert_refused("a: &x b\n", "my.yaml:1:4: anchor \"x\" is refused: nothing may be said by reference");
	assert_refused("a: b\n---\nc: d\n", "my.yaml:2:1: a second document begins");
	assert_refused("'': b\n", "my.yaml:1:1: a key is empty");
	assert_refused("a: \"x\\0y\"\n", "my.yaml:1:4: a NUL is in this text");
	assert_refused("\"x\\0y\": a\n", "my.yaml:1:1: a NUL is in this key");
}

static void a_file_that_is_too_long_is_refused(void **state)
{
	(void)state;
	struct silt_settings *settings;
	struct silt_error err;
	const size_t size = SILT_YAML_BYTES_MAX + 1;
	uint8_t *text = malloc(size);
	assert_non_null(text);
	memset(text, 'a', size);
	assert_int_equal(read_span(silt_bytes(text, size), &settings, &err), SILT_ERR_USAGE);
	assert_null(settings);
	free(text);
}

static void a_hostile_name_of_the_file_is_escaped(void **state)
{
	(void)state;
	struct silt_settings *settings = NULL;
	struct silt_error err = {0};
	const struct silt_settings_file file = {.name = "a\033[31m", .text = "- x", .size = 3};
	assert_int_equal(silt_settings_read(&file, &settings, &err), SILT_ERR_USAGE);
	assert_string_equal(err.text, "a\\x1b[31m:1:1: expected settings, which are a map of names to values");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_and_lists_have_their_places),
		cmocka_unit_test(a_value_is_the_text_that_was_written),
		cmocka_unit_test(a_file_of_comments_only_sets_nothing),
		cmocka_unit_test(what_is_no_flat_map_is_refused),
		cmocka_unit_test(what_could_be_read_in_two_ways_is_refused),
		cmocka_unit_test(a_file_that_is_too_long_is_refused),
		cmocka_unit_test(a_hostile_name_of_the_file_is_escaped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
