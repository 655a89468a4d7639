/* Ratings, thresholds and heritage: which findings count, and in what order they come. */
#include "kit.h"

static void without_anything_high_and_critical_count(void **state)
{
	(void)state;
	assert_standings("", "counts counts below below below");
	assert_standings("fail-on: critical", "counts below below below below");
	assert_standings("fail-on: info", "counts counts counts counts counts");
}

static void the_first_threshold_that_fits_decides(void **state)
{
	(void)state;
	assert_standings("thresholds: [{family: secret, fail-on: low}]", "counts counts counts below below");
	assert_standings("thresholds: [{fate: deleted, fail-on: never}]", "below counts below below below");
	assert_standings("thresholds: [{confidence: possible, fail-on: low}]", "counts counts counts below below");
	assert_standings("thresholds: [{heritage: [base, unknown], fail-on: never}]", "counts below below below below");
	assert_standings("thresholds:\n"
			 "- {family: secret, confidence: possible, fail-on: critical}\n"
			 "- {family: [secret, history], fail-on: info}\n",
			 "counts counts below below counts");
}

static void a_rule_that_is_off_is_allowed(void **state)
{
	(void)state;
	assert_standings("rules: {user-root: off}", "counts allowed below below below");
	assert_standings("rules: {DL3002: off, github-pat: off}", "allowed allowed below below below");
	assert_standings("rules: {secret: off}", "allowed counts allowed below below");
	struct silt_judgement *judgement = kit_judge("rules: {DL3002: off}");
	assert_string_equal(kit_finding(judgement, KIT_ROOT)->standing_why, "DL3002 is off in policy.yaml, line 2");
	silt_judgement_free(judgement);
}

static void the_closest_name_wins_and_then_the_last(void **state)
{
	(void)state;
	assert_standings("rules: {secret-env: on, 'secret-*': off}", "allowed counts below below below");
	assert_standings("rules: {'secret-*': off, secret: on}", "allowed counts allowed below below");
	assert_standings("rules: {DL3002: on, user: off}", "counts counts below allowed below");
	assert_standings("rules: {'user-*': off, 'user-r*': low}", "counts below below below below");
}

static void what_is_rated_anew_is_ordered_anew(void **state)
{
	(void)state;
	struct silt_judgement *judgement = kit_judge("rules: {history-add: critical, secret-file: low}");
	assert_int_equal(judgement->finding_count, KIT_FINDINGS);
	assert_string_equal(judgement->findings[0].rule, "history-add");
	assert_int_equal(judgement->findings[0].severity, SILT_SEVERITY_CRITICAL);
	assert_int_equal(judgement->findings[0].standing, SILT_STANDING_COUNTS);
	assert_string_equal(judgement->findings[4].rule, "secret-file");
	assert_int_equal(judgement->findings[4].standing, SILT_STANDING_BELOW);
	assert_int_equal(judgement->counting, 2);
	silt_judgement_free(judgement);
}

static void what_is_of_the_base_image_may_be_left_to_it(void **state)
{
	(void)state;
	assert_standings("own-layers-only: true", "counts allowed below below below");
	struct silt_judgement *judgement = kit_judge("own-layers-only: true\nfail-on: info");
	assert_string_equal(kit_finding(judgement, KIT_ROOT)->standing_why,
			    "of the base image, and policy.yaml judges own layers only");
	assert_int_equal(judgement->note_count, 2);
	assert_string_equal(judgement->notes[1].text,
			    "policy.yaml judges own layers only, and what the base of image 2 is was told by its own "
			    "label: --base tells it");
	assert_string_equal(judgement->notes[0].text,
			    "policy.yaml judges own layers only, and what the base of image 1 is was guessed by its "
			    "history: --base tells it");
	/* Nobody knows whose that is. */
	assert_int_equal(kit_finding(judgement, KIT_SETUID)->standing, SILT_STANDING_COUNTS);
	silt_judgement_free(judgement);
}

static void a_threshold_for_the_base_image_stands_on_the_same(void **state)
{
	(void)state;
	struct silt_judgement *judgement = kit_judge("thresholds: [{heritage: base, fail-on: never}]");
	assert_int_equal(judgement->note_count, 2);
	assert_string_equal(judgement->notes[0].text,
			    "policy.yaml judges by heritage, and what the base of image 1 is was guessed by its "
			    "history: --base tells it");
	silt_judgement_free(judgement);
	judgement = kit_judge("thresholds: [{family: secret, fail-on: low}]");
	assert_int_equal(judgement->note_count, 0);
	silt_judgement_free(judgement);
}

static void nothing_accepts_what_was_not_looked_at(void **state)
{
	(void)state;
	struct silt_error err = {0};
	struct silt_judgement *judgement = NULL;
	struct silt_policy *policy = kit_policy("rules: {'*': off}");
	assert_int_equal(silt_judge(kit_result(true), policy, &judgement, &err), SILT_OK);
	assert_int_equal(judgement->verdict, SILT_VERDICT_PASS);
	silt_judgement_free(judgement);
	assert_int_equal(silt_judge(kit_result(false), policy, &judgement, &err), SILT_OK);
	assert_int_equal(judgement->verdict, SILT_VERDICT_INCOMPLETE);
	silt_judgement_free(judgement);
	silt_policy_free(policy);
}

static void a_policy_of_its_own_is_the_default(void **state)
{
	(void)state;
	struct silt_error err = {0};
	struct silt_judgement *judgement = NULL;
	assert_int_equal(silt_judge(kit_result(true), NULL, &judgement, &err), SILT_OK);
	assert_int_equal(judgement->verdict, SILT_VERDICT_FAIL);
	assert_int_equal(judgement->threshold, SILT_SEVERITY_HIGH);
	assert_int_equal(judgement->counting, 2);
	assert_int_equal(judgement->note_count, 0);
	silt_judgement_free(judgement);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_anything_high_and_critical_count),
		cmocka_unit_test(the_first_threshold_that_fits_decides),
		cmocka_unit_test(a_rule_that_is_off_is_allowed),
		cmocka_unit_test(the_closest_name_wins_and_then_the_last),
		cmocka_unit_test(what_is_rated_anew_is_ordered_anew),
		cmocka_unit_test(what_is_of_the_base_image_may_be_left_to_it),
		cmocka_unit_test(a_threshold_for_the_base_image_stands_on_the_same),
		cmocka_unit_test(nothing_accepts_what_was_not_looked_at),
		cmocka_unit_test(a_policy_of_its_own_is_the_default),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
