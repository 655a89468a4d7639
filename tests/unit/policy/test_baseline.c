/* Baselines: what is written is read, and makes findings known. */
#include "kit.h"

#include "policy/baseline.h"

#include "base/buffer.h"
#include "policy/baseline.h"
#include "silt/baseline.h"

#include <stdlib.h>

static bool keep(void *ctx, const void *bytes, size_t size)
{
	struct silt_buffer *out = ctx;
	silt_buffer_add(out, silt_bytes(bytes, size));
	return !out->failed;
}

/* The baseline of the result as this text judges it. */
static void write(const char *yaml, struct silt_buffer *out)
{
	struct silt_error err = {0};
	struct silt_judgement *judgement = kit_judge(yaml);
	const struct silt_judgement *judgements[] = {judgement, judgement};
	const struct silt_sink sink = {.write = keep, .ctx = out};
	assert_int_equal(silt_baseline_write(judgements, 2, KIT_TODAY, sink, &err), SILT_OK);
	silt_judgement_free(judgement);
}

/* The result, judged by a text and a baseline. */
static struct silt_judgement *judge(const char *yaml, struct silt_bytes baseline)
{
	struct silt_error err = {0};
	struct silt_judgement *judgement = NULL;
	struct silt_policy *policy = kit_policy(yaml);
	const struct silt_policy_file file = {"base.json", baseline.ptr, baseline.len};
	if (silt_policy_add_baseline(policy, &file, &err) != SILT_OK) {
		fail_msg("%s", err.text);
	}
	assert_int_equal(silt_judge(kit_result(true), policy, &judgement, &err), SILT_OK);
	silt_policy_free(policy);
	return judgement;
}

static void all_of_today_is_known_tomorrow(void **state)
{
	(void)state;
	struct silt_buffer text = {0};
	write("", &text);
	struct silt_judgement *judgement = judge("fail-on: info", silt_buffer_bytes(&text));
	assert_int_equal(judgement->counting, 0);
	assert_int_equal(judgement->verdict, SILT_VERDICT_PASS);
	assert_int_equal(judgement->note_count, 0);
	for (int i = 0; i < KIT_FINDINGS; i++) {
		assert_int_equal(kit_finding(judgement, i)->standing, SILT_STANDING_KNOWN);
		assert_string_equal(kit_finding(judgement, i)->standing_why, "in base.json, since 2026-11-22");
	}
	silt_judgement_free(judgement);
	silt_buffer_done(&text);
}

static void what_is_accepted_elsewhere_is_not_in_it(void **state)
{
	(void)state;
	struct silt_buffer text = {0};
	write("rules: {secret-file: off}\n"
	      "waivers: [{rule: user-root, reason: x, expires: never}]",
	      &text);
	struct silt_judgement *judgement = judge("fail-on: info", silt_buffer_bytes(&text));
	assert_int_equal(kit_finding(judgement, KIT_PAT)->standing, SILT_STANDING_COUNTS);
	assert_int_equal(kit_finding(judgement, KIT_ROOT)->standing, SILT_STANDING_COUNTS);
	assert_int_equal(kit_finding(judgement, KIT_ADD)->standing, SILT_STANDING_KNOWN);
	silt_judgement_free(judgement);
	silt_buffer_done(&text);
}

#define HEAD "{\"schema\": \"https://silt.invalid/baseline-1\", \"created\": null, \"findings\": ["
#define ONE(fingerprint, severity, exposure)                                                                           \
	"{\"fingerprint\": \"" fingerprint "\", \"severity\": \"" severity "\", \"exposure\": \"" exposure             \
	"\", \"rule\": \"r\", \"subject\": \"s\"}"
#define PAT "11111111111111111111111111111111"

static void what_got_worse_is_not_known(void **state)
{
	(void)state;
	struct silt_judgement *judgement =
		judge("", silt_bytes_text(HEAD ONE(PAT, "high", "deleted") "," ONE("22222222222222222222222222222222",
										   "high", "deleted") "]}"));
	assert_int_equal(judgement->counting, 2);
	assert_int_equal(judgement->note_count, 1);
	assert_string_equal(judgement->notes[0].text,
			    "2 findings of base.json are worse than when they were accepted, and are so no more");
	silt_judgement_free(judgement);
	judgement = judge("", silt_bytes_text(HEAD ONE(PAT, "critical", "visible") "]}"));
	assert_int_equal(judgement->counting, 1);
	assert_string_equal(kit_finding(judgement, KIT_PAT)->standing_why, "in base.json");
	silt_judgement_free(judgement);
}

static void what_is_gone_is_noted(void **state)
{
	(void)state;
	struct silt_judgement *judgement =
		judge("", silt_bytes_text(HEAD ONE("abababababababababababababababab", "high", "deleted") "]}"));
	assert_string_equal(judgement->notes[0].text, "1 of 1 findings of base.json is not here any more");
	silt_judgement_free(judgement);
}

static void refuse(const char *text, const char *why)
{
	struct silt_error err = {0};
	struct silt_policy *policy = kit_policy("");
	const struct silt_policy_file file = {"b", text, strlen(text)};
	assert_int_equal(silt_policy_add_baseline(policy, &file, &err), SILT_ERR_USAGE);
	assert_non_null(strstr(err.text, why));
	assert_memory_equal(err.text, "b: ", 3);
	silt_policy_free(policy);
}

static void anything_else_is_no_baseline(void **state)
{
	(void)state;
	const char *const none = "no baseline of silt, which has the members schema, created and findings";
	refuse("", "JSON");
	refuse("[]", none);
	refuse("{\"findings\": []}", none);
	refuse("{\"schema\": \"https://silt.invalid/baseline-2\", \"created\": null, \"findings\": []}", none);
	refuse("{\"schema\": \"https://silt.invalid/baseline-1\", \"created\": 1, \"findings\": []}",
	       "expected created to be a day");
	refuse("{\"schema\": \"https://silt.invalid/baseline-1\", \"created\": null, \"findings\": {}}",
	       "expected findings to be a list");
	refuse(HEAD "1]}", "finding 1: expected fingerprint, severity");
	refuse(HEAD ONE("1", "high", "deleted") "]}", "finding 1: expected a fingerprint");
	refuse(HEAD ONE(PAT, "grave", "deleted") "]}", "finding 1: expected a severity");
	refuse(HEAD ONE(PAT, "high", "deleted") "," ONE(PAT, "high", "gone") "]}", "finding 2: expected an exposure");
}

/* No --limit is for it, and so none is named. */
static void what_is_too_long_is_no_baseline(void **state)
{
	(void)state;
	const size_t size = (size_t)SILT_BASELINE_BYTES_MAX + 1;
	char *text = malloc(size + 1);
	assert_non_null(text);
	memset(text, ' ', size);
	text[size] = '\0';
	refuse(text, "more than 64 MiB are no baseline");
	free(text);
}

static void one_baseline_is_enough(void **state)
{
	(void)state;
	struct silt_error err = {0};
	struct silt_policy *policy = kit_policy("");
	const struct silt_policy_file file = {"b", HEAD "]}", strlen(HEAD "]}")};
	assert_int_equal(silt_policy_add_baseline(policy, &file, &err), SILT_OK);
	assert_int_equal(silt_policy_add_baseline(policy, &file, &err), SILT_ERR_USAGE);
	assert_string_equal(err.text, "b: there is a baseline already, and one is enough");
	silt_policy_free(policy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_of_today_is_known_tomorrow),
		cmocka_unit_test(what_is_accepted_elsewhere_is_not_in_it),
		cmocka_unit_test(what_got_worse_is_not_known),
		cmocka_unit_test(what_is_gone_is_noted),
		cmocka_unit_test(anything_else_is_no_baseline),
		cmocka_unit_test(what_is_too_long_is_no_baseline),
		cmocka_unit_test(one_baseline_is_enough),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
