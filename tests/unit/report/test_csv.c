/* The report for spreadsheets; check_csv.py reads it with another parser. */
#include "nasty.h"

#include "base/attributes.h"

#include <string.h>

static struct silt_buffer report_of(const struct silt_result *result)
{
	struct silt_report_options options = {.format = SILT_FORMAT_CSV};
	struct silt_buffer out = {0};
	fake_report(&result, 1, SILT_SEVERITY_HIGH, &options, &out);
	return out;
}

static void assert_line(const struct silt_buffer *report, const char *line)
{
	struct silt_buffer whole = {0};
	silt_buffer_printf(&whole, "\r\n%s\r\n", line);
	if (!strstr(silt_buffer_text(report), silt_buffer_text(&whole))) {
		fail_msg("no line %s in\n%s", line, silt_buffer_text(report));
	}
	silt_buffer_done(&whole);
}

static void a_clean_bundle_has_its_verdict_in_a_row(void **state)
{
	(void)state;
	struct silt_buffer report = report_of(&fake_clean);
	assert_line(&report, "bundle,app.tar,,,,,,,,,,,,,,,,,,,,,,,,,PASS: no findings.,");
	assert_line(&report, "summary,,,,,,,,,,,,,,,,,,,,,,,,,,PASS: 1 bundle (1 pass): no findings.,");
	silt_buffer_done(&report);
}

static void each_place_of_a_finding_has_a_row(void **state)
{
	(void)state;
	struct silt_buffer report = report_of(&fake_dirty);
	assert_line(&report,
		    "finding,shop.tar,medium,proven,below,,user,priv-setuid,,Setuid program,/usr/bin/mount,overwritten,"
		    "unknown,2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d,registry.example.com/team/shop:2024.05,1,/usr/bin/mount,"
		    "usr/bin/mount,blobs/sha256/a1,,,overwritten,ADD rootfs.tar /,RUN make install,,,,"
		    "\"Remove the bit with chmod u-s, or the package, in the layer that adds it.\"");
	size_t rows = 0;
	for (const char *at = silt_buffer_text(&report); (at = strstr(at, "\r\nfinding,")) != NULL; at++) {
		rows++;
	}
	assert_int_equal(rows, 6 + 1 + 1 + 1 + 1);
	silt_buffer_done(&report);
}

static void gaps_are_rows(void **state)
{
	(void)state;
	struct silt_buffer report = report_of(&fake_dirty);
	assert_line(&report, "gap,shop.tar,,,,,,,,,,,,,,,blobs/sha256/eeee,,,123456,1500,,,,,,"
			     "\"expected a gzip trailer, found the end\",");
	silt_buffer_done(&report);
}

static void suppressed_secrets_are_rows_on_request(void **state)
{
	(void)state;
	struct silt_buffer report = report_of(&fake_vendored);
	assert_null(strstr(silt_buffer_text(&report), "\r\nsuppressed,"));
	silt_buffer_clear(&report);
	const struct silt_result *result = &fake_vendored;
	struct silt_report_options options = {.format = SILT_FORMAT_CSV, .show_suppressed = true};
	fake_report(&result, 1, SILT_SEVERITY_HIGH, &options, &report);
	assert_non_null(strstr(silt_buffer_text(&report), "\r\nsuppressed,vendored.tar,critical,proven,,"
							  "unmodified content of package libgnutls30"));
	silt_buffer_done(&report);
}

static void what_begins_like_a_formula_is_text(void **state)
{
	(void)state;
	static const char *const wanted[] = {
		",'=cmd|' /C calc'!A0,",        ",'+1+1,",      ",'-2+3,",     ",'@SUM(1+1),",
		",\"x;'=1+1;\"\"'=1+1&\"\"\",", ",\" '=1+1\",", ",'\uFF1D1+1,"};
	const struct silt_judgement *judgement = nasty_judgement();
	struct silt_report_options options = {.format = SILT_FORMAT_CSV};
	struct silt_buffer report = {0};
	nasty_report(&judgement, 1, &options, &report);
	for (size_t i = 0; i < SILT_COUNT(wanted); i++) {
		if (!strstr(silt_buffer_text(&report), wanted[i])) {
			fail_msg("no field %s", wanted[i]);
		}
	}
	silt_buffer_done(&report);
}

static void accepted_findings_tell_who_accepted_them(void **state)
{
	(void)state;
	const struct silt_judgement *judgement = nasty_accepted();
	struct silt_report_options options = {.format = SILT_FORMAT_CSV, .unread = 1};
	struct silt_buffer report = {0};
	nasty_report(&judgement, 1, &options, &report);
	assert_non_null(strstr(silt_buffer_text(&report), ",likely,allowed,\"&lt;b&gt; &#64; &amp;\",user,"));
	assert_non_null(
		strstr(silt_buffer_text(&report), ",\"INCOMPLETE: 1 input could not be audited; 1 bundle (1 pass)"));
	silt_buffer_done(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clean_bundle_has_its_verdict_in_a_row),
		cmocka_unit_test(each_place_of_a_finding_has_a_row),
		cmocka_unit_test(gaps_are_rows),
		cmocka_unit_test(suppressed_secrets_are_rows_on_request),
		cmocka_unit_test(what_begins_like_a_formula_is_text),
		cmocka_unit_test(accepted_findings_tell_who_accepted_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
