/*
 * Every rule that silt ships, against its own examples. All that fail are named, not only the first: a test is run
 * once for many rules.
 */
#include "check.h"
#include "scan_kit.h"

#include "base/attributes.h"
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

/* Of the last scan: a match of the rule itself. */
static bool matched(const struct kit *kit, const struct silt_rule *rule)
{
	return kit_find(kit, rule->id) != NULL;
}

static void every_positive_is_found(void **state)
{
	struct kit *kit = *state;
	failures = 0;
	for (size_t r = 0; r < kit->matcher->rule_count; r++) {
		const struct silt_rule *rule = &kit->matcher->rules[r];
		for (size_t i = 0; i < rule->positive_count; i++) {
			const struct silt_rule_example *example = &rule->positives[i];
			kit_scan_file(kit, silt_bytes_text(example->file), example->text, 0);
			if (!matched(kit, rule)) {
				complain(rule, "positive", i, example->text, "is not found");
			}
			kit_scan_file(kit, silt_bytes_text(example->file), example->text, 7);
			if (!matched(kit, rule)) {
				complain(rule, "positive", i, example->text, "is not found in blocks of 7 bytes");
			}
		}
	}
	assert_int_equal(failures, 0);
}

static void no_negative_is_found(void **state)
{
	struct kit *kit = *state;
	failures = 0;
	for (size_t r = 0; r < kit->matcher->rule_count; r++) {
		const struct silt_rule *rule = &kit->matcher->rules[r];
		for (size_t i = 0; i < rule->negative_count; i++) {
			const struct silt_rule_example *example = &rule->negatives[i];
			kit_scan_file(kit, silt_bytes_text(example->file), example->text, 0);
			if (matched(kit, rule)) {
				complain(rule, "negative", i, example->text, "is found");
			}
		}
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

static int open_kit(void **state)
{
	static struct kit kit;
	kit_open(&kit);
	*state = &kit;
	return 0;
}

static int close_kit(void **state)
{
	kit_close(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_positive_is_found),
		cmocka_unit_test(no_negative_is_found),
		cmocka_unit_test(every_cut_of_an_example_can_be_scanned),
		cmocka_unit_test(every_rule_says_who_what_and_how_to_revoke),
		cmocka_unit_test(rules_are_found_by_their_ids),
	};
	return cmocka_run_group_tests(tests, open_kit, close_kit);
}
