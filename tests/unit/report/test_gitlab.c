/* GitLab's container scanning report; that it is valid is tested by tests/formats. */
#include "json_reading.h"

#include "base/attributes.h"

#include <string.h>

static struct report report_of(const struct silt_result *result)
{
	struct silt_report_options options = {.format = SILT_FORMAT_GITLAB};
	return report_with(&result, 1, SILT_SEVERITY_HIGH, &options);
}

static void a_finding_is_a_vulnerability(void **state)
{
	(void)state;
	struct report report = report_of(&fake_dirty);
	assert_count(&report, "vulnerabilities", 5);
	assert_text(&report, "vulnerabilities 1 id", "1e1e1e1e-1e1e-8e1e-8e1e-1e1e1e1e1e1e");
	assert_text(&report, "vulnerabilities 1 name", "Setuid program");
	assert_text(&report, "vulnerabilities 1 severity", "Medium");
	assert_says(&report, "vulnerabilities 1 description", "Setuid program: `/usr/bin/su`. Seen at `/usr/bin/su`");
	assert_says(&report, "vulnerabilities 1 solution", "Remove the bit with chmod u-s");
	assert_text(&report, "vulnerabilities 1 identifiers 0 name", "priv-setuid");
	assert_text(&report, "vulnerabilities 1 identifiers 0 value", "1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e");
	assert_text(&report, "vulnerabilities 1 identifiers 1 value", "priv-setuid");
	assert_text(&report, "vulnerabilities 1 identifiers 3 value", "4.8");
	assert_text(&report, "vulnerabilities 1 links 0 url", "https://man7.org/linux/man-pages/man2/execve.2.html");
	report_done(&report);
}

static void it_is_at_its_most_exposed_place(void **state)
{
	(void)state;
	struct report report = report_of(&fake_dirty);
	assert_text(&report, "vulnerabilities 0 location image", "registry.example.com/team/shop:debug");
	assert_text(&report, "vulnerabilities 0 location dependency package name", "/root/.ssh/id_rsa");
	assert_count(&report, "vulnerabilities 0 details places items", 6);
	assert_says(&report, "vulnerabilities 0 details places items 0 value", "deleted by layer 4");
	assert_text(&report, "vulnerabilities 4 location image", "registry.example.com/team/shop:2024.05");
	assert_text(&report, "vulnerabilities 4 location dependency package name", "manifest.json and index.json");
	report_done(&report);
}

static void names_that_are_no_references_become_such(void **state)
{
	(void)state;
	struct report report = report_of(&fake_naughty);
	assert_says(&report, "vulnerabilities 0 location image", "_script_alert_1__/script___click__http_//evil");
	report_done(&report);
	report = report_of(&fake_hostile);
	assert_text(&report, "vulnerabilities 0 location image", "_x1b_0_owned_x07.tar:unknown");
	assert_text(&report, "vulnerabilities 0 location operating_system", "unknown");
	report_done(&report);
}

static void what_was_not_looked_at_is_a_failure(void **state)
{
	(void)state;
	struct report report = report_of(&fake_dirty);
	assert_text(&report, "scan status", "failure");
	assert_count(&report, "scan messages", 2);
	assert_text(&report, "scan messages 0 level", "warn");
	assert_says(&report, "scan messages 0 value",
		    "Not looked at: shop.tar, registry.example.com/team/shop:2024.05");
	report_done(&report);
	report = report_of(&fake_clean);
	assert_text(&report, "scan status", "success");
	assert_count(&report, "scan messages", 0);
	assert_count(&report, "vulnerabilities", 0);
	report_done(&report);
}

static void an_input_that_could_not_be_audited_is_a_failure(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_clean;
	struct silt_report_options options = {.format = SILT_FORMAT_GITLAB, .unread = 2};
	struct report report = report_with(&result, 1, SILT_SEVERITY_HIGH, &options);
	assert_text(&report, "scan status", "failure");
	assert_text(&report, "scan messages 0 value", "Inputs that could not be audited at all: 2.");
	report_done(&report);
}

static void excused_findings_are_messages(void **state)
{
	(void)state;
	struct report report = report_of_waived(SILT_FORMAT_GITLAB);
	assert_count(&report, "vulnerabilities", 4);
	assert_text(&report, "vulnerabilities 0 name", "Setuid program");
	assert_text(&report, "scan messages 2 level", "info");
	assert_text(&report, "scan messages 2 value", "Waiver 3 of policy.yaml is not needed any more.");
	assert_text(
		&report, "scan messages 3 value",
		"Accepted: Private key: 'RSA private key, 3072 bits, MIIG...w5c=', waived: waiver 2 of policy.yaml: "
		"rotated in May.");
	report_done(&report);
}

static void content_of_packages_is_counted(void **state)
{
	(void)state;
	struct report report = report_of(&fake_vendored);
	assert_text(&report, "scan status", "success");
	assert_text(&report, "scan messages 0 value",
		    "Secrets in unmodified content of packages, which are no findings: 1.");
	report_done(&report);
}

static void messages_beyond_a_thousand_are_counted(void **state)
{
	(void)state;
	static struct silt_gap gaps[1005];
	struct silt_result many = fake_clean;
	for (size_t i = 0; i < SILT_COUNT(gaps); i++) {
		gaps[i] = fake_dirty.coverage.gaps[0];
	}
	many.coverage = (struct silt_coverage){.gaps = gaps, .gap_count = SILT_COUNT(gaps)};
	struct report report = report_of(&many);
	assert_count(&report, "scan messages", 1001);
	assert_text(&report, "scan messages 1000 value", "Messages that are left out: 5.");
	report_done(&report);
}

static void the_same_finding_of_two_bundles_has_two_ids(void **state)
{
	(void)state;
	const struct silt_result *const two[] = {&fake_dirty, &fake_dirty};
	struct silt_report_options options = {.format = SILT_FORMAT_GITLAB};
	struct report report = report_with(two, 2, SILT_SEVERITY_HIGH, &options);
	assert_text(&report, "vulnerabilities 6 id", "1e1e1e1e-1e1e-8e1e-8e1e-1e1e1e1e1e1f");
	report_done(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_finding_is_a_vulnerability),
		cmocka_unit_test(it_is_at_its_most_exposed_place),
		cmocka_unit_test(names_that_are_no_references_become_such),
		cmocka_unit_test(what_was_not_looked_at_is_a_failure),
		cmocka_unit_test(an_input_that_could_not_be_audited_is_a_failure),
		cmocka_unit_test(excused_findings_are_messages),
		cmocka_unit_test(content_of_packages_is_counted),
		cmocka_unit_test(messages_beyond_a_thousand_are_counted),
		cmocka_unit_test(the_same_finding_of_two_bundles_has_two_ids),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
