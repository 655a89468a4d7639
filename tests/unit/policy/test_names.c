/* What names of checks and rules mean. */
#include "kit.h"

#include "base/bytes.h"
#include "policy/names.h"

static void check(const char *name, int finding, enum silt_policy_closeness want)
{
	struct silt_judgement *judgement = kit_judge("");
	assert_int_equal(silt_policy_calls(name, kit_finding(judgement, finding)), want);
	silt_judgement_free(judgement);
}

static void a_finding_has_names_that_are_more_or_less_close(void **state)
{
	(void)state;
	check("user-root", KIT_ROOT, SILT_POLICY_BY_ID);
	check("DL3002", KIT_ROOT, SILT_POLICY_BY_ALIAS);
	check("cis-di-0001", KIT_ROOT, SILT_POLICY_BY_ALIAS);
	check("AVD-DS-0002", KIT_ROOT, SILT_POLICY_BY_ALIAS);
	check("user-*", KIT_ROOT, SILT_POLICY_BY_PATTERN);
	check("user", KIT_ROOT, SILT_POLICY_BY_FAMILY);
	check("user-uid0-alias", KIT_ROOT, SILT_POLICY_NOT_CALLED);
	check("secret", KIT_ROOT, SILT_POLICY_NOT_CALLED);
}

static void what_a_pattern_rule_found_has_its_name_and_is_a_secret(void **state)
{
	(void)state;
	check("github-pat", KIT_PAT, SILT_POLICY_BY_ID);
	check("secret-file", KIT_PAT, SILT_POLICY_BY_ID);
	check("github-*", KIT_PAT, SILT_POLICY_BY_PATTERN);
	check("secret", KIT_PAT, SILT_POLICY_BY_FAMILY);
	check("secret", KIT_ENV, SILT_POLICY_BY_FAMILY);
}

static void the_catalogue_knows_its_names(void **state)
{
	(void)state;
	assert_true(silt_policy_name_known("user-root", NULL));
	assert_true(silt_policy_name_known("history-*", NULL));
	assert_true(silt_policy_name_known("filesystem", NULL));
	assert_true(silt_policy_id_known("DS-0002", NULL));
	assert_true(silt_policy_id_known("my-own-rule", NULL));
	assert_false(silt_policy_id_known("filesystem", NULL));
	assert_false(silt_policy_id_known("history-*", NULL));
	assert_false(silt_policy_id_known("CVE-2024-1234", NULL));
	assert_false(silt_policy_name_known("", NULL));
	assert_false(silt_policy_name_known("User-*", NULL));
}

static void with_rules_only_they_are_known(void **state)
{
	(void)state;
	struct silt_rules *rules = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_rules_new(true, NULL, 0, &rules, &err), SILT_OK);
	assert_true(silt_policy_id_known("github-pat", rules));
	assert_true(silt_policy_name_known("github-*", rules));
	assert_false(silt_policy_id_known("my-own-rule", rules));
	assert_false(silt_policy_name_known("my-own-*", rules));
	assert_string_equal(silt_policy_name_near("github-pta", rules), "github-pat");
	assert_string_equal(silt_policy_name_near("user-rot", rules), "user-root");
	assert_null(silt_policy_name_near("nothing-like-it", rules));
	silt_rules_free(rules);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_finding_has_names_that_are_more_or_less_close),
		cmocka_unit_test(what_a_pattern_rule_found_has_its_name_and_is_a_secret),
		cmocka_unit_test(the_catalogue_knows_its_names),
		cmocka_unit_test(with_rules_only_they_are_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
