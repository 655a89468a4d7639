/* The report for CI servers; check_junit.py reads it with other parsers. */
#include "nasty.h"

#include "report/xml.h"

#include <string.h>

static struct silt_buffer report_of(const struct silt_result *result, enum silt_severity threshold, size_t unread)
{
	struct silt_report_options options = {.format = SILT_FORMAT_JUNIT, .unread = unread};
	struct silt_buffer out = {0};
	fake_report(&result, 1, threshold, &options, &out);
	return out;
}

static void assert_has(const struct silt_buffer *report, const char *text)
{
	if (!strstr(silt_buffer_text(report), text)) {
		fail_msg("no %s in\n%s", text, silt_buffer_text(report));
	}
}

static void a_clean_bundle_passes_family_by_family(void **state)
{
	(void)state;
	struct silt_buffer report = report_of(&fake_clean, SILT_SEVERITY_HIGH, 0);
	assert_has(&report, "<testsuites name=\"silt\" tests=\"8\" failures=\"0\" errors=\"0\">\n"
			    "  <testsuite name=\"app.tar\" tests=\"8\" failures=\"0\" errors=\"0\" skipped=\"0\">\n");
	assert_has(&report, "<testcase classname=\"app.tar.coverage\" name=\"everything was looked at\"></testcase>");
	assert_has(&report, "<testcase classname=\"app.tar.user\" name=\"nothing counts\"></testcase>");
	silt_buffer_done(&report);
}

static void a_finding_that_counts_is_a_failure(void **state)
{
	(void)state;
	struct silt_buffer report = report_of(&fake_dirty, SILT_SEVERITY_MEDIUM, 0);
	assert_has(&report,
		   "<testcase classname=\"shop.tar.user\" name=\"priv-setuid: /usr/bin/su (1e1e1e1e1e1e)\">"
		   "<failure type=\"priv-setuid\" message=\"medium: Setuid program (proven)\">what: /usr/bin/su\n"
		   "where: /usr/bin/su, in registry.example.com/team/shop:2024.05: added by layer 1 of 4 &quot;ADD "
		   "rootfs.tar /&quot;, visible in the final filesystem\n");
	assert_null(strstr(silt_buffer_text(&report), "shop.tar.user\" name=\"nothing counts\""));
	silt_buffer_done(&report);
}

static void what_does_not_count_is_told_by_its_family(void **state)
{
	(void)state;
	struct silt_buffer report = report_of(&fake_dirty, SILT_SEVERITY_HIGH, 0);
	assert_has(&report, "name=\"nothing counts\"><system-out>medium: priv-setuid: /usr/bin/");
	assert_has(&report, "medium: priv-setuid: /usr/bin/su\n");
	assert_has(&report, "medium: priv-setuid: /usr/bin/mount\n");
	silt_buffer_done(&report);
}

static void gaps_are_an_error(void **state)
{
	(void)state;
	struct silt_buffer report = report_of(&fake_dirty, SILT_SEVERITY_HIGH, 0);
	assert_has(&report, "name=\"everything was looked at\"><error type=\"gap\" message=\"2 not looked at\">");
	assert_has(&report,
		   "\ngap: blobs/sha256/eeee, from byte 123456: expected a gzip trailer, found the end (1.5 kB)\n");
	silt_buffer_done(&report);
}

static void inputs_that_nobody_could_read_are_an_error(void **state)
{
	(void)state;
	struct silt_buffer report = report_of(&fake_clean, SILT_SEVERITY_HIGH, 2);
	assert_has(&report, "<testsuites name=\"silt\" tests=\"9\" failures=\"0\" errors=\"1\">");
	assert_has(&report, "<error type=\"unread\" message=\"2 could not be audited\"/>");
	silt_buffer_done(&report);
}

static void accepted_findings_are_skipped(void **state)
{
	(void)state;
	const struct silt_judgement *judgement = nasty_accepted();
	struct silt_report_options options = {.format = SILT_FORMAT_JUNIT};
	struct silt_buffer report = {0};
	nasty_report(&judgement, 1, &options, &report);
	assert_has(&report, "<skipped message=\"critical allowed: &amp;lt;b&amp;gt; &amp;#64; &amp;amp;\"/>");
	assert_null(strstr(silt_buffer_text(&report), "<failure"));
	silt_buffer_done(&report);
}

static void xml_cannot_hold_every_character(void **state)
{
	(void)state;
	struct silt_buffer out = {0};
	silt_xml_add(&out, "a\x01\x1B\x7F\xC2\x85\xFF\xED\xA0\x80\xEF\xBF\xBE\xF0\x9F\x90\xB3<>&\"'");
	assert_string_equal(silt_buffer_text(&out),
			    "a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\xF0\x9F\x90\xB3"
			    "&lt;&gt;&amp;&quot;&#39;");
	silt_buffer_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clean_bundle_passes_family_by_family),
		cmocka_unit_test(a_finding_that_counts_is_a_failure),
		cmocka_unit_test(what_does_not_count_is_told_by_its_family),
		cmocka_unit_test(gaps_are_an_error),
		cmocka_unit_test(inputs_that_nobody_could_read_are_an_error),
		cmocka_unit_test(accepted_findings_are_skipped),
		cmocka_unit_test(xml_cannot_hold_every_character),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
