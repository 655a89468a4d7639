/* The policies that silt ships. */
#include "kit.h"

#include "base/bytes.h"

static struct silt_judgement *judge(const char *name, const struct silt_rules *rules)
{
	struct silt_error err = {0};
	struct silt_policy_file file;
	struct silt_policy *policy = NULL;
	struct silt_judgement *judgement = NULL;
	assert_true(silt_policy_shipped(name, &file));
	if (silt_policy_read(&file, rules, &policy, &err) != SILT_OK) {
		fail_msg("%s", err.text);
	}
	assert_int_equal(silt_judge(kit_result(true), policy, &judgement, &err), SILT_OK);
	silt_policy_free(policy);
	return judgement;
}

static void there_are_three(void **state)
{
	(void)state;
	struct silt_policy_file file;
	assert_string_equal(silt_policy_shipped_name(0), "default");
	assert_string_equal(silt_policy_shipped_name(1), "strict");
	assert_string_equal(silt_policy_shipped_name(2), "forensic");
	assert_null(silt_policy_shipped_name(3));
	assert_null(silt_policy_shipped_name(1000));
	assert_false(silt_policy_shipped("lax", &file));
}

static void each_of_them_can_be_read_and_names_what_there_is(void **state)
{
	(void)state;
	const size_t counting[] = {2, 4, KIT_FINDINGS};
	struct silt_rules *rules = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_rules_new(true, NULL, 0, &rules, &err), SILT_OK);
	for (size_t i = 0; i < SILT_COUNT(counting); i++) {
		struct silt_judgement *judgement = judge(silt_policy_shipped_name(i), rules);
		assert_int_equal(judgement->counting, counting[i]);
		silt_judgement_free(judgement);
	}
	silt_rules_free(rules);
}

static void the_default_is_what_silt_does_without_one(void **state)
{
	(void)state;
	struct silt_error err = {0};
	struct silt_judgement *without = NULL, *with = judge("default", NULL);
	assert_int_equal(silt_judge(kit_result(true), NULL, &without, &err), SILT_OK);
	assert_int_equal(with->threshold, without->threshold);
	assert_int_equal(with->counting, without->counting);
	for (size_t i = 0; i < KIT_FINDINGS; i++) {
		assert_int_equal(with->findings[i].standing, without->findings[i].standing);
		assert_int_equal(with->findings[i].severity, without->findings[i].severity);
	}
	silt_judgement_free(with);
	silt_judgement_free(without);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_are_three),
		cmocka_unit_test(each_of_them_can_be_read_and_names_what_there_is),
		cmocka_unit_test(the_default_is_what_silt_does_without_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
