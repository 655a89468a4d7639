/* A JSON report that is read back. */
#include "fake.h"

#include "base/attributes.h"
#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>

static const struct silt_result *const all[] = {&fake_clean, &fake_dirty, &fake_hostile, &fake_vendored};
static const struct silt_sandbox sandbox = {.enabled = true, .not_dumpable = true, .landlock_abi = 7};

static bool collect(void *ctx, const void *bytes, size_t size)
{
	struct silt_buffer *out = ctx;
	silt_buffer_add(out, silt_bytes(bytes, size));
	return !out->failed;
}

static struct silt_report *read_back(struct silt_bytes text)
{
	struct silt_report *report = NULL;
	struct silt_error err = {0};
	if (silt_report_read(text.ptr, text.len, &report, &err) != SILT_OK) {
		fail_msg("%s", err.text);
	}
	return report;
}

static struct silt_buffer write_again(const struct silt_report *report, struct silt_report_options options)
{
	struct silt_buffer out = {0};
	struct silt_error err = {0};
	options.sandbox = report->sandbox;
	options.unread = report->unread;
	if (silt_report_write(report->judgements, report->count, &options, (struct silt_sink){collect, &out}, &err) !=
	    SILT_OK) {
		fail_msg("%s", err.text);
	}
	return out;
}

static struct silt_buffer write_directly(enum silt_format format, struct silt_report_options options)
{
	struct silt_buffer out = {0};
	options.format = format;
	options.sandbox = &sandbox;
	options.unread = 2;
	fake_report(all, SILT_COUNT(all), SILT_SEVERITY_MEDIUM, &options, &out);
	return out;
}

static struct silt_buffer json_of(struct silt_report_options options)
{
	return write_directly(SILT_FORMAT_JSON, options);
}

static void assert_same(const struct silt_report *report, enum silt_format format, struct silt_report_options options)
{
	struct silt_buffer direct = write_directly(format, options);
	options.format = format;
	struct silt_buffer again = write_again(report, options);
	if (!silt_bytes_equal(silt_buffer_bytes(&direct), silt_buffer_bytes(&again))) {
		fail_msg("%s differs: %s\n%s", silt_format_name(format), silt_buffer_text(&direct),
			 silt_buffer_text(&again));
	}
	silt_buffer_done(&direct);
	silt_buffer_done(&again);
}

/* Every format gives the same by way of JSON as directly. */
static void the_detour_changes_nothing(void **state)
{
	(void)state;
	for (int show = 0; show < 2; show++) {
		const struct silt_report_options options = {.show_secrets = show, .show_suppressed = true, .width = 90};
		struct silt_buffer json = json_of(options);
		struct silt_report *report = read_back(silt_buffer_bytes(&json));
		for (int format = 0; silt_format_name((enum silt_format)format); format++) {
			assert_same(report, (enum silt_format)format, options);
		}
		silt_report_free(report);
		silt_buffer_done(&json);
	}
}

static void what_is_suppressed_keeps_its_number_without_its_list(void **state)
{
	(void)state;
	struct silt_buffer json = json_of((struct silt_report_options){0});
	struct silt_report *report = read_back(silt_buffer_bytes(&json));
	size_t count = 0;
	assert_null(silt_result_suppressed(report->judgements[3]->result, &count));
	assert_int_equal(count, 1);
	struct silt_buffer again =
		write_again(report, (struct silt_report_options){.format = SILT_FORMAT_JSON, .show_suppressed = true});
	assert_true(silt_bytes_equal(silt_buffer_bytes(&json), silt_buffer_bytes(&again)));
	silt_buffer_done(&again);
	struct silt_buffer text = write_again(report, (struct silt_report_options){.show_suppressed = true});
	assert_non_null(strstr(silt_buffer_text(&text), "1 secret only in unmodified files of packages, not counted "
							"(--show-suppressed lists them)"));
	silt_buffer_done(&text);
	silt_report_free(report);
	silt_buffer_done(&json);
}

/* The report with `from` replaced, once, by `to` must be refused with a sentence that has `want`. */
static void assert_refused(const char *from, const char *to, const char *want)
{
	struct silt_buffer json = json_of((struct silt_report_options){.show_suppressed = true}), changed = {0};
	const char *text = silt_buffer_text(&json), *at = strstr(text, from);
	if (!at) {
		fail_msg("not there: %s", from);
		return;
	}
	silt_buffer_add(&changed, silt_bytes(text, (size_t)(at - text)));
	silt_buffer_add_text(&changed, to);
	silt_buffer_add_text(&changed, at + strlen(from));
	struct silt_report *report = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_report_read(changed.ptr, changed.len, &report, &err), SILT_ERR_INPUT);
	if (!strstr(err.text, want)) {
		fail_msg("'%s' does not say '%s'", err.text, want);
	}
	silt_buffer_done(&changed);
	silt_buffer_done(&json);
}

static void what_silt_would_not_write_is_refused(void **state)
{
	(void)state;
	assert_refused("report-1.schema", "report-9.schema", "expected a report that silt wrote");
	assert_refused("\"version\": 1,", "\"version\": 2,", "version: expected 1");
	assert_refused("\"bundles\": [", "\"bundlse\": [", "bundles: expected a list");
	assert_refused("\"format\": \"docker+oci\"", "\"format\": 7", "bundles[0].format: expected a text");
	assert_refused("\"format\": \"docker+oci\"", "\"format\": \"a\\u0000b\"", "expected printable text");
	assert_refused("\"format\": \"docker+oci\"", "\"format\": \"\\u001b[31m\"", "expected printable text");
	assert_refused("\"format\": \"docker+oci\"", "\"format\": \"\\u202e\"", "expected printable text");
	assert_refused("\"severity\": \"critical\"", "\"severity\": \"awful\"",
		       "bundles[1].findings[0].severity: expected a name that is known");
	assert_refused("\"severity\": \"critical\"", "\"severity\": \"unknown\"", "expected a name that is known");
	assert_refused("\"fate\": \"deleted\"", "\"fate\": null", "fate: expected a name");
	assert_refused("\"layer\": 1,", "\"layer\": 17,", "expected numbers of images and layers that are there");
	assert_refused("\"cause_layer\": 3", "\"cause_layer\": 99", "sightings[0].image, layer, cause_layer");
	assert_refused("\"length\": ", "\"lenght\": ", "length: expected to be there");
	assert_refused("\"history_attributed\": true", "\"history_attributed\": 1", "expected true or false");
	assert_refused("\"fingerprint\": \"0", "\"fingerprint\": \"G", "fingerprint: expected 32 hex digits");
	assert_refused("\"mode\": \"0", "\"mode\": \"9", "mode: expected four octal digits");
	assert_refused("\"path_base64\": \"", "\"path_base64\": \"*", "path_base64: expected base64");
	assert_refused("\"bundles\": [", "\"bundles\": [], \"others\": [", "bundles: expected one at least");
	assert_refused("\"complete\": true", "\"complete\": false", "bundles[0].coverage.complete: expected true");
	assert_refused("\"complete\": false", "\"complete\": true", "coverage.complete: expected false");
	assert_refused("\"severity\": \"critical\"", "\"severity\": \"info\"",
		       "bundles[1].findings[1].severity: expected none that is worse than the one before");
	assert_refused("\"suppressed_count\": 1", "\"suppressed_count\": 2", "expected as many as suppressed_count");
	assert_refused("\"threshold\": \"medium\"", "\"threshold\": \"most\"", "threshold: expected a severity");
	assert_refused("\"unread_inputs\": 2", "\"unread_inputs\": -2", "unread_inputs: expected a whole number");
	assert_refused("\"landlock_abi\": 7", "\"landlock_abi\": 4294967296", "sandbox.landlock_abi");
	assert_refused("sha256:0dd0", "sha256:0dg0", "bundles[3].digest: expected \"sha256:\"");
	assert_refused("sha256:0dd0", "sha255:0dd0", "bundles[3].digest: expected \"sha256:\"");
	assert_refused("sha256:0dd0", "sha256:0dd", "bundles[3].digest: expected \"sha256:\"");
	assert_refused("\"images\": [", "\"images\": [3,", "bundles[0].images[0]");
}

static void a_report_cannot_claim_a_better_verdict(void **state)
{
	(void)state;
	struct silt_buffer json = json_of((struct silt_report_options){0});
	char *text = (char *)json.ptr;
	for (char *at = strstr(text, "\"verdict\": \"fail\""); at; at = strstr(at, "\"verdict\": \"fail\"")) {
		memcpy(at, "\"verdict\": \"pass\"", strlen("\"verdict\": \"pass\""));
	}
	struct silt_report *report = read_back(silt_buffer_bytes(&json));
	assert_int_equal(report->judgements[0]->verdict, SILT_VERDICT_PASS);
	assert_int_equal(report->judgements[1]->verdict, SILT_VERDICT_INCOMPLETE);
	assert_int_equal(report->judgements[2]->verdict, SILT_VERDICT_FAIL);
	silt_report_free(report);
	silt_buffer_done(&json);
}

static void no_prefix_of_a_report_is_one(void **state)
{
	(void)state;
	struct silt_buffer json = json_of((struct silt_report_options){0});
	for (size_t len = 0; len + 2 < json.len; len += 1 + len / 50) {
		struct silt_report *report = NULL;
		struct silt_error err = {0};
		assert_int_equal(silt_report_read(json.ptr, len, &report, &err), SILT_ERR_INPUT);
		assert_true(strlen(err.text) > 10);
	}
	silt_buffer_done(&json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_detour_changes_nothing),
		cmocka_unit_test(what_is_suppressed_keeps_its_number_without_its_list),
		cmocka_unit_test(what_silt_would_not_write_is_refused),
		cmocka_unit_test(a_report_cannot_claim_a_better_verdict),
		cmocka_unit_test(no_prefix_of_a_report_is_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
