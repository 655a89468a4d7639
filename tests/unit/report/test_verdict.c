/* The report of a gate: one line for each input, whatever stands in it. */
#include "nasty.h"

#include <string.h>

static struct silt_buffer report_of(const struct silt_result *const *results, size_t count, size_t unread)
{
	struct silt_report_options options = {.format = SILT_FORMAT_VERDICT, .unread = unread};
	struct silt_buffer out = {0};
	fake_report(results, count, SILT_SEVERITY_HIGH, &options, &out);
	return out;
}

static void assert_has(const struct silt_buffer *report, const char *text)
{
	if (!strstr(silt_buffer_text(report), text)) {
		fail_msg("no %s in\n%s", text, silt_buffer_text(report));
	}
}

static size_t lines_of(const struct silt_buffer *report)
{
	size_t lines = 0;
	for (size_t i = 0; i < report->len; i++) {
		lines += report->ptr[i] == '\n';
	}
	return lines;
}

static void a_clean_input_passes_in_a_few_words(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_clean;
	struct silt_buffer report = report_of(&result, 1, 0);
	assert_string_equal(silt_buffer_text(&report), "app.tar: PASS: no findings.\n");
	silt_buffer_done(&report);
}

static void the_line_leads_to_the_first_gap_and_the_worst_finding(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_dirty;
	struct silt_buffer report = report_of(&result, 1, 0);
	assert_int_equal(lines_of(&report), 1);
	assert_has(&report,
		   "shop.tar: INCOMPLETE: 2 gaps in what was looked at; 1 finding at or above high (1 critical)");
	assert_has(&report, " First gap: registry.example.com/team/shop:2024.05, layer 3: expected");
	assert_has(&report, " Worst: critical secret-file in /root/.ssh/id_rsa, in "
			    "registry.example.com/team/shop:debug: added by layer 2 of 2");
	silt_buffer_done(&report);
}

static void the_first_note_of_the_policy_is_in_the_line(void **state)
{
	(void)state;
	const struct silt_policy_note notes[] = {{"waiver 7 of policy.yaml has ended"}, {"another"}};
	const struct silt_judgement judgement = {
		.result = &fake_clean, .threshold = SILT_SEVERITY_HIGH, .notes = notes, .note_count = 2};
	const struct silt_judgement *const one = &judgement;
	const struct silt_report_options options = {.format = SILT_FORMAT_VERDICT};
	struct silt_buffer report = {0};
	nasty_report(&one, 1, &options, &report);
	assert_string_equal(silt_buffer_text(&report),
			    "app.tar: PASS: no findings. Note: waiver 7 of policy.yaml has ended (and 1 more).\n");
	silt_buffer_done(&report);
}

static void inputs_that_could_not_be_audited_are_a_line(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_clean;
	struct silt_buffer report = report_of(&result, 1, 2);
	assert_string_equal(silt_buffer_text(&report), "app.tar: PASS: no findings.\n"
						       "2 inputs: INCOMPLETE: could not be audited at all.\n");
	silt_buffer_done(&report);
}

static void hostile_names_add_no_line(void **state)
{
	(void)state;
	const struct silt_judgement *const both[] = {nasty_judgement(), nasty_accepted()};
	const struct silt_report_options options = {.format = SILT_FORMAT_VERDICT};
	struct silt_buffer report = {0};
	nasty_report(both, 2, &options, &report);
	assert_int_equal(lines_of(&report), 2);
	for (size_t i = 0; i < report.len; i++) {
		assert_true(report.ptr[i] == '\n' || report.ptr[i] >= ' ');
	}
	silt_buffer_done(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clean_input_passes_in_a_few_words),
		cmocka_unit_test(the_line_leads_to_the_first_gap_and_the_worst_finding),
		cmocka_unit_test(the_first_note_of_the_policy_is_in_the_line),
		cmocka_unit_test(inputs_that_could_not_be_audited_are_a_line),
		cmocka_unit_test(hostile_names_add_no_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
