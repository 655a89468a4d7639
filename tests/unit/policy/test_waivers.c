/* Waivers: what they fit, how long they hold, and what is noted of them. */
#include "kit.h"

#include <stdio.h>

#define WAIVER(what) "waivers: [{" what ", reason: because, expires: never}]"

static void a_waiver_fits_by_fingerprint_or_rule(void **state)
{
	(void)state;
	assert_standings(WAIVER("fingerprint: 11111111111111111111111111111111"), "waived counts below below below");
	assert_standings(WAIVER("rule: CIS-DI-0001"), "counts waived below below below");
	assert_standings(WAIVER("rule: [secret, user-root]"), "waived waived waived below below");
	assert_standings(WAIVER("rule: user-root, fingerprint: 11111111111111111111111111111111"),
			 "counts counts below below below");
}

static void a_waiver_of_paths_fits_what_is_seen_there_alone(void **state)
{
	(void)state;
	assert_standings(WAIVER("path: /root/.netrc"), "waived counts below below below");
	assert_standings(WAIVER("path: '**/.netrc'"), "waived counts below below below");
	assert_standings(WAIVER("path: /root/*"), "waived counts below below below");
	assert_standings(WAIVER("path: '**/root'"), "counts counts below below below");
	assert_standings(WAIVER("path: /usr/bin/su"), "counts counts below waived below");
	/* What is in no file has no path. */
	assert_standings(WAIVER("path: '**/*'"), "waived counts below waived below");
}

static void a_waiver_of_images_fits_what_is_in_them_alone(void **state)
{
	(void)state;
	assert_standings(WAIVER("rule: '*', image: 'app:*'"), "waived waived below below waived");
	assert_standings(WAIVER("rule: '*', image: '**/app:1'"), "waived waived below below waived");
	assert_standings(WAIVER("rule: '*', image: shop:2"), "counts counts waived below below");
	assert_standings(WAIVER("rule: '*', image: [shop:2, app:1]"), "waived waived waived waived waived");
	assert_standings(WAIVER("rule: '*', image: 'sha256:0123456789ab'"), "waived waived below below waived");
	assert_standings(WAIVER("rule: '*', image: 'sha256:0123456789a'"), "counts counts below below below");
}

static const char *why(const char *yaml, int finding)
{
	static char text[300];
	struct silt_judgement *judgement = kit_judge(yaml);
	snprintf(text, sizeof(text), "%s", kit_finding(judgement, finding)->standing_why);
	silt_judgement_free(judgement);
	return text;
}

static void the_reason_is_told(void **state)
{
	(void)state;
	assert_string_equal(why(WAIVER("rule: user-root"), KIT_ROOT), "waiver 1 of policy.yaml, line 2: because");
	assert_string_equal(why("waivers:\n"
				"- {rule: user-root, reason: late, expires: 2020-01-01}\n"
				"- {rule: user-root, reason: rotated in May, expires: 2026-11-22}\n",
				KIT_ROOT),
			    "waiver 2 of policy.yaml, line 4: rotated in May (until 2026-11-22)");
}

static void assert_notes(const char *yaml, const char *const *want, size_t count)
{
	struct silt_judgement *judgement = kit_judge(yaml);
	assert_int_equal(judgement->note_count, count);
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(judgement->notes[i].text, want[i]);
	}
	silt_judgement_free(judgement);
}

static void an_expired_waiver_accepts_nothing_and_says_so(void **state)
{
	(void)state;
	assert_standings("waivers: [{rule: user-root, reason: x, expires: 2026-11-21}]",
			 "counts counts below below below");
	assert_standings("waivers: [{rule: user-root, reason: x, expires: 2026-11-22}]",
			 "counts waived below below below");
	const char *const notes[] = {
		"waiver 1 of policy.yaml, line 2 expired after 2026-11-21: 1 finding that it fits is "
		"no more accepted by it"};
	assert_notes("waivers: [{rule: user-root, reason: x, expires: 2026-11-21}]", notes, 1);
}

static void without_a_day_no_waiver_with_one_holds(void **state)
{
	(void)state;
	struct silt_error err = {0};
	struct silt_judgement *judgement = NULL;
	struct silt_policy *policy = kit_policy("waivers: [{rule: user-root, reason: x, expires: 2999-01-01}]");
	silt_policy_set_now(policy, 0);
	assert_int_equal(silt_judge(kit_result(true), policy, &judgement, &err), SILT_OK);
	assert_int_equal(kit_finding(judgement, KIT_ROOT)->standing, SILT_STANDING_COUNTS);
	assert_string_equal(judgement->notes[0].text,
			    "waiver 1 of policy.yaml, line 2 does not hold, the day being unknown, until 2999-01-01: 1 "
			    "finding that it fits is no more accepted by it");
	silt_judgement_free(judgement);
	silt_policy_free(policy);
}

static void a_waiver_of_no_use_is_noted_but_for_other_images(void **state)
{
	(void)state;
	const char *const notes[] = {"waiver 1 of policy.yaml, line 3 is of no use: nothing that it fits was found"};
	assert_notes("waivers:\n"
		     "- {rule: fs-wasted, reason: x, expires: never}\n"
		     "- {rule: fs-wasted, image: other, reason: x, expires: never}\n"
		     "- {rule: user-root, reason: x, expires: never}\n",
		     notes, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_waiver_fits_by_fingerprint_or_rule),
		cmocka_unit_test(a_waiver_of_paths_fits_what_is_seen_there_alone),
		cmocka_unit_test(a_waiver_of_images_fits_what_is_in_them_alone),
		cmocka_unit_test(the_reason_is_told),
		cmocka_unit_test(an_expired_waiver_accepts_nothing_and_says_so),
		cmocka_unit_test(without_a_day_no_waiver_with_one_holds),
		cmocka_unit_test(a_waiver_of_no_use_is_noted_but_for_other_images),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
