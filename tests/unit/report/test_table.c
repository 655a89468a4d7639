/* The report as a table. */
#include "nasty.h"

#include "base/attributes.h"
#include "base/utf8.h"

#include <string.h>

static struct silt_buffer report_of(const struct silt_result *result, unsigned width)
{
	struct silt_report_options options = {.format = SILT_FORMAT_TABLE, .width = width};
	struct silt_buffer out = {0};
	fake_report(&result, 1, SILT_SEVERITY_HIGH, &options, &out);
	return out;
}

static void assert_has(const struct silt_buffer *report, const char *text)
{
	if (!strstr(silt_buffer_text(report), text)) {
		fail_msg("no %s in\n%s", text, silt_buffer_text(report));
	}
}

/* Characters of the longest line. */
static size_t widest_line(const struct silt_buffer *report)
{
	struct silt_bytes rest = silt_buffer_bytes(report), line;
	size_t widest = 0;
	while (silt_bytes_cut(&rest, '\n', &line)) {
		size_t columns = 0;
		for (size_t i = 0; i < line.len; i++) {
			columns += (line.ptr[i] & 0xC0) != 0x80;
		}
		widest = columns > widest ? columns : widest;
	}
	return widest;
}

static void a_clean_bundle_has_no_table(void **state)
{
	(void)state;
	struct silt_buffer report = report_of(&fake_clean, 100);
	assert_string_equal(
		silt_buffer_text(&report),
		"app.tar (docker+oci)\n"
		"Everything was looked at: 9 files of the bundle (78.8 MB), 5 documents, 3 layers (78.8 MB).\n"
		"PASS: no findings.\n");
	silt_buffer_done(&report);
}

static void there_is_a_row_for_each_finding(void **state)
{
	(void)state;
	struct silt_buffer report = report_of(&fake_dirty, 200);
	assert_has(&report,
		   "shop.tar (docker)\n"
		   "SEVERITY  RULE                   SUBJECT                                  IMAGE              "
		   "                     PLACE                   LAYER  FATE\n"
		   "critical  secret-file            RSA private key, 3072 bits, MIIG...w5c=  "
		   "registry.example.com/team/shop:debug    /root/.ssh/id_rsa (+5)  2/2    visible\n");
	assert_has(&report, "medium    priv-setuid            /usr/bin/su                              "
			    "registry.example.com/team/shop:2024.05  /usr/bin/su             1/4    visible\n");
	assert_has(&report, "info      integrity-split-brain  manifest.json and index.json\n\nNot looked at:\n");
	silt_buffer_done(&report);
}

static void rows_are_cut_to_the_width(void **state)
{
	(void)state;
	const unsigned widths[] = {90, 100, 120, 160};
	for (size_t i = 0; i < SILT_COUNT(widths); i++) {
		struct silt_buffer report = report_of(&fake_dirty, widths[i]);
		assert_true(widest_line(&report) <= widths[i]);
		silt_buffer_done(&report);
	}
	struct silt_buffer report = report_of(&fake_dirty, 100);
	assert_has(&report, "RSA private k...  ...am/shop:debug  ...h/id_rsa (+5)  2/2");
	silt_buffer_done(&report);
}

static void accepted_findings_say_so_in_a_column(void **state)
{
	(void)state;
	const struct silt_judgement *judgement = nasty_judgement();
	struct silt_report_options options = {.format = SILT_FORMAT_TABLE, .width = 120};
	struct silt_buffer report = {0};
	nasty_report(&judgement, 1, &options, &report);
	assert_has(&report, "FATE          STANDING\n");
	assert_has(&report, "  waived\n");
	assert_has(&report, "  known\n");
	assert_has(&report, "policy:   =cmd|' /C calc'!A0\n");
	silt_buffer_done(&report);
}

static void suppressed_secrets_are_told_and_listed_on_request(void **state)
{
	(void)state;
	struct silt_buffer report = report_of(&fake_vendored, 100);
	assert_null(strstr(silt_buffer_text(&report), "SEVERITY"));
	assert_has(&report, "1 secret only in unmodified files of packages, not counted.\n");
	silt_buffer_done(&report);
	const struct silt_result *result = &fake_vendored;
	struct silt_report_options options = {.format = SILT_FORMAT_TABLE, .width = 160, .show_suppressed = true};
	fake_report(&result, 1, SILT_SEVERITY_HIGH, &options, &report);
	assert_has(&report, "/usr/lib/libgnutls.so.30  1/3    visible  suppressed\n");
	silt_buffer_done(&report);
}

static void colours_are_no_part_of_the_width(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_dirty;
	struct silt_report_options options = {.format = SILT_FORMAT_TABLE, .width = 120, .colour = true};
	struct silt_buffer coloured = {0}, plain = {0}, stripped = {0};
	fake_report(&result, 1, SILT_SEVERITY_HIGH, &options, &coloured);
	options.colour = false;
	fake_report(&result, 1, SILT_SEVERITY_HIGH, &options, &plain);
	assert_has(&coloured, "\x1b[1;31mcritical\x1b[0m  secret-file");
	for (const char *at = silt_buffer_text(&coloured); *at; at++) {
		if (*at == '\x1b') {
			at = strchr(at, 'm');
		} else {
			silt_buffer_add_byte(&stripped, (uint8_t)*at);
		}
	}
	assert_string_equal(silt_buffer_text(&stripped), silt_buffer_text(&plain));
	silt_buffer_done(&coloured);
	silt_buffer_done(&plain);
	silt_buffer_done(&stripped);
}

static void a_summary_follows_several(void **state)
{
	(void)state;
	const struct silt_result *const all[] = {&fake_clean, &fake_dirty};
	struct silt_report_options options = {.format = SILT_FORMAT_TABLE, .unread = 1};
	struct silt_buffer report = {0};
	fake_report(all, 2, SILT_SEVERITY_HIGH, &options, &report);
	assert_has(&report, "\n\nINCOMPLETE: 1 input could not be audited; 2 bundles (1 incomplete, 1 pass): ");
	silt_buffer_done(&report);
}

static void strings_that_do_harm_stay_in_their_rows(void **state)
{
	(void)state;
	const struct silt_judgement *judgement = nasty_judgement();
	struct silt_report_options options = {.format = SILT_FORMAT_TABLE, .width = 120};
	struct silt_buffer report = {0};
	nasty_report(&judgement, 1, &options, &report);
	struct silt_bytes rest = silt_buffer_bytes(&report), line;
	size_t rows = 0;
	while (silt_bytes_cut(&rest, '\n', &line) && line.len > 0) {
		assert_true(silt_is_utf8(line));
		rows++;
	}
	assert_int_equal(rows, 2 + nasty_count);
	silt_buffer_done(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clean_bundle_has_no_table),
		cmocka_unit_test(there_is_a_row_for_each_finding),
		cmocka_unit_test(rows_are_cut_to_the_width),
		cmocka_unit_test(accepted_findings_say_so_in_a_column),
		cmocka_unit_test(suppressed_secrets_are_told_and_listed_on_request),
		cmocka_unit_test(colours_are_no_part_of_the_width),
		cmocka_unit_test(a_summary_follows_several),
		cmocka_unit_test(strings_that_do_harm_stay_in_their_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
