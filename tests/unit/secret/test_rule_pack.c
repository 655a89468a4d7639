/* The pack of the rules that silt ships: it has what their files say, and nothing that is damaged is taken for one. */
#include "check.h"

#include "secret/rule_pack.h"
#include "secret/rule_set.h"
#include "secret/shipped.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Files --------------------------------------------------------------------------------------------------------- */

static struct silt_buffer content_of(const char *name)
{
	struct silt_buffer path = {0}, bytes = {0};
	silt_buffer_printf(&path, "%s/%s", SILT_RULES_FOLDER, name);
	FILE *file = fopen(silt_buffer_text(&path), "rb");
	assert_non_null(file);
	for (int byte = fgetc(file); byte != EOF; byte = fgetc(file)) {
		silt_buffer_add_byte(&bytes, (uint8_t)byte);
	}
	fclose(file);
	silt_buffer_done(&path);
	return bytes;
}

static void add_file(struct silt_rule_set *set, const char *name)
{
	struct silt_error err = {0};
	struct silt_buffer yaml = content_of(name), source = {0};
	silt_buffer_printf(&source, "silt/rules/%s", name);
	struct silt_bytes text = silt_buffer_bytes(&yaml);
	enum silt_status status = silt_rule_set_add_own(set, text, silt_buffer_text(&source), &err);
	if (status != SILT_OK) {
		fail_msg("%s", err.text);
	}
	silt_buffer_done(&yaml);
	silt_buffer_done(&source);
}

static int is_for_secrets(const struct dirent *entry)
{
	return strstr(entry->d_name, ".yaml") && strcmp(entry->d_name, "macros.yaml") != 0 &&
	       strcmp(entry->d_name, "programs.yaml") != 0;
}

/* The rules as their files have them: macros and programs first, then by name. */
static struct silt_rule_set *set_of_files(void)
{
	struct silt_rule_set *set = silt_rule_set_new();
	struct dirent **entries = NULL;
	int count = scandir(SILT_RULES_FOLDER, &entries, is_for_secrets, alphasort);
	assert_true(count > 0);
	add_file(set, "macros.yaml");
	add_file(set, "programs.yaml");
	for (int i = 0; i < count; i++) {
		add_file(set, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return set;
}

/* ---- The same ------------------------------------------------------------------------------------------------------ */

static void assert_same_text(const char *a, const char *b)
{
	assert_int_equal(!a, !b);
	if (a) {
		assert_string_equal(a, b);
	}
}

static void assert_same_texts(const char *const *a, const char *const *b)
{
	assert_int_equal(!a, !b);
	for (; a && *a; a++, b++) {
		assert_same_text(*a, *b);
	}
	assert_true(!b || !*b);
}

static void assert_same_bytes(struct silt_bytes a, struct silt_bytes b)
{
	assert_int_equal(!a.ptr, !b.ptr);
	assert_true(silt_bytes_equal(a, b));
}

static void assert_same_literals(const struct silt_bytes *a, const struct silt_bytes *b)
{
	assert_int_equal(!a, !b);
	for (; a && a->ptr; a++, b++) {
		assert_same_bytes(*a, *b);
	}
	assert_true(!b || !b->ptr);
}

static void assert_same_examples(const struct silt_rule_example *a, size_t count, const struct silt_rule_example *b,
				 size_t other)
{
	assert_int_equal(count, other);
	for (size_t i = 0; i < count; i++) {
		assert_same_bytes(a[i].text, b[i].text);
		assert_same_text(a[i].file, b[i].file);
	}
}

static void assert_same_numbers(const struct silt_rule *a, const struct silt_rule *b)
{
	assert_int_equal(a->severity, b->severity);
	assert_int_equal(a->confidence, b->confidence);
	assert_int_equal(a->back, b->back);
	assert_int_equal(a->reach, b->reach);
	assert_int_equal(a->context, b->context);
	assert_int_equal(a->show, b->show);
	assert_int_equal(a->within, b->within);
	assert_memory_equal(&a->limits, &b->limits, sizeof(a->limits));
	assert_int_equal(a->generic, b->generic);
	assert_int_equal(a->at_start, b->at_start);
	assert_int_equal(a->public_half, b->public_half);
	assert_int_equal(a->never_vendor, b->never_vendor);
	assert_int_equal(a->ahead, b->ahead);
	assert_int_equal(a->line, b->line);
}

static void assert_same_words(const struct silt_rule *a, const struct silt_rule *b)
{
	assert_same_text(a->id, b->id);
	assert_same_text(a->title, b->title);
	assert_same_text(a->provider, b->provider);
	assert_same_text(a->remedy, b->remedy);
	assert_same_text(a->pattern, b->pattern);
	assert_same_text(a->identity, b->identity);
	assert_same_text(a->validator, b->validator);
	assert_same_text(a->source, b->source);
	assert_same_texts(a->references, b->references);
	assert_same_texts(a->anchor_texts, b->anchor_texts);
	assert_same_texts(a->anchors_any_case, b->anchors_any_case);
	assert_same_texts(a->files, b->files);
	assert_same_texts(a->keywords, b->keywords);
	assert_same_texts(a->allow, b->allow);
}

static void assert_same_rule(const struct silt_rule *a, const struct silt_rule *b)
{
	assert_same_words(a, b);
	assert_same_numbers(a, b);
	assert_same_literals(a->anchors, b->anchors);
	assert_same_examples(a->positives, a->positive_count, b->positives, b->positive_count);
	assert_same_examples(a->negatives, a->negative_count, b->negatives, b->negative_count);
	assert_true(a->validate == b->validate);
}

static void assert_same_macros(const struct silt_rule_macros *a, const struct silt_rule_macros *b)
{
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		assert_same_text(a->items[i].name, b->items[i].name);
		assert_same_bytes(a->items[i].text, b->items[i].text);
		assert_same_text(a->items[i].source, b->items[i].source);
		assert_int_equal(a->items[i].line, b->items[i].line);
	}
}

static void what_is_shipped_is_what_the_files_say(void **state)
{
	(void)state;
	struct silt_error err = {0};
	struct silt_rule_set *files = set_of_files(), *shipped = silt_rule_set_new();
	assert_int_equal(silt_rule_set_add_shipped(shipped, &err), SILT_OK);
	assert_true(silt_rule_set_is_shipped(shipped));
	assert_false(silt_rule_set_is_shipped(files));
	size_t count = 0, other = 0;
	const struct silt_rule *a = silt_rule_set_rules(files, &count), *b = silt_rule_set_rules(shipped, &other);
	assert_int_equal(count, other);
	for (size_t i = 0; i < count; i++) {
		struct silt_pattern_facts facts;
		assert_same_rule(&a[i], &b[i]);
		assert_int_equal(silt_pattern_check(b[i].pattern, &facts, &err), SILT_OK);
		assert_int_equal(b[i].origin, facts.origin);
	}
	assert_same_macros(silt_rule_set_macros(files), silt_rule_set_macros(shipped));
	silt_rule_set_free(files);
	silt_rule_set_free(shipped);
}

static void the_basics_are_the_macros_and_the_programs(void **state)
{
	(void)state;
	struct silt_error err = {0};
	struct silt_rule_set *basics = silt_rule_set_new(), *files = silt_rule_set_new();
	assert_int_equal(silt_rule_set_add_basics(basics, &err), SILT_OK);
	add_file(files, "macros.yaml");
	add_file(files, "programs.yaml");
	size_t count = 0, other = 0;
	const struct silt_rule *a = silt_rule_set_rules(files, &count), *b = silt_rule_set_rules(basics, &other);
	assert_int_equal(count, other);
	for (size_t i = 0; i < count; i++) {
		assert_same_rule(&a[i], &b[i]);
	}
	assert_same_macros(silt_rule_set_macros(files), silt_rule_set_macros(basics));
	assert_false(silt_rule_set_is_shipped(basics));
	silt_rule_set_free(files);
	silt_rule_set_free(basics);
}

/* Scanners look for ASCII: there is hardly any in what is inverted. */
static void what_is_shipped_is_inverted(void **state)
{
	(void)state;
	struct silt_bytes lies = silt_bytes(silt_shipped_rules.inverted, silt_shipped_rules.size);
	assert_int_equal(silt_bytes_find(lies, SILT_LITERAL("-----BEGIN")), SIZE_MAX);
	uint8_t *bytes = malloc(lies.len);
	assert_non_null(bytes);
	silt_shipped_copy(&silt_shipped_rules, bytes);
	assert_int_not_equal(silt_bytes_find(silt_bytes(bytes, lies.len), SILT_LITERAL("-----BEGIN")), SIZE_MAX);
	for (size_t i = 0; i < lies.len; i++) {
		assert_int_equal(bytes[i], (uint8_t)~lies.ptr[i]);
	}
	free(bytes);
}

/* ---- Damage -------------------------------------------------------------------------------------------------------- */

/* A pack with every kind of member. */
static struct silt_buffer small_pack(void)
{
	struct silt_error err = {0};
	struct silt_buffer pack = {0};
	struct silt_rule_set *set = silt_rule_set_new();
	assert_int_equal(silt_rule_set_add(set, SILT_LITERAL("define: {m: '[0-9]'}\n"), "macros", &err), SILT_OK);
	struct silt_bytes yaml = SILT_LITERAL("rules:\n"
					      "- id: a\n  title: A\n  severity: low\n  anchors: [abcd]\n"
					      "  anchors-any-case: [efgh]\n  pattern: 'abcd%{m}'\n  allow: [x]\n"
					      "  validate: pem\n  limits: {digits: 1}\n  keywords: [word]\n"
					      "  positive: [abcd1]\n  negative: [abcd]\n"
					      "- id: b\n  title: B\n  severity: high\n  files: [b]\n  pattern: 'y+'\n"
					      "  positive: [{file: b, text: y}]\n  negative: [x]\n");
	assert_int_equal(silt_rule_set_add(set, yaml, "f", &err), SILT_OK);
	size_t count = 0;
	const struct silt_rule *rules = silt_rule_set_rules(set, &count);
	assert_int_equal(silt_rule_pack_write(rules, count, silt_rule_set_macros(set), &pack, &err), SILT_OK);
	assert_false(pack.failed);
	silt_rule_set_free(set);
	return pack;
}

/* The copy is as long as what is read, so that a sanitizer sees who reads on. */
static enum silt_status read_copy(struct silt_bytes bytes)
{
	struct silt_error err = {0};
	struct silt_rule_set *set = silt_rule_set_new();
	enum silt_status status = silt_rule_set_add_packed(set, bytes, &err);
	silt_rule_set_free(set);
	return status;
}

static void a_pack_that_ends_early_or_late_is_refused(void **state)
{
	(void)state;
	struct silt_buffer pack = small_pack();
	assert_int_equal(read_copy(silt_buffer_bytes(&pack)), SILT_OK);
	for (size_t len = 0; len < pack.len; len++) {
		assert_int_equal(read_copy(silt_bytes(pack.ptr, len)), SILT_ERR_INTERNAL);
	}
	silt_buffer_add_byte(&pack, 0);
	assert_int_equal(read_copy(silt_buffer_bytes(&pack)), SILT_ERR_INTERNAL);
	silt_buffer_done(&pack);
}

/* A changed letter is another rule; a changed length, count or choice must be refused, and nothing else may happen. */
static void a_changed_byte_is_refused_or_another_rule(void **state)
{
	(void)state;
	static const uint8_t changes[] = {0x01, 0x80, 0xff};
	struct silt_buffer pack = small_pack();
	size_t refused = 0;
	for (size_t i = 0; i < pack.len; i++) {
		for (size_t c = 0; c < sizeof(changes); c++) {
			pack.ptr[i] ^= changes[c];
			enum silt_status status = read_copy(silt_buffer_bytes(&pack));
			assert_true(status == SILT_OK || status == SILT_ERR_INTERNAL);
			refused += status != SILT_OK;
			pack.ptr[i] ^= changes[c];
		}
	}
	assert_true(refused > pack.len);
	silt_buffer_done(&pack);
}

static void nothing_is_no_pack(void **state)
{
	(void)state;
	assert_int_equal(read_copy(silt_bytes("", 0)), SILT_ERR_INTERNAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_shipped_is_what_the_files_say),
		cmocka_unit_test(the_basics_are_the_macros_and_the_programs),
		cmocka_unit_test(what_is_shipped_is_inverted),
		cmocka_unit_test(a_pack_that_ends_early_or_late_is_refused),
		cmocka_unit_test(a_changed_byte_is_refused_or_another_rule),
		cmocka_unit_test(nothing_is_no_pack),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
