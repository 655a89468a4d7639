/* The report as workflow commands; check_github.py reads them as GitHub does. */
#include "nasty.h"

#include <string.h>

static struct silt_buffer report_of(const struct silt_result *const *results, size_t count,
				    enum silt_severity threshold, size_t unread)
{
	struct silt_report_options options = {.format = SILT_FORMAT_GITHUB, .unread = unread};
	struct silt_buffer out = {0};
	fake_report(results, count, threshold, &options, &out);
	return out;
}

static void assert_has(const struct silt_buffer *report, const char *text)
{
	if (!strstr(silt_buffer_text(report), text)) {
		fail_msg("no %s in\n%s", text, silt_buffer_text(report));
	}
}

static size_t count_of(const struct silt_buffer *report, const char *text)
{
	size_t count = 0;
	for (const char *at = silt_buffer_text(report); (at = strstr(at, text)) != NULL; at++) {
		count++;
	}
	return count;
}

static void a_clean_bundle_is_one_notice(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_clean;
	struct silt_buffer report = report_of(&result, 1, SILT_SEVERITY_HIGH, 0);
	assert_string_equal(silt_buffer_text(&report), "::notice title=silt::PASS: 1 bundle (1 pass): no findings.\n");
	silt_buffer_done(&report);
}

static void what_counts_is_an_error_and_what_does_not_is_less(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_dirty;
	struct silt_buffer report = report_of(&result, 1, SILT_SEVERITY_HIGH, 0);
	assert_has(&report, "::error file=shop.tar,title=critical secret-file%3A Private key "
			    "(private-key-pem%2C proven)::RSA private key, 3072 bits, MIIG...w5c=%0A"
			    "where: /root/.ssh/id_rsa, byte 0, in registry.example.com/team/shop:2024.05: ");
	assert_has(&report, "%0Aand 3 more%0Awhy: The key is not encrypted.");
	assert_has(&report,
		   "::warning file=shop.tar,title=medium priv-setuid%3A Setuid program (proven)::/usr/bin/su%0A");
	assert_has(&report, "::notice file=shop.tar,title=low user-root%3A Runs as root (proven)::user not set%0A");
	silt_buffer_done(&report);
}

static void a_gap_is_an_error_in_front_of_all_others(void **state)
{
	(void)state;
	const struct silt_result *const both[] = {&fake_clean, &fake_dirty};
	struct silt_buffer report = report_of(both, 2, SILT_SEVERITY_HIGH, 1);
	assert_has(&report, "::error title=not audited::1 input could not be audited at all.\n"
			    "::error file=shop.tar,title=not everything was looked at::2 gaps%0A"
			    "the first: registry.example.com/team/shop:2024.05, layer 3: expected the blob");
	silt_buffer_done(&report);
}

static void the_worst_ten_of_a_kind_are_shown(void **state)
{
	(void)state;
	const struct silt_result *const many[] = {&fake_hostile, &fake_hostile, &fake_hostile, &fake_hostile,
						  &fake_hostile, &fake_hostile, &fake_hostile, &fake_hostile,
						  &fake_hostile, &fake_hostile, &fake_hostile, &fake_dirty};
	struct silt_buffer report = report_of(many, 12, SILT_SEVERITY_INFO, 0);
	assert_int_equal(count_of(&report, "::error "), 10);
	/* The one gap, and then the critical one of the last bundle. */
	const char *second = strchr(silt_buffer_text(&report), '\n') + 1;
	const char *wanted = "::error file=shop.tar,title=critical";
	assert_memory_equal(second, wanted, strlen(wanted));
	assert_has(&report, "%0ANot shown: 7 more of kind error.\n");
	silt_buffer_done(&report);
}

static void accepted_findings_are_notices_with_the_reason(void **state)
{
	(void)state;
	const struct silt_judgement *judgement = nasty_accepted();
	struct silt_report_options options = {.format = SILT_FORMAT_GITHUB};
	struct silt_buffer report = {0};
	nasty_report(&judgement, 1, &options, &report);
	assert_int_equal(count_of(&report, "::error "), 0);
	assert_has(&report, "title=allowed%3A critical priv-setuid%3A");
	assert_has(&report, "%0Aaccepted: &lt;b&gt; &#64; &amp;%0A");
	assert_int_equal(count_of(&report, "\n::notice "), 10);
	silt_buffer_done(&report);
}

static void no_text_ends_its_line_or_its_property(void **state)
{
	(void)state;
	const struct silt_judgement *judgement = nasty_judgement();
	struct silt_report_options options = {.format = SILT_FORMAT_GITHUB};
	struct silt_buffer report = {0};
	nasty_report(&judgement, 1, &options, &report);
	assert_has(&report,
		   "title=waived%3A high github-pat%3A %250A%3A%3Aerror%3A%3Aowned%250D%2525%253A%252C (likely)::"
		   "%250A::error::owned%250D%2525%253A%252C%0Awhere: ");
	assert_null(strchr(silt_buffer_text(&report), '\r'));
	silt_buffer_done(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clean_bundle_is_one_notice),
		cmocka_unit_test(what_counts_is_an_error_and_what_does_not_is_less),
		cmocka_unit_test(a_gap_is_an_error_in_front_of_all_others),
		cmocka_unit_test(the_worst_ten_of_a_kind_are_shown),
		cmocka_unit_test(accepted_findings_are_notices_with_the_reason),
		cmocka_unit_test(no_text_ends_its_line_or_its_property),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
