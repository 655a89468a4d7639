/* GitLab's Code Quality report; that it is valid is tested by tests/formats. */
#include "json_reading.h"

static struct report report_of(const struct silt_result *result)
{
	struct silt_report_options options = {.format = SILT_FORMAT_CODEQUALITY};
	return report_with(&result, 1, SILT_SEVERITY_HIGH, &options);
}

static void a_finding_is_an_issue(void **state)
{
	(void)state;
	struct report report = report_of(&fake_dirty);
	assert_count(&report, "", 7); /* with two gaps */
	assert_text(&report, "2 check_name", "secret-file");
	assert_text(&report, "2 severity", "blocker");
	assert_text(&report, "2 fingerprint", "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f");
	assert_text(&report, "2 description",
		    "Private key: 'RSA private key, 3072 bits, MIIG...w5c=', at '/root/.ssh/id_rsa' in layer 2 of "
		    "'registry.example.com/team/shop:debug', visible");
	assert_text(&report, "2 location path", "root/.ssh/id_rsa");
	assert_number(&report, "2 location lines begin", 1);
	assert_text(&report, "5 location path", "registry.example.com/team/shop:2024.05");
	assert_text(&report, "6 location path", "shop.tar");
	assert_text(&report, "6 severity", "info");
	report_done(&report);
}

static void what_was_not_looked_at_is_an_issue(void **state)
{
	(void)state;
	struct report report = report_of(&fake_dirty);
	assert_text(&report, "1 check_name", "incomplete");
	assert_text(&report, "1 severity", "blocker");
	assert_text(&report, "1 description",
		    "Not looked at: blobs/sha256/eeee: expected a gzip trailer, found the end");
	assert_text(&report, "1 fingerprint", "incomplete-2");
	report_done(&report);
}

static void an_input_that_could_not_be_audited_is_an_issue(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_clean;
	struct silt_report_options options = {.format = SILT_FORMAT_CODEQUALITY, .unread = 2};
	struct report report = report_with(&result, 1, SILT_SEVERITY_HIGH, &options);
	assert_count(&report, "", 1);
	assert_text(&report, "0 description", "Inputs that could not be audited at all: 2");
	assert_text(&report, "0 severity", "blocker");
	report_done(&report);
}

static void excused_findings_are_left_out(void **state)
{
	(void)state;
	struct report report = report_of_waived(SILT_FORMAT_CODEQUALITY);
	assert_count(&report, "", 6);
	assert_text(&report, "2 check_name", "priv-setuid");
	report_done(&report);
}

static void the_same_finding_of_two_bundles_has_two_fingerprints(void **state)
{
	(void)state;
	const struct silt_result *const two[] = {&fake_dirty, &fake_dirty};
	struct silt_report_options options = {.format = SILT_FORMAT_CODEQUALITY};
	struct report report = report_with(two, 2, SILT_SEVERITY_HIGH, &options);
	assert_text(&report, "9 fingerprint", "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f-2");
	assert_text(&report, "8 fingerprint", "incomplete-2-2");
	report_done(&report);
}

static void paths_are_relative_whatever_they_are_called(void **state)
{
	(void)state;
	struct silt_sighting sighting = fake_dirty.findings[1].sightings[0];
	struct silt_finding finding = fake_dirty.findings[1];
	struct silt_result result = fake_clean;
	finding.sightings = &sighting;
	result.name = "///";
	result.findings = &finding;
	result.finding_count = 1;
	sighting.path = (struct silt_bytes){(const uint8_t *)"a\x1b\xff`b", 5};
	struct report report = report_of(&result);
	assert_text(&report, "0 location path", "a\\x1b\\xff`b");
	report_done(&report);
	finding.sighting_count = 0;
	report = report_of(&result);
	assert_text(&report, "0 location path", "_");
	report_done(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_finding_is_an_issue),
		cmocka_unit_test(what_was_not_looked_at_is_an_issue),
		cmocka_unit_test(an_input_that_could_not_be_audited_is_an_issue),
		cmocka_unit_test(excused_findings_are_left_out),
		cmocka_unit_test(the_same_finding_of_two_bundles_has_two_fingerprints),
		cmocka_unit_test(paths_are_relative_whatever_they_are_called),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
