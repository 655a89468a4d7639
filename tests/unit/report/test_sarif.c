/* The SARIF log; that it is valid is tested by tests/formats. */
#include "json_reading.h"

#include "base/attributes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct report report_of(const struct silt_result *result)
{
	struct silt_report_options options = {.format = SILT_FORMAT_SARIF};
	return report_with(&result, 1, SILT_SEVERITY_HIGH, &options);
}

static void a_run_says_what_was_looked_at_and_by_what(void **state)
{
	(void)state;
	const struct silt_result *const all[] = {&fake_clean, &fake_dirty, &fake_clean};
	struct silt_report_options options = {.format = SILT_FORMAT_SARIF};
	struct report report = report_with(all, 3, SILT_SEVERITY_HIGH, &options);
	assert_text(&report, "version", "2.1.0");
	assert_count(&report, "runs", 3);
	assert_text(&report, "runs 0 tool driver name", "silt");
	assert_text(&report, "runs 0 automationDetails id", "silt/app.tar/");
	assert_text(&report, "runs 2 automationDetails id", "silt/app.tar/2/");
	assert_count(&report, "runs 0 results", 0);
	assert_true(silt_json_true(at(&report, "runs 0 invocations 0 executionSuccessful")));
	report_done(&report);
}

/* The URI of an artifact, and before it those that it is in, with " < " between. */
static void chain_of(const struct report *report, uint64_t index, struct silt_buffer *out)
{
	char path[64];
	for (;;) {
		snprintf(path, sizeof(path), "runs 0 artifacts %u", (unsigned)index);
		const struct silt_json_value *artifact = at(report, path);
		silt_buffer_add(out, silt_json_string(silt_json_get(silt_json_get(artifact, "location"), "uri")));
		if (!silt_json_unsigned(silt_json_get(artifact, "parentIndex"), &index)) {
			return;
		}
		silt_buffer_add_text(out, " < ");
	}
}

static void assert_chain(const struct report *report, const char *location, const char *want)
{
	struct silt_buffer path = {0}, chain = {0};
	uint64_t index;
	silt_buffer_printf(&path, "%s physicalLocation artifactLocation index", location);
	assert_true(silt_json_unsigned(at(report, silt_buffer_text(&path)), &index));
	chain_of(report, index, &chain);
	assert_string_equal(silt_buffer_text(&chain), want);
	silt_buffer_done(&path);
	silt_buffer_done(&chain);
}

#define SHOP "registry.example.com/team/shop%3A2024.05 < shop.tar"

static void artifacts_are_nested_from_the_bundle_to_the_file(void **state)
{
	(void)state;
	struct report report = report_of(&fake_dirty);
	assert_chain(&report, "runs 0 results 1 locations 0", "usr/bin/su < blobs/sha256/a1 < " SHOP);
	assert_chain(&report, "runs 0 results 3 locations 0", SHOP);       /* the config */
	assert_chain(&report, "runs 0 results 4 locations 0", "shop.tar"); /* of no place */
	assert_chain(&report, "runs 0 results 0 relatedLocations 2", "old/id_rsa < blobs/sha256/7777 < shop.tar");
	assert_text(&report, "runs 0 results 1 locations 0 physicalLocation artifactLocation uri", "usr/bin/su");
	assert_number(&report, "runs 0 artifacts 2 length", 31000000);
	assert_text(&report, "runs 0 artifacts 4 location uri", "layer-3"); /* not in the bundle */
	report_done(&report);
}

static void a_result_is_at_its_most_exposed_place(void **state)
{
	(void)state;
	struct report report = report_of(&fake_dirty);
	assert_count(&report, "runs 0 results 0 locations", 1);
	assert_text(&report, "runs 0 results 0 locations 0 properties fate", "visible");
	assert_count(&report, "runs 0 results 0 relatedLocations", 5);
	assert_text(&report, "runs 0 results 0 relatedLocations 0 properties fate", "deleted");
	assert_number(&report, "runs 0 results 0 relatedLocations 0 id", 1);
	assert_number(&report, "runs 0 results 0 relatedLocations 0 physicalLocation region byteLength", 1704);
	assert_number(&report, "runs 0 results 0 relatedLocations 0 physicalLocation region startLine", 1);
	assert_says(&report, "runs 0 results 0 message text", "Seen at 6 places: '/root/.ssh/id_rsa' in layer 2 of");
	assert_says(&report, "runs 0 results 0 message text", "visible, [2](1), [3](2), [4](3), [5](4), [6](5).");
	report_done(&report);
}

static void flows_tell_who_added_and_who_hid(void **state)
{
	(void)state;
	struct report report = report_of(&fake_dirty);
	const char *flow = "runs 0 results 0 codeFlows 0 threadFlows 1 locations";
	assert_count(&report, flow, 2);
	assert_text(&report, "runs 0 results 0 codeFlows 0 threadFlows 1 locations 0 location message text",
		    "Added by layer 2: 'COPY id_rsa /root/.ssh/'.");
	assert_says(&report, "runs 0 results 0 codeFlows 0 threadFlows 1 locations 1 location message text",
		    "Deleted by layer 4: 'RUN rm -rf /root/.ssh && ");
	assert_count(&report, "runs 0 results 0 codeFlows 0 threadFlows", 4); /* of six places four are in layers */
	report_done(&report);
}

static void results_are_matched_by_fingerprint(void **state)
{
	(void)state;
	struct report report = report_of(&fake_dirty);
	assert_text(&report, "runs 0 results 1 partialFingerprints primaryLocationLineHash", "1e1e1e1e1e1e1e1e:1");
	assert_text(&report, "runs 0 results 1 partialFingerprints silt/v1", "1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e");
	report_done(&report);
}

static void rules_are_those_that_have_results(void **state)
{
	(void)state;
	struct report report = report_of(&fake_dirty);
	assert_count(&report, "runs 0 tool driver rules", 4);
	assert_text(&report, "runs 0 tool driver rules 1 id", "priv-setuid");
	assert_text(&report, "runs 0 tool driver rules 1 name", "PrivSetuid");
	assert_text(&report, "runs 0 tool driver rules 1 defaultConfiguration level", "warning");
	assert_text(&report, "runs 0 tool driver rules 1 properties security-severity", "5.0");
	assert_text(&report, "runs 0 tool driver rules 1 properties precision", "very-high");
	assert_text(&report, "runs 0 tool driver rules 1 properties tags 1", "user");
	assert_text(&report, "runs 0 tool driver rules 1 properties aliases 1", "4.8");
	assert_says(&report, "runs 0 tool driver rules 1 help markdown",
		    "```dockerfile\nRUN chmod u-s /usr/bin/su\n```");
	assert_number(&report, "runs 0 results 2 ruleIndex", 1);
	assert_text(&report, "runs 0 tool driver rules 0 properties security-severity", "9.5");
	assert_text(&report, "runs 0 results 3 level", "note");
	report_done(&report);
}

static void what_was_not_looked_at_makes_a_run_fail(void **state)
{
	(void)state;
	struct report report = report_of(&fake_dirty);
	assert_false(silt_json_true(at(&report, "runs 0 invocations 0 executionSuccessful")));
	assert_count(&report, "runs 0 invocations 0 toolExecutionNotifications", 2);
	assert_text(&report, "runs 0 invocations 0 toolExecutionNotifications 1 message text",
		    "Not looked at: blobs/sha256/eeee from byte 123456: expected a gzip trailer, found the end.");
	report_done(&report);
}

static void an_input_that_could_not_be_audited_is_told_in_the_last_run(void **state)
{
	(void)state;
	const struct silt_result *const two[] = {&fake_clean, &fake_clean};
	struct silt_report_options options = {.format = SILT_FORMAT_SARIF, .unread = 3};
	struct report report = report_with(two, 2, SILT_SEVERITY_HIGH, &options);
	assert_true(silt_json_true(at(&report, "runs 0 invocations 0 executionSuccessful")));
	assert_false(silt_json_true(at(&report, "runs 1 invocations 0 executionSuccessful")));
	assert_text(&report, "runs 1 invocations 0 toolExecutionNotifications 0 message text",
		    "Inputs that could not be audited at all: 3.");
	report_done(&report);
}

/* ---- Excused findings -------------------------------------------------------------------------------------------- */

static void excused_findings_are_suppressed_results(void **state)
{
	(void)state;
	struct report report = report_of_waived(SILT_FORMAT_SARIF);
	assert_text(&report, "runs 0 results 0 suppressions 0 kind", "external");
	assert_text(&report, "runs 0 results 0 suppressions 0 status", "accepted");
	assert_text(&report, "runs 0 results 0 suppressions 0 justification",
		    "waiver 2 of policy.yaml: rotated in May");
	assert_count(&report, "runs 0 results 1 suppressions", 0);
	assert_text(&report, "runs 0 results 1 properties standing", "below");
	assert_text(&report, "runs 0 tool driver rules 1 properties security-severity", "8.0");
	assert_text(&report, "runs 0 invocations 0 toolConfigurationNotifications 0 message text",
		    "Waiver 3 of policy.yaml is not needed any more.");
	report_done(&report);
}

static void content_of_packages_is_there_on_request(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_vendored;
	struct silt_report_options options = {.format = SILT_FORMAT_SARIF, .show_suppressed = true};
	struct report report = report_of(result);
	assert_count(&report, "runs 0 results", 0);
	assert_count(&report, "runs 0 tool driver rules", 0);
	assert_number(&report, "runs 0 properties suppressed", 1);
	assert_text(&report, "runs 0 properties verdict", "pass");
	report_done(&report);
	report = report_with(&result, 1, SILT_SEVERITY_HIGH, &options);
	assert_says(&report, "runs 0 results 0 suppressions 0 justification", "unmodified content of package");
	report_done(&report);
}

/* ---- Limits ------------------------------------------------------------------------------------------------------ */

static void bundles_beyond_what_github_takes_are_cut_off_and_told(void **state)
{
	(void)state;
	const struct silt_result *results[23];
	struct silt_report_options options = {.format = SILT_FORMAT_SARIF};
	for (size_t i = 0; i < SILT_COUNT(results); i++) {
		results[i] = &fake_clean;
	}
	struct report report = report_with(results, SILT_COUNT(results), SILT_SEVERITY_HIGH, &options);
	assert_count(&report, "runs", 20);
	assert_text(&report, "runs 19 invocations 0 toolExecutionNotifications 0 message text",
		    "This log is not whole: 3 bundles are left out, because GitHub would refuse it.");
	assert_false(silt_json_true(at(&report, "runs 19 invocations 0 executionSuccessful")));
	report_done(&report);
}

static size_t occurrences(const char *text, const char *words)
{
	size_t count = 0;
	for (const char *found = strstr(text, words); found; found = strstr(found + 1, words)) {
		count++;
	}
	return count;
}

static void results_beyond_what_github_takes_are_cut_off_and_told(void **state)
{
	(void)state;
	enum { RESULTS = 25002 };
	struct silt_finding *findings = calloc(RESULTS, sizeof(*findings));
	assert_non_null(findings);
	for (size_t i = 0; i < RESULTS; i++) {
		findings[i] = fake_dirty.findings[4];
	}
	struct silt_result many = fake_clean;
	const struct silt_result *result = &many;
	struct silt_report_options options = {.format = SILT_FORMAT_SARIF};
	struct silt_buffer text = {0};
	many.findings = findings;
	many.finding_count = RESULTS;
	fake_report(&result, 1, SILT_SEVERITY_HIGH, &options, &text);
	assert_int_equal(occurrences(silt_buffer_text(&text), "\"ruleIndex\": 0"), 25000);
	assert_non_null(strstr(silt_buffer_text(&text), "2 results are left out"));
	assert_non_null(strstr(silt_buffer_text(&text), "\"executionSuccessful\": false"));
	silt_buffer_done(&text);
	free(findings);
}

static void a_hundred_places_are_told_of_one_result(void **state)
{
	(void)state;
	static struct silt_sighting sightings[150];
	struct silt_finding finding = fake_dirty.findings[0];
	struct silt_result many = fake_dirty;
	for (size_t i = 0; i < SILT_COUNT(sightings); i++) {
		sightings[i] = fake_dirty.findings[0].sightings[i == 140 ? 1 : 0];
	}
	finding.sightings = sightings;
	finding.sighting_count = SILT_COUNT(sightings);
	many.findings = &finding;
	many.finding_count = 1;
	struct report report = report_of(&many);
	assert_text(&report, "runs 0 results 0 locations 0 properties fate", "visible");
	assert_count(&report, "runs 0 results 0 relatedLocations", 99);
	assert_count(&report, "runs 0 results 0 codeFlows 0 threadFlows", 100);
	assert_says(&report, "runs 0 results 0 message text", "[10](9) and 140 more.");
	assert_number(&report, "runs 0 results 0 properties places", 150);
	report_done(&report);
}

static void fewer_places_are_told_of_many_results(void **state)
{
	(void)state;
	static struct silt_sighting sightings[40];
	static struct silt_finding findings[2000];
	struct silt_result many = fake_dirty;
	const struct silt_result *result = &many;
	struct silt_report_options options = {.format = SILT_FORMAT_SARIF};
	struct silt_buffer text = {0};
	for (size_t i = 0; i < SILT_COUNT(sightings); i++) {
		sightings[i] = fake_dirty.findings[1].sightings[0];
	}
	for (size_t i = 0; i < SILT_COUNT(findings); i++) {
		findings[i] = fake_dirty.findings[1];
		findings[i].sightings = sightings;
		findings[i].sighting_count = SILT_COUNT(sightings);
	}
	many.findings = findings;
	many.finding_count = SILT_COUNT(findings);
	fake_report(&result, 1, SILT_SEVERITY_HIGH, &options, &text);
	assert_int_equal(occurrences(silt_buffer_text(&text), "\"id\": 4,"), 2000);
	assert_int_equal(occurrences(silt_buffer_text(&text), "\"id\": 5,"), 0);
	assert_int_equal(occurrences(silt_buffer_text(&text), "\"places\": 40"), 2000);
	silt_buffer_done(&text);
}

/* ---- Hostile names ----------------------------------------------------------------------------------------------- */

/* In the text of a message "](" stands in links of silt's own alone: "[2](1)". */
static void assert_no_foreign_link(const struct report *report, const char *path)
{
	struct silt_bytes rest = silt_json_string(at(report, path));
	for (;;) {
		size_t at = silt_bytes_find(rest, SILT_LITERAL("]("));
		if (at == SIZE_MAX) {
			return;
		}
		assert_true(at > 1 && rest.ptr[at - 1] >= '0' && rest.ptr[at - 1] <= '9');
		rest = silt_bytes_slice(rest, at + 2, SIZE_MAX);
	}
}

static void hostile_names_are_no_links_in_messages(void **state)
{
	(void)state;
	struct report report = report_of(&fake_naughty);
	char path[64];
	for (unsigned i = 0; i < fake_naughty.finding_count; i++) {
		snprintf(path, sizeof(path), "runs 0 results %u message text", i);
		assert_no_foreign_link(&report, path);
	}
	report_done(&report);
}

static void hostile_names_are_code_in_markdown(void **state)
{
	(void)state;
	struct report report = report_of(&fake_naughty);
	assert_says(&report, "runs 0 results 0 message markdown", "GitHub token: `<script>alert(1)</script>`.");
	assert_says(&report, "runs 0 results 2 message markdown", "GitHub token: ```` ``` `` ` \"quoted\"");
	assert_says(&report, "runs 0 results 1 message markdown", "Revoke it\\: \\[click\\]\\(http\\:\\/\\/evil");
	report_done(&report);
}

static void places_that_are_not_there_are_those_of_the_bundle(void **state)
{
	(void)state;
	struct report report = report_of(&fake_naughty);
	assert_says(&report, "runs 0 results 7 locations 0 physicalLocation artifactLocation uri", "evil.example/");
	report_done(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_says_what_was_looked_at_and_by_what),
		cmocka_unit_test(artifacts_are_nested_from_the_bundle_to_the_file),
		cmocka_unit_test(a_result_is_at_its_most_exposed_place),
		cmocka_unit_test(flows_tell_who_added_and_who_hid),
		cmocka_unit_test(results_are_matched_by_fingerprint),
		cmocka_unit_test(rules_are_those_that_have_results),
		cmocka_unit_test(what_was_not_looked_at_makes_a_run_fail),
		cmocka_unit_test(an_input_that_could_not_be_audited_is_told_in_the_last_run),
		cmocka_unit_test(excused_findings_are_suppressed_results),
		cmocka_unit_test(content_of_packages_is_there_on_request),
		cmocka_unit_test(bundles_beyond_what_github_takes_are_cut_off_and_told),
		cmocka_unit_test(results_beyond_what_github_takes_are_cut_off_and_told),
		cmocka_unit_test(a_hundred_places_are_told_of_one_result),
		cmocka_unit_test(fewer_places_are_told_of_many_results),
		cmocka_unit_test(hostile_names_are_no_links_in_messages),
		cmocka_unit_test(hostile_names_are_code_in_markdown),
		cmocka_unit_test(places_that_are_not_there_are_those_of_the_bundle),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
