/*
 * Every rule that silt ships, against its own examples. All that fail are named, not only the first: a test is run
 * once for many rules.
 */
#include "check.h"
#include "scan_kit.h"

#include "base/escape.h"

#include <stdio.h>

/* What went wrong so far. */
static size_t failures;

static void complain(const struct silt_rule *rule, const char *kind, size_t number, struct silt_bytes text,
		     const char *what)
{
	char shown[120];
	failures++;
	print_error("%s:%u: rule %s: %s %zu %s: %s\n", rule->source, rule->line, rule->id, kind, number + 1, what,
		    silt_escape_text(text, shown, sizeof(shown)));
}

static void check_positives(struct kit *kit, const struct silt_rule *rule)
{
	for (size_t i = 0; i < rule->positive_count; i++) {
		const struct silt_rule_example *example = &rule->positives[i];
		struct silt_bytes path = silt_bytes_text(example->file);
		kit_scan_file(kit, path, example->text, 0);
		if (!kit_find(kit, rule->id)) {
			complain(rule, "positive", i, example->text, "is not found");
		}
		kit_scan_file(kit, path, example->text, 7);
		if (!kit_find(kit, rule->id)) {
			complain(rule, "positive", i, example->text, "is not found in blocks of 7 bytes");
		}
	}
}

static void check_negatives(struct kit *kit, const struct silt_rule *rule)
{
	for (size_t i = 0; i < rule->negative_count; i++) {
		const struct silt_rule_example *example = &rule->negatives[i];
		kit_scan_file(kit, silt_bytes_text(example->file), example->text, 0);
		if (kit_find(kit, rule->id)) {
			complain(rule, "negative", i, example->text, "is found");
		}
	}
}

static void every_positive_is_found(void **state)
{
	struct kit *kit = *state;
	failures = 0;
	for (size_t r = 0; r < kit->matcher->rule_count; r++) {
		check_positives(kit, &kit->matcher->rules[r]);
	}
	assert_int_equal(failures, 0);
}

static void no_negative_is_found(void **state)
{
	struct kit *kit = *state;
	failures = 0;
	for (size_t r = 0; r < kit->matcher->rule_count; r++) {
		check_negatives(kit, &kit->matcher->rules[r]);
	}
	assert_int_equal(failures, 0);
}

/* Of a text that ends in the middle of a value or begins there: no crash, and no read beyond it. */
static void every_cut_of_an_example_can_be_scanned(void **state)
{
	struct kit *kit = *state;
	for (size_t r = 0; r < kit->matcher->rule_count; r++) {
		const struct silt_rule *rule = &kit->matcher->rules[r];
		const struct silt_rule_example *example = &rule->positives[0];
		size_t step = 1 + example->text.len / 50;
		for (size_t cut = 0; cut < example->text.len; cut += step) {
			struct silt_bytes path = silt_bytes_text(example->file);
			kit_scan_file(kit, path, silt_bytes_slice(example->text, 0, cut), 0);
			kit_scan_file(kit, path, silt_bytes_slice(example->text, cut, example->text.len), 0);
			assert_true(kit->in_order);
		}
	}
}

static void every_rule_says_who_what_and_how_to_revoke(void **state)
{
	struct kit *kit = *state;
	failures = 0;
	for (size_t r = 0; r < kit->matcher->rule_count; r++) {
		const struct silt_rule *rule = &kit->matcher->rules[r];
		size_t len = strlen(rule->remedy);
		if (strlen(rule->title) < 5) {
			complain(rule, "title", 0, silt_bytes_text(rule->title), "says too little");
		}
		if (len < 20 || rule->remedy[len - 1] != '.') {
			complain(rule, "revoke", 0, silt_bytes_text(rule->remedy), "is not a sentence");
		}
	}
	assert_int_equal(failures, 0);
}

static void rules_are_found_by_their_ids(void **state)
{
	struct kit *kit = *state;
	const struct silt_rule_set *set = kit->matcher->set;
	size_t count = 0;
	const struct silt_rule *rules = silt_rule_set_rules(set, &count);
	assert_true(count >= 22);
	assert_int_equal(count, kit->matcher->rule_count);
	for (size_t i = 0; i < count; i++) {
		assert_ptr_equal(silt_rule_set_find(set, silt_bytes_text(rules[i].id)), &rules[i]);
	}
	assert_null(silt_rule_set_find(set, SILT_LITERAL("no-such-rule")));
	assert_null(silt_rule_set_find(set, SILT_LITERAL("")));
}

/* ---- The documentation ------------------------------------------------------------------------------------------- */

/* The fenced block of docs/rule-format.md that is marked as the example. */
static struct silt_bytes example_of(const struct silt_buffer *page)
{
	struct silt_bytes rest = silt_buffer_bytes(page);
	size_t mark = silt_bytes_find(rest, SILT_LITERAL("<!-- example -->\n```yaml\n"));
	assert_int_not_equal(mark, SIZE_MAX);
	rest = silt_bytes_slice(rest, mark + strlen("<!-- example -->\n```yaml\n"), rest.len);
	return silt_bytes_slice(rest, 0, silt_bytes_find(rest, SILT_LITERAL("\n```\n")) + 1);
}

static struct silt_buffer read_page(void)
{
	struct silt_buffer page = {0};
	FILE *file = fopen(SILT_RULE_FORMAT, "rb");
	assert_non_null(file);
	for (int byte = fgetc(file); byte != EOF; byte = fgetc(file)) {
		silt_buffer_add_byte(&page, (uint8_t)byte);
	}
	fclose(file);
	return page;
}

static void the_documented_example_is_a_file_of_rules_that_work(void **state)
{
	(void)state;
	struct silt_buffer page = read_page();
	struct silt_rule_set *set = silt_rule_set_new();
	struct silt_error err = {0};
	assert_int_equal(silt_rule_set_add_shipped(set, &err), SILT_OK);
	if (silt_rule_set_add(set, example_of(&page), "docs/rule-format.md", &err) != SILT_OK) {
		fail_msg("%s", err.text);
	}
	struct kit kit;
	kit_open_set(&kit, set);
	failures = 0;
	size_t documented = 0;
	for (size_t r = 0; r < kit.matcher->rule_count; r++) {
		const struct silt_rule *rule = &kit.matcher->rules[r];
		if (strcmp(rule->source, "docs/rule-format.md") == 0) {
			check_positives(&kit, rule);
			check_negatives(&kit, rule);
			documented++;
		}
	}
	assert_int_equal(failures, 0);
	assert_int_equal(documented, 3);
	kit_close(&kit);
	silt_buffer_done(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_positive_is_found),
		cmocka_unit_test(no_negative_is_found),
		cmocka_unit_test(every_cut_of_an_example_can_be_scanned),
		cmocka_unit_test(every_rule_says_who_what_and_how_to_revoke),
		cmocka_unit_test(rules_are_found_by_their_ids),
		cmocka_unit_test(the_documented_example_is_a_file_of_rules_that_work),
	};
	return cmocka_run_group_tests(tests, kit_setup, kit_teardown);
}
