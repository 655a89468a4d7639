/* The report for programs; that it fits its schema is tested by check_schema.py. */
#include "json_reading.h"

#include <string.h>

static struct report report_of(const struct silt_result *const *results, size_t count, enum silt_severity threshold)
{
	struct silt_report_options options = {.format = SILT_FORMAT_JSON};
	return report_with(results, count, threshold, &options);
}

static void the_document_says_what_it_is(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_clean;
	struct report report = report_of(&result, 1, SILT_SEVERITY_HIGH);
	assert_text(&report, "schema", "https://silt.invalid/report-1.schema.json");
	assert_number(&report, "version", 1);
	assert_text(&report, "tool name", "silt");
	assert_text(&report, "bundles 0 name", "app.tar");
	assert_text(&report, "bundles 0 format", "docker+oci");
	assert_text(&report, "bundles 0 verdict", "pass");
	assert_text(&report, "bundles 0 threshold", "high");
	report_done(&report);
}

static void images_and_layers_are_whole(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_dirty;
	struct report report = report_of(&result, 1, SILT_SEVERITY_HIGH);
	assert_text(&report, "bundles 0 images 1 names 0", "registry.example.com/team/shop:debug");
	assert_text(&report, "bundles 0 images 0 platform", "linux/arm64/v8");
	assert_null_at(&report, "bundles 0 images 0 user");
	assert_number(&report, "bundles 0 images 0 bytes", 77809339);
	assert_text(&report, "bundles 0 images 0 layers 0 compression", "gzip");
	assert_number(&report, "bundles 0 images 0 layers 0 blob_bytes", 31000000);
	assert_number(&report, "bundles 0 images 0 layers 0 files_added", 3005);
	assert_number(&report, "bundles 0 images 0 layers 0 bytes_added", 74110222);
	assert_number(&report, "bundles 0 images 0 layers 3 files_changed", 0);
	assert_number(&report, "bundles 0 images 0 layers 3 files_deleted", 31);
	assert_number(&report, "bundles 0 images 0 layers 3 bytes_hidden", 4100800);
	assert_null_at(&report, "bundles 0 images 0 layers 2 diff_id");
	assert_true(silt_json_true(at(&report, "bundles 0 images 0 layers 0 present")));
	assert_false(silt_json_true(at(&report, "bundles 0 images 0 layers 2 present")));
	report_done(&report);
}

static void instructions_are_never_cut(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_dirty;
	struct report report = report_of(&result, 1, SILT_SEVERITY_HIGH);
	const char *whole = "RUN rm -rf /root/.ssh && apt-get purge --yes git openssh-client && rm -rf "
			    "/var/lib/apt/lists/*";
	assert_text(&report, "bundles 0 images 0 layers 3 instruction", whole);
	assert_text(&report, "bundles 0 findings 0 sightings 0 hidden_by", whole);
	report_done(&report);
}

static void sightings_tell_fate_and_cause(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_dirty;
	struct report report = report_of(&result, 1, SILT_SEVERITY_HIGH);
	assert_text(&report, "bundles 0 findings 0 rule", "secret-file");
	assert_text(&report, "bundles 0 findings 0 pattern", "private-key-pem");
	assert_null_at(&report, "bundles 0 findings 1 pattern");
	assert_text(&report, "bundles 0 findings 0 exposure", "visible");
	assert_text(&report, "bundles 0 findings 0 sightings 0 fate", "deleted");
	assert_number(&report, "bundles 0 findings 0 sightings 0 image", 0);
	assert_number(&report, "bundles 0 findings 0 sightings 0 layer", 1);
	assert_number(&report, "bundles 0 findings 0 sightings 0 cause_layer", 3);
	assert_number(&report, "bundles 0 findings 0 sightings 0 offset", 0);
	assert_null_at(&report, "bundles 0 findings 0 sightings 1 offset");
	assert_null_at(&report, "bundles 0 findings 0 sightings 1 cause_layer");
	assert_null_at(&report, "bundles 0 findings 0 sightings 2 layer");
	assert_null_at(&report, "bundles 0 findings 0 sightings 2 path");
	assert_null_at(&report, "bundles 0 findings 0 sightings 3 image");
	assert_text(&report, "bundles 0 findings 0 sightings 4 note", "behind a link");
	assert_int_equal(silt_json_count(at(&report, "bundles 0 findings 4 sightings")), 0);
	report_done(&report);
}

static void hostile_paths_have_their_raw_bytes_beside(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_hostile;
	struct report report = report_of(&result, 1, SILT_SEVERITY_HIGH);
	assert_text(&report, "bundles 0 findings 0 sightings 0 path", "etc/\\x1b[2J\\xff");
	assert_text(&report, "bundles 0 findings 0 sightings 0 path_base64", "ZXRjLxtbMkr/");
	assert_int_equal(silt_json_count(at(&report, "bundles 0 findings 0 sightings")), 12);
	assert_non_null(strstr(silt_buffer_text(&report.text), "\"bytes\": 9223372036854775807"));
	report_done(&report);
}

static struct report report_of_vendored(bool show)
{
	const struct silt_result *result = &fake_vendored;
	struct silt_report_options options = {.format = SILT_FORMAT_JSON, .show_suppressed = show};
	struct report report = report_with(&result, 1, SILT_SEVERITY_HIGH, &options);
	return report;
}

static void suppressed_secrets_are_counted_and_listed_on_request(void **state)
{
	(void)state;
	struct report report = report_of_vendored(false);
	assert_number(&report, "bundles 0 suppressed_count", 1);
	assert_null_at(&report, "bundles 0 suppressed");
	assert_int_equal(silt_json_count(at(&report, "bundles 0 findings")), 0);
	report_done(&report);

	report = report_of_vendored(true);
	assert_int_equal(silt_json_count(at(&report, "bundles 0 suppressed")), 1);
	assert_text(&report, "bundles 0 suppressed 0 suppressed",
		    "unmodified content of package libgnutls30 (dpkg md5sums in layer 1)");
	assert_text(&report, "bundles 0 suppressed 0 severity", "critical");
	assert_number(&report, "bundles 0 counts critical", 0);
	assert_text(&report, "bundles 0 verdict", "pass");
	report_done(&report);
}

static void gaps_are_part_of_the_coverage(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_dirty;
	struct report report = report_of(&result, 1, SILT_SEVERITY_HIGH);
	assert_false(silt_json_true(at(&report, "bundles 0 coverage complete")));
	assert_null_at(&report, "bundles 0 coverage gaps 0 offset");
	assert_number(&report, "bundles 0 coverage gaps 1 offset", 123456);
	assert_number(&report, "bundles 0 coverage gaps 1 bytes", 1500);
	assert_null_at(&report, "bundles 0 coverage gaps 0 limit");
	assert_number(&report, "bundles 0 coverage limits 0 value", 1000);
	assert_number(&report, "bundles 0 coverage entries", 3418);
	report_done(&report);
}

static void the_summary_is_over_all_bundles(void **state)
{
	(void)state;
	const struct silt_result *const all[] = {&fake_hostile, &fake_dirty, &fake_clean};
	struct report report = report_of(all, 3, SILT_SEVERITY_MEDIUM);
	assert_text(&report, "bundles 0 verdict", "fail");
	assert_text(&report, "bundles 1 verdict", "incomplete");
	assert_number(&report, "bundles 1 counts medium", 2);
	assert_text(&report, "summary verdict", "incomplete");
	assert_number(&report, "summary counts critical", 1);
	assert_number(&report, "summary counts high", 1);
	assert_number(&report, "summary counts info", 1);
	assert_number(&report, "summary counting", 4);
	report_done(&report);
}

static void an_unread_input_makes_the_summary_incomplete(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_clean;
	struct silt_report_options options = {.format = SILT_FORMAT_JSON, .unread = 2};
	struct report report = report_with(&result, 1, SILT_SEVERITY_HIGH, &options);
	assert_text(&report, "bundles 0 verdict", "pass");
	assert_text(&report, "summary verdict", "incomplete");
	assert_number(&report, "summary unread_inputs", 2);
	report_done(&report);
}

static void the_sandbox_is_told_as_it_is(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_clean;
	const struct silt_sandbox sandbox = {.enabled = true, .not_dumpable = true, .landlock_abi = 3};
	struct silt_report_options options = {.format = SILT_FORMAT_JSON, .sandbox = &sandbox};
	struct report report = report_with(&result, 1, SILT_SEVERITY_HIGH, &options);
	assert_true(silt_json_true(at(&report, "sandbox enabled")));
	assert_false(silt_json_true(at(&report, "sandbox no_new_privileges")));
	assert_true(silt_json_true(at(&report, "sandbox not_dumpable")));
	assert_number(&report, "sandbox landlock_abi", 3);
	assert_false(silt_json_true(at(&report, "sandbox seccomp")));
	report_done(&report);
}

static void a_library_knows_nothing_of_a_sandbox(void **state)
{
	(void)state;
	struct report report = report_of(NULL, 0, SILT_SEVERITY_HIGH);
	assert_null_at(&report, "sandbox");
	report_done(&report);
}

static void no_bundles_are_a_document_too(void **state)
{
	(void)state;
	struct report report = report_of(NULL, 0, SILT_SEVERITY_HIGH);
	assert_int_equal(silt_json_count(at(&report, "bundles")), 0);
	assert_text(&report, "summary verdict", "pass");
	assert_number(&report, "summary unread_inputs", 0);
	report_done(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_document_says_what_it_is),
		cmocka_unit_test(images_and_layers_are_whole),
		cmocka_unit_test(instructions_are_never_cut),
		cmocka_unit_test(sightings_tell_fate_and_cause),
		cmocka_unit_test(hostile_paths_have_their_raw_bytes_beside),
		cmocka_unit_test(suppressed_secrets_are_counted_and_listed_on_request),
		cmocka_unit_test(gaps_are_part_of_the_coverage),
		cmocka_unit_test(the_summary_is_over_all_bundles),
		cmocka_unit_test(an_unread_input_makes_the_summary_incomplete),
		cmocka_unit_test(the_sandbox_is_told_as_it_is),
		cmocka_unit_test(a_library_knows_nothing_of_a_sandbox),
		cmocka_unit_test(no_bundles_are_a_document_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
