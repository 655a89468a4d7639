/* What a pattern demands in a row, and whether a text has it. */
#include "check.h"
#include "secret/pattern_run.h"
#include "secret/rule_set.h"

static void assert_run(const char *pattern, uint32_t letters, uint32_t symbols)
{
	struct silt_pattern_run run = silt_pattern_run(pattern);
	if (run.letters != letters || run.symbols != symbols) {
		fail_msg("%s: %u letters and %u symbols, expected %u and %u", pattern, run.letters, run.symbols,
			 letters, symbols);
	}
}

static void bytes_and_classes_are_counted_as_often_as_they_must_come(void **state)
{
	(void)state;
	assert_run("", 0, 0);
	assert_run("abc", 3, 3);
	assert_run("ghp_[A-Za-z0-9]{36}", 36, 40);
	assert_run("[0-9a-f]{8}-[0-9a-f]{4}", 8, 13);
	assert_run("a+b*c?d{2,9}e{3,}+f{4}?", 10, 10);
	assert_run("[A-Za-z0-9+/]{40}={0,2}", 0, 40);
	assert_run("x\\.y\\-z", 1, 3);
	assert_run("[a-z.]{30}[^x]{30}.{30}\\d{30}", 0, 0);
	assert_run("[\\w]{20}[]a]{20}[a\\]]{20}[a-\\x7f]{20}[!-~]{20}", 0, 0);
	assert_run("[a\\-z]{20}", 0, 20);
}

static void a_group_is_its_contents_unless_it_forks_or_repeats(void **state)
{
	(void)state;
	assert_run("ab(?<secret>cd)ef", 6, 6);
	assert_run("ab(?:cd)(?>ef)(gh)", 8, 8);
	assert_run("ab(?:cd|c)efg", 3, 3);
	assert_run("ab(?:cd)?e", 2, 2);
	assert_run("ab(?:cd){9}e", 2, 2);
	assert_run("ab(?i:cd)e", 2, 2);
	assert_run("(?|a(?<x>bc)|d(?<x>e))fg", 2, 2);
	assert_run("(a(b[)|]c)d)", 2, 2);
	assert_run("(a\\)b)c", 2, 2);
}

static void what_looks_around_takes_nothing(void **state)
{
	(void)state;
	assert_run("(?<![A-Za-z])ab(?=x{20})cd(?!y{20})ef(?<=f)", 6, 6);
	assert_run("ab(?=[)])(?:cd)", 4, 4);
}

static void of_alternatives_the_poorest_counts(void **state)
{
	(void)state;
	assert_run("[a-z]{20}|[a-z]{7}-[a-z]{9}", 9, 17);
	assert_run("[a-z]{20}|", 0, 0);
	assert_run("(?<secret>[a-z]{20}|x)", 0, 0);
}

static void what_is_not_understood_counts_as_nothing(void **state)
{
	(void)state;
	assert_run("[a-z]{20}\\Q(\\E", 0, 0);
	assert_run("(?x)[a-z]{20} (?i)", 0, 0);
	assert_run("(?<a>x)\\g{abcdefghijklmnopqrstuvwxyz}", 0, 0);
	assert_run("\\x41\\x41", 0, 0);
	assert_run("(*COMMIT)[a-z]{20}", 0, 0);
	assert_run("a(?#aaaaaaaaaaaaaaaaaaaaaa)", 0, 0);
	assert_run("[a-z]{20}[[:alpha:]]", 0, 0);
	assert_run("a{,20}", 0, 0);
	assert_run("(a", 0, 0);
	assert_run("[a", 0, 0);
	assert_run("a\\", 0, 0);
}

static bool has(const char *text, uint32_t letters, uint32_t symbols)
{
	return silt_has_run(silt_bytes_text(text), (struct silt_pattern_run){letters, symbols});
}

static void a_text_has_a_run_wherever_it_stands(void **state)
{
	(void)state;
	assert_true(has("", 0, 0));
	assert_true(has("", SILT_RUN_MIN - 1, SILT_RUN_MIN - 1));
	assert_false(has("", 16, 16));
	assert_true(has("0123456789abcdef", 16, 0));
	assert_false(has("0123456789abcde", 16, 0));
	assert_false(has("0123456789abcde_", 16, 0));
	assert_true(has("0123456789abcde_", 0, 16));
	assert_true(has("=0123456789abcde/0123456789abcdef=", 16, 0));
	assert_true(has("a b c d e f g h i j k l m n 0123456789abcdefg", 16, 0));
	assert_false(has("0123456789abcde 0123456789abcde \xc3\x84", 16, 0));
}

static bool alone(const char *text)
{
	return silt_has_row_alone(silt_bytes_text(text), 4);
}

static void a_row_alone_is_no_part_of_a_longer_one(void **state)
{
	(void)state;
	assert_true(alone("ab+/"));
	assert_true(alone("-abcd"));
	assert_true(alone("-abcde-abcd-"));
	assert_true(alone("-\\nabcd "));
	assert_false(alone(""));
	assert_false(alone("abc"));
	assert_false(alone("-abcde"));
	assert_false(alone("-abcdefghijkl-abc"));
	assert_false(alone("-\\nabcde"));
	assert_true(alone("abcdefgh-")); /* where it begins is not seen */
}

static void assert_examples_have(const struct silt_rule *rule, struct silt_pattern_run run)
{
	assert_int_equal(run.letters, rule->run.letters);
	assert_int_equal(run.symbols, rule->run.symbols);
	for (size_t i = 0; i < rule->positive_count; i++) {
		if (!silt_has_run(rule->positives[i].text, run)) {
			fail_msg("%s: example %zu", rule->id, i);
		}
	}
}

/* The examples are what the rule must find: a demand that one of them does not meet is wrong. */
static void the_examples_of_every_rule_have_its_run(void **state)
{
	(void)state;
	struct silt_error err = {0};
	struct silt_rule_set *set = silt_rule_set_new();
	assert_non_null(set);
	assert_int_equal(silt_rule_set_add_shipped(set, &err), SILT_OK);
	size_t count = 0, demands = 0;
	const struct silt_rule *rules = silt_rule_set_rules(set, &count);
	for (size_t i = 0; i < count; i++) {
		struct silt_pattern_run run = silt_pattern_run(rules[i].pattern);
		assert_examples_have(&rules[i], run);
		demands += run.symbols >= SILT_RUN_MIN;
	}
	assert_true(demands > count / 2);
	silt_rule_set_free(set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_and_classes_are_counted_as_often_as_they_must_come),
		cmocka_unit_test(a_group_is_its_contents_unless_it_forks_or_repeats),
		cmocka_unit_test(what_looks_around_takes_nothing),
		cmocka_unit_test(of_alternatives_the_poorest_counts),
		cmocka_unit_test(what_is_not_understood_counts_as_nothing),
		cmocka_unit_test(a_text_has_a_run_wherever_it_stands),
		cmocka_unit_test(a_row_alone_is_no_part_of_a_longer_one),
		cmocka_unit_test(the_examples_of_every_rule_have_its_run),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
