/* Reading JSON reports back. */
#include "json_reading.h"

#include <stdlib.h>
#include <string.h>

struct report report_with(const struct silt_result *const *results, size_t count, enum silt_severity threshold,
			  const struct silt_report_options *options)
{
	struct report report = {0};
	fake_report(results, count, threshold, options, &report.text);
	report_parse(&report);
	return report;
}

static bool add_to_buffer(void *ctx, const void *bytes, size_t size)
{
	silt_buffer_add(ctx, silt_bytes(bytes, size));
	return true;
}

struct report report_of_waived(enum silt_format format)
{
	struct silt_finding findings[5];
	const struct silt_policy_note note = {"Waiver 3 of policy.yaml is not needed any more"};
	struct silt_judgement judgement = {.result = &fake_dirty, .findings = findings, .finding_count = 5};
	const struct silt_judgement *judgements = &judgement;
	struct silt_report_options options = {.format = format};
	struct report report = {0};
	struct silt_sink sink = {add_to_buffer, &report.text};
	memcpy(findings, fake_dirty.findings, sizeof(findings));
	findings[0].standing = SILT_STANDING_WAIVED;
	findings[0].standing_why = "waiver 2 of policy.yaml: rotated in May";
	findings[1].standing = SILT_STANDING_BELOW;
	findings[2].severity = SILT_SEVERITY_HIGH;
	judgement.notes = &note;
	judgement.note_count = 1;
	assert_int_equal(silt_report_write(&judgements, 1, &options, sink, NULL), SILT_OK);
	report_parse(&report);
	return report;
}

void report_parse(struct report *report)
{
	struct silt_error err = {0};
	if (silt_json_parse(silt_buffer_bytes(&report->text), &report->json, &err) != SILT_OK) {
		fail_msg("%s", err.text);
	}
}

void report_done(struct report *report)
{
	silt_buffer_done(&report->text);
	silt_json_free(report->json);
}

const struct silt_json_value *at(const struct report *report, const char *path)
{
	const struct silt_json_value *value = silt_json_root(report->json);
	struct silt_bytes rest = silt_bytes_text(path), word;
	while (silt_bytes_cut(&rest, ' ', &word)) {
		char name[64] = "";
		memcpy(name, word.ptr, word.len);
		value = word.ptr[0] <= '9' ? silt_json_at(value, strtoul(name, NULL, 10)) : silt_json_get(value, name);
		if (!value) {
			fail_msg("%s: no %s", path, name);
		}
	}
	return value;
}

void assert_text(const struct report *report, const char *path, const char *want)
{
	struct silt_bytes got = silt_json_string(at(report, path));
	if (!silt_bytes_are(got, want)) {
		fail_msg("%s: %.*s", path, (int)got.len, (const char *)got.ptr);
	}
}

void assert_says(const struct report *report, const char *path, const char *words)
{
	struct silt_bytes got = silt_json_string(at(report, path));
	if (silt_bytes_find(got, silt_bytes_text(words)) == SIZE_MAX) {
		fail_msg("%s: %.*s", path, (int)got.len, (const char *)got.ptr);
	}
}

void assert_number(const struct report *report, const char *path, uint64_t want)
{
	uint64_t got;
	assert_true(silt_json_unsigned(at(report, path), &got));
	assert_int_equal(got, want);
}

void assert_null_at(const struct report *report, const char *path)
{
	assert_int_equal(silt_json_type(at(report, path)), SILT_JSON_NULL);
}

void assert_count(const struct report *report, const char *path, size_t want)
{
	assert_int_equal(silt_json_count(at(report, path)), want);
}
