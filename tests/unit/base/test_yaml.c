/* YAML documents: what becomes of them, where everything stands, and all that is refused. */
#include "check.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "base/yaml.h"

/* The tree on one line: "text" with quotes, !base64, [list], {key: value}. Trees of tests are shallow. */
static void draw(struct silt_buffer *out, const struct silt_yaml_node *node)
{
	if (node->kind == SILT_YAML_SCALAR) {
		silt_buffer_add_text(out, node->binary ? "!" : "\"");
		silt_buffer_add(out, node->text);
		silt_buffer_add_text(out, node->binary ? "!" : "\"");
		return;
	}
	bool map = node->kind == SILT_YAML_MAP;
	size_t count = 0;
	silt_buffer_add_text(out, map ? "{" : "[");
	for (const struct silt_yaml_node *child = node->first; child; child = child->next) {
		silt_buffer_add_text(out, count++ > 0 ? ", " : "");
		silt_buffer_add(out, child->key);
		silt_buffer_add_text(out, map ? ": " : "");
		assert_int_equal(child->key.len > 0, map);
		draw(out, child);
	}
	silt_buffer_add_text(out, map ? "}" : "]");
	assert_int_equal(count, node->count);
}

static void assert_becomes(const char *yaml, const char *want)
{
	struct silt_arena arena = {0};
	struct silt_buffer out = {0};
	struct silt_error err = {0};
	const struct silt_yaml_node *root = NULL;
	if (silt_yaml_read(silt_bytes_text(yaml), &arena, &root, &err) != SILT_OK) {
		fail_msg("%s: %s", yaml, err.text);
	}
	draw(&out, root);
	assert_string_equal(silt_buffer_text(&out), want);
	silt_buffer_done(&out);
	silt_arena_done(&arena);
}

static void assert_refused_span(struct silt_bytes yaml, const char *why)
{
	struct silt_arena arena = {0};
	struct silt_error err = {0};
	const struct silt_yaml_node *root = NULL;
	assert_int_equal(silt_yaml_read(yaml, &arena, &root, &err), SILT_ERR_USAGE);
	assert_string_equal(err.text, why);
	assert_null(root);
	silt_arena_done(&arena);
}

#define assert_refused(yaml, why) assert_refused_span(SILT_LITERAL(yaml), why)

static void documents_become_trees(void **state)
{
	(void)state;
	assert_becomes("a: 1\nb: [x, 'y z', \"t\\tu\"]\nc:\n  - d: true\n    e: ''\n  - ~\n",
		       "{a: \"1\", b: [\"x\", \"y z\", \"t\tu\"], c: [{d: \"true\", e: \"\"}, \"~\"]}");
	assert_becomes("--- word\n...\n", "\"word\"");
	assert_becomes("[]", "[]");
	assert_becomes("a: {}\n", "{a: {}}");
	assert_becomes("a: |\n  one\n  two\nb: >-\n  one\n  two\n", "{a: \"one\ntwo\n\", b: \"one two\"}");
	assert_becomes("\xEF\xBB\xBF# first a mark of the byte order\na: b\n", "{a: \"b\"}");
	assert_becomes("\xEF\xBB\xBF"
		       "a: b\nc: d\n",
		       "{a: \"b\", c: \"d\"}");
	assert_becomes("a: \xC3\xA9\n", "{a: \"\xC3\xA9\"}");
	assert_becomes("? a\n: b\n", "{a: \"b\"}");
}

static void patterns_in_single_quotes_are_as_written(void **state)
{
	(void)state;
	assert_becomes("a: '[\\\\\"''\\])]{0,4}\\s%{x}#'\n", "{a: \"[\\\\\"'\\])]{0,4}\\s%{x}#\"}");
}

static void binary_is_marked_and_not_decoded(void **state)
{
	(void)state;
	assert_becomes("- !!binary \"AAEC\"\n- !!binary |\n  AA\n  EC\n", "[!AAEC!, !AA\nEC\n!]");
}

static void a_nul_may_stand_in_a_text(void **state)
{
	(void)state;
	struct silt_arena arena = {0};
	const struct silt_yaml_node *root = NULL;
	assert_int_equal(silt_yaml_read(SILT_LITERAL("\"a\\0b\""), &arena, &root, NULL), SILT_OK);
	assert_int_equal(root->text.len, 3);
	assert_memory_equal(root->text.ptr, "a\0b", 4);
	silt_arena_done(&arena);
}

static void the_name_of_a_severity_is_all_there_is(void **state)
{
	(void)state;
	static const struct {
		struct silt_bytes yaml;
		bool named;
	} cases[] = {
		{SILT_LITERAL_INIT("high"), true},
		{SILT_LITERAL_INIT("'high'"), true},
		{SILT_LITERAL_INIT("\"high\\0\""), false},
		{SILT_LITERAL_INIT("\"high \""), false},
		{SILT_LITERAL_INIT("\"high\\0 low\""), false},
		{SILT_LITERAL_INIT("''"), false},
		{SILT_LITERAL_INIT("!!binary high"), false},
		{SILT_LITERAL_INIT("[high]"), false},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		struct silt_arena arena = {0};
		const struct silt_yaml_node *root = NULL;
		enum silt_severity severity = SILT_SEVERITY_INFO;
		assert_int_equal(silt_yaml_read(cases[i].yaml, &arena, &root, NULL), SILT_OK);
		assert_int_equal(silt_yaml_severity(root, &severity), cases[i].named);
		assert_int_equal(severity, cases[i].named ? SILT_SEVERITY_HIGH : SILT_SEVERITY_INFO);
		silt_arena_done(&arena);
	}
}

static void everything_knows_its_place(void **state)
{
	(void)state;
	struct silt_arena arena = {0};
	const struct silt_yaml_node *root = NULL;
	assert_int_equal(silt_yaml_read(SILT_LITERAL("# c\na:\n  - \xC3\xA9\xC3\xA9: b\n"), &arena, &root, NULL),
			 SILT_OK);
	assert_int_equal(root->place.line, 2);
	const struct silt_yaml_node *list = silt_yaml_member(root, SILT_LITERAL("a"));
	assert_int_equal(list->at.line, 2);
	assert_int_equal(list->place.line, 3);
	assert_int_equal(list->place.column, 3);
	const struct silt_yaml_node *value = list->first->first;
	assert_int_equal(value->at.column, 5);
	assert_int_equal(value->place.column, 9); /* characters, not bytes */
	assert_null(silt_yaml_member(root, SILT_LITERAL("b")));
	assert_null(silt_yaml_member(list, SILT_LITERAL("a")));
	silt_arena_done(&arena);
}

static void what_says_something_by_reference_is_refused(void **state)
{
	(void)state;
	assert_refused("a: &x 1\n", "1:4: anchor \"x\" is refused: nothing may be said by reference");
	assert_refused("a: &x [1]\n", "1:4: anchor \"x\" is refused: nothing may be said by reference");
	assert_refused("&x a: b\n", "1:1: anchor \"x\" is refused: nothing may be said by reference");
	assert_refused("- &x {}\n", "1:3: anchor \"x\" is refused: nothing may be said by reference");
	assert_refused("a: *x\n", "1:4: alias \"x\" is refused: nothing may be said by reference");
}

static void tags_but_binary_are_refused(void **state)
{
	(void)state;
#define ONLY " is refused: only !!binary before a text is known"
	assert_refused("a: !!str 1\n", "1:4: tag \"tag:yaml.org,2002:str\"" ONLY);
	assert_refused("a: !secret x\n", "1:4: tag \"!secret\"" ONLY);
	assert_refused("a: ! x\n", "1:4: tag \"!\"" ONLY);
	assert_refused("a: !!binary [x]\n", "1:4: tag \"tag:yaml.org,2002:binary\"" ONLY);
	assert_refused("!!map {a: b}\n", "1:1: tag \"tag:yaml.org,2002:map\"" ONLY);
	assert_refused("!!binary YQ==: b\n", "1:1: a key must not be !!binary");
}

static void keys_are_texts_and_stand_once(void **state)
{
	(void)state;
	assert_refused("a: 1\nb: 2\na: 3\n", "3:1: key \"a\" is given twice");
	assert_refused("{\"\\x1b[31m\": 1, \"\\x1b[31m\": 2}", "1:17: key \"\\x1b[31m\" is given twice");
	assert_refused("? [a]\n: b\n", "1:3: a key must be a text, not a list or map");
	assert_refused("? {a: b}\n: c\n", "1:3: a key must be a text, not a list or map");
	assert_refused("'': a\n", "1:1: a key is empty");
}

static void a_file_is_one_document(void **state)
{
	(void)state;
	assert_refused("a: b\n---\nc: d\n", "2:1: a second document begins");
	assert_refused("", "1:1: there is nothing in it");
	assert_refused("# nothing\n", "1:1: there is nothing in it");
}

static void what_is_no_yaml_is_refused_with_its_place(void **state)
{
	(void)state;
	assert_refused("a: [b\nc: d\n",
		       "2:2: no YAML, while parsing a flow sequence: did not find expected ',' or ']'");
	assert_refused("a: 'b\n", "2:1: no YAML, while scanning a quoted scalar: found unexpected end of stream");
	assert_refused("\ta: b\n",
		       "1:1: no YAML, while scanning for the next token: found character that cannot start any token");
	assert_refused("a: b\nc: d\xFF\n", "2:5: no YAML: invalid leading UTF-8 octet");
	assert_refused("a: b\nc: \x01\n", "2:4: no YAML: control characters are not allowed");
	assert_refused("a: \0b\n", "1:4: no YAML: control characters are not allowed");
	assert_refused("\xFF\xFE"
		       "a\0",
		       "1:1: no YAML: invalid leading UTF-8 octet");
}

static void nesting_is_bounded(void **state)
{
	(void)state;
	char yaml[2 * SILT_YAML_DEPTH_MAX + 2];
	struct silt_arena arena = {0};
	const struct silt_yaml_node *root = NULL;
	memset(yaml, '[', SILT_YAML_DEPTH_MAX);
	memset(yaml + SILT_YAML_DEPTH_MAX, ']', SILT_YAML_DEPTH_MAX);
	assert_int_equal(silt_yaml_read(silt_bytes(yaml, sizeof(yaml) - 2), &arena, &root, NULL), SILT_OK);
	memset(yaml, '[', SILT_YAML_DEPTH_MAX + 1);
	memset(yaml + SILT_YAML_DEPTH_MAX + 1, ']', SILT_YAML_DEPTH_MAX + 1);
	assert_refused_span(silt_bytes(yaml, sizeof(yaml)), "1:17: lists and maps are nested too deeply");
	silt_arena_done(&arena);
}

static void the_number_of_keys_values_and_bytes_is_bounded(void **state)
{
	(void)state;
	struct silt_buffer yaml = {0};
	for (size_t i = 0; i <= SILT_YAML_KEYS_MAX; i++) {
		silt_buffer_printf(&yaml, "k%zu: v\n", i);
	}
	assert_refused_span(silt_buffer_bytes(&yaml), "257:1: more keys in one map than any file of silt needs");
	silt_buffer_clear(&yaml);
	for (size_t i = 0; i < SILT_YAML_NODES_MAX; i++) { /* and the list itself */
		silt_buffer_add_text(&yaml, "- a\n");
	}
	assert_refused_span(silt_buffer_bytes(&yaml), "200000:3: more values than any file of silt needs");
	while (yaml.len <= SILT_YAML_BYTES_MAX) {
		silt_buffer_add_byte(&yaml, '\n');
	}
	assert_refused_span(silt_buffer_bytes(&yaml),
			    "1:1: 1048577 bytes, and 1048576 are the most a file of silt may have");
	silt_buffer_done(&yaml);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(documents_become_trees),
		cmocka_unit_test(patterns_in_single_quotes_are_as_written),
		cmocka_unit_test(binary_is_marked_and_not_decoded),
		cmocka_unit_test(a_nul_may_stand_in_a_text),
		cmocka_unit_test(the_name_of_a_severity_is_all_there_is),
		cmocka_unit_test(everything_knows_its_place),
		cmocka_unit_test(what_says_something_by_reference_is_refused),
		cmocka_unit_test(tags_but_binary_are_refused),
		cmocka_unit_test(keys_are_texts_and_stand_once),
		cmocka_unit_test(a_file_is_one_document),
		cmocka_unit_test(what_is_no_yaml_is_refused_with_its_place),
		cmocka_unit_test(nesting_is_bounded),
		cmocka_unit_test(the_number_of_keys_values_and_bytes_is_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
