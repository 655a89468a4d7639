/* Policy files: every key, and the mistakes with their places. */
#include "kit.h"

#include "base/buffer.h"
#include "policy/policy.h"
#include "silt/checks.h"

static enum silt_status read_whole(const char *text, size_t size, struct silt_error *err)
{
	const struct silt_policy_file file = {"p\x1b.yaml", text, size};
	struct silt_policy *policy = NULL;
	*err = (struct silt_error){0};
	enum silt_status status = silt_policy_read(&file, NULL, &policy, err);
	silt_policy_free(policy);
	return status;
}

static void every_key_is_read(void **state)
{
	(void)state;
	struct silt_policy *policy =
		kit_policy("description: ours\n"
			   "fail-on: medium\n"
			   "own-layers-only: true\n"
			   "thresholds:\n"
			   "  - {family: secret, fate: [deleted, shadowed], confidence: possible,\n"
			   "     heritage: base, fail-on: never}\n"
			   "rules: {user-root: off, DL3020: on, 'history-*': low}\n"
			   "waivers:\n"
			   "  - fingerprint: 0123456789abcdef0123456789abcdef\n"
			   "    rule: [secret-env, github-*]\n"
			   "    path: /etc/**\n"
			   "    image: app:*\n"
			   "    reason: ' rotated in May '\n"
			   "    expires: 2027-01-31\n"
			   "  - {rule: user, reason: so be it, expires: never}\n");
	assert_int_equal(policy->threshold, SILT_SEVERITY_MEDIUM);
	assert_true(policy->own_layers_only);
	assert_int_equal(policy->thresholds->families, 1U << SILT_CHECKS_SECRET);
	assert_int_equal(policy->thresholds->fates, 1U << SILT_FATE_DELETED | 1U << SILT_FATE_SHADOWED);
	assert_int_equal(policy->thresholds->confidences, 1U << SILT_CONFIDENCE_POSSIBLE);
	assert_int_equal(policy->thresholds->heritages, 1U << SILT_HERITAGE_BASE);
	assert_int_equal(policy->thresholds->severity, SILT_POLICY_NEVER);
	assert_null(policy->thresholds->next);
	assert_int_equal(policy->ratings->action, SILT_POLICY_OFF);
	assert_int_equal(policy->ratings->next->action, SILT_POLICY_ON);
	assert_int_equal(policy->ratings->next->next->severity, SILT_SEVERITY_LOW);
	const struct silt_policy_waiver *waiver = policy->waivers;
	assert_string_equal(waiver->rules->next->text, "github-*");
	assert_string_equal(waiver->paths->text, "/etc/**");
	assert_string_equal(waiver->images->text, "app:*");
	assert_string_equal(waiver->reason, "rotated in May");
	assert_int_equal(waiver->expires, INT64_C(1801440000));
	assert_int_equal(waiver->line, 10);
	assert_int_equal(waiver->next->expires, INT64_MAX);
	assert_int_equal(waiver->next->index, 1);
	silt_policy_free(policy);
}

static void unknown_keys_are_mistakes_with_what_was_meant(void **state)
{
	(void)state;
	assert_mistakes("serverity: high\n"
			"failon: high\n",
			"policy.yaml:2:1: unknown key \"serverity\"; known are version, description, fail-on, "
			"own-layers-only, thresholds, rules, allow, waivers\n"
			"policy.yaml:3:1: unknown key \"failon\": did you mean \"fail-on\"?\n");
	assert_mistakes("waivers:\n"
			"  - rule: user-root\n"
			"    reson: because\n"
			"    expires: never\n",
			"policy.yaml:3:5: a waiver needs the key reason\n"
			"policy.yaml:4:5: unknown key \"reson\": did you mean \"reason\"?\n");
}

static void all_mistakes_are_told(void **state)
{
	(void)state;
	assert_mistakes(
		"fail-on: hihg\n"
		"own-layers-only: yes\n"
		"thresholds:\n"
		"  - {fate: gone, fail-on: low}\n"
		"  - {fail-on: low}\n"
		"  - {family: [], fail-on: low}\n"
		"rules:\n"
		"  user-rot: off\n"
		"  USER*: off\n"
		"  user-root: [off]\n",
		"policy.yaml:2:10: fail-on: expected critical, high, medium, low or info, found \"hihg\"\n"
		"policy.yaml:3:18: own-layers-only: expected true or false, found \"yes\"\n"
		"policy.yaml:5:12: fate: expected unreferenced, disputed, shadowed, masked, overwritten, deleted, "
		"metadata or visible, found \"gone\"\n"
		"policy.yaml:6:5: a threshold needs a condition: family, fate, confidence or heritage\n"
		"policy.yaml:7:14: family: the list is empty\n"
		"policy.yaml:10:3: no check and no rule is called \"USER*\"; silt rules list shows them all\n"
		"policy.yaml:11:14: user-root: expected off, on, critical, high, medium, low or info, found a list\n");
}

static void a_waiver_says_what_why_and_how_long(void **state)
{
	(void)state;
	assert_mistakes(
		"waivers:\n"
		"  - {image: app, reason: all of it, expires: never}\n",
		"policy.yaml:3:5: a waiver needs one of the keys fingerprint, rule and path: it would accept all\n");
	assert_mistakes("waivers:\n"
			"  - {rule: user-root, reason: ' ', expires: soon}\n"
			"  - {fingerprint: ABC, path: etc, reason: x, expires: 2026-02-30}\n"
			"  - just so\n",
			"policy.yaml:3:31: reason: expected a text, found blanks\n"
			"policy.yaml:3:45: expires: expected a day such as 2027-01-31, or never, found \"soon\"\n"
			"policy.yaml:4:19: fingerprint: expected 32 lower-case hex digits, as a report has them, found "
			"\"ABC\"\n"
			"policy.yaml:4:30: path: expected a path that begins with / or **/, found \"etc\"\n"
			"policy.yaml:4:55: expires: expected a day such as 2027-01-31, or never, found \"2026-02-30\"\n"
			"policy.yaml:5:5: expected a waiver, which is a map with the key reason\n");
	assert_mistakes("waivers: {}\n", "policy.yaml:2:10: waivers: expected a list of waivers, found a map\n");
}

static void the_error_is_the_first_mistake_and_how_many_there_are(void **state)
{
	(void)state;
	struct silt_error err;
	assert_int_equal(read_whole("a: 1", 4, &err), SILT_ERR_USAGE);
	assert_string_equal(err.text, "p\\x1b.yaml:1:1: a policy needs the key version (and 1 more mistake)");
	assert_int_equal(read_whole("version: 2", 10, &err), SILT_ERR_USAGE);
	assert_string_equal(err.text, "p\\x1b.yaml:1:10: version: expected 1, the version of the format, found \"2\"");
	assert_int_equal(read_whole("[x]", 3, &err), SILT_ERR_USAGE);
	assert_string_equal(err.text, "p\\x1b.yaml:1:1: expected a policy, which is a map with the key version");
}

static void what_is_no_yaml_has_its_place(void **state)
{
	(void)state;
	struct silt_error err;
	assert_int_equal(read_whole("", 0, &err), SILT_ERR_USAGE);
	assert_string_equal(err.text, "p\\x1b.yaml:1:1: there is nothing in it");
	assert_mistakes("fail-on: &a high\n",
			"policy.yaml:2:10: anchor \"a\" is refused: nothing may be said by reference\n");
	assert_mistakes("fail-on: low\nfail-on: high\n", "policy.yaml:3:1: key \"fail-on\" is given twice\n");
}

static void hostile_texts_are_escaped_and_cut(void **state)
{
	(void)state;
	assert_mistakes("\"\\e[2J\\n\": 1\n",
			"policy.yaml:2:1: unknown key \"\\x1b[2J\\n\"; known are version, description, fail-on, "
			"own-layers-only, thresholds, rules, allow, waivers\n");
	struct silt_policy *policy =
		kit_policy("waivers: [{rule: user-root, reason: \"a\\e[0mb\\nc\", expires: never}]\n");
	assert_string_equal(policy->waivers->reason, "a\\x1b[0mb\\nc");
	silt_policy_free(policy);
}

static void mistakes_without_end_are_told_in_part(void **state)
{
	(void)state;
	struct silt_buffer text = {0};
	struct silt_error err = {0};
	silt_buffer_add_text(&text, "version: 1\nthresholds:\n");
	for (int i = 0; i < 3 * SILT_POLICY_MISTAKES_MAX; i++) {
		silt_buffer_add_text(&text, "- fail-on: low\n");
	}
	assert_int_equal(read_whole(silt_buffer_text(&text), text.len, &err), SILT_ERR_USAGE);
	assert_non_null(strstr(err.text, "(and 149 more mistakes)"));
	silt_buffer_done(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_is_read),
		cmocka_unit_test(unknown_keys_are_mistakes_with_what_was_meant),
		cmocka_unit_test(all_mistakes_are_told),
		cmocka_unit_test(a_waiver_says_what_why_and_how_long),
		cmocka_unit_test(the_error_is_the_first_mistake_and_how_many_there_are),
		cmocka_unit_test(what_is_no_yaml_has_its_place),
		cmocka_unit_test(hostile_texts_are_escaped_and_cut),
		cmocka_unit_test(mistakes_without_end_are_told_in_part),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
