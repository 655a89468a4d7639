/* Labels and the conventions of their keys. */
#include "stage.h"

#include "base/attributes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define OCI "org.opencontainers.image."

/* As with --lint. */
static enum silt_status check(const struct silt_context *context, struct silt_findings *findings,
			      struct silt_error *err)
{
	static const struct silt_options options = {.lint = true};
	static struct silt_context asked;
	asked = *context;
	asked.options = &options;
	silt_findings_judge(findings, &asked);
	return silt_check_config(&asked, findings, err);
}

/* Audits an image with one label; `detail` is that of the one finding, NULL: there is none. */
static void assert_label(const char *key, const char *value, const char *detail)
{
	struct stage stage;
	char json[512];
	stage_begin(&stage);
	stage_layer(&stage, "");
	snprintf(json, sizeof(json), "{\"config\":{\"Labels\":{\"%s\":\"%s\"}}}", key, value);
	stage_document(&stage, "config.json", SILT_DOCUMENT_CONFIG, json, true);
	stage_run(&stage, check);
	const struct silt_finding *found = NULL;
	for (size_t i = 0; i < stage.found_count; i++) {
		found = strcmp(stage.found[i].rule, "config-label-invalid") == 0 ? &stage.found[i] : found;
	}
	if (detail && !found) {
		fail_msg("%s=%s: expected a finding", key, value);
	} else if (found && !detail) {
		fail_msg("%s=%s: %s", key, value, found->detail);
	} else if (found) {
		assert_string_equal(found->detail, detail);
	}
	stage_end(&stage);
}

static void good_labels_are_no_findings(void **state)
{
	static const struct {
		const char *key, *value;
	} labels[] = {
		{"maintainer", "anybody"},
		{"io.k8s.display-name", "x"},
		{OCI "url", "https://example.com"},
		{OCI "source", "git+ssh://git@example.com/x.git"},
		{OCI "documentation", "mailto:docs@example.com"},
		{OCI "created", "2026-01-05T21:51:51Z"},
		{OCI "created", "2026-01-05t21:51:51.123456789+01:00"},
		{OCI "licenses", "MIT"},
		{OCI "licenses", "GPL-2.0-or-later WITH Classpath-exception-2.0"},
		{OCI "licenses", "(MIT OR (Apache-2.0 AND LicenseRef-x))"},
		{OCI "revision", "0123abc"},
		{OCI "version", "0.0.0"},
		{OCI "version", "1.20.3-rc.1.x-y+build.007"},
		{"email", "a@b"},
		{"vendor.email", "Some Body <some.body@example.com>"},
	};
	(void)state;
	for (size_t i = 0; i < SILT_COUNT(labels); i++) {
		assert_label(labels[i].key, labels[i].value, NULL);
	}
}

static void keys_are_lower_case_words(void **state)
{
	static const char *const keys[] = {"Vendor", "a..b", "a.-b", ".a", "a-", "a_b", "a b", "\\u00e4"};
	(void)state;
	for (size_t i = 0; i < SILT_COUNT(keys); i++) {
		const char *key = i + 1 < SILT_COUNT(keys) ? keys[i] : "\303\244";
		char detail[64];
		snprintf(detail, sizeof(detail), "%s is not a key of lower-case words.", key);
		assert_label(keys[i], "x", detail);
	}
	assert_label("", "x", "a key is not a key of lower-case words.");
}

static void values_are_what_their_keys_say(void **state)
{
	static const struct {
		const char *key, *value, *trouble;
	} labels[] = {
		{"x", " ", "is empty"},
		{OCI "url", "example.com/x", "is not a URL"},
		{OCI "url", "https:", "is not a URL"},
		{OCI "source", "git@example.com:x.git", "is not a URL"},
		{OCI "documentation", "https://a b", "is not a URL"},
		{OCI "created", "2026-01-05", "is not a time of RFC 3339"},
		{OCI "created", "2026-01-05T21:51:51", "is not a time of RFC 3339"},
		{OCI "created", "2026-01-05T21:51:51.Z", "is not a time of RFC 3339"},
		{OCI "created", "2026-01-05T21:51:51Z ago", "is not a time of RFC 3339"},
		{OCI "created", "2026-02-29T21:51:51Z", "is not a time of RFC 3339"},
		{OCI "created", "2026-01-05T24:00:00Z", "is not a time of RFC 3339"},
		{OCI "licenses", "Apache 2.0", "is not an SPDX expression"},
		{OCI "licenses", "MIT, BSD", "is not an SPDX expression"},
		{OCI "licenses", "MIT OR", "is not an SPDX expression"},
		{OCI "licenses", "(MIT", "is not an SPDX expression"},
		{OCI "licenses", "MIT)", "is not an SPDX expression"},
		{OCI "licenses", "()", "is not an SPDX expression"},
		{OCI "licenses", "MIT (BSD-2-Clause)", "is not an SPDX expression"},
		{OCI "revision", "main", "is not the hash of a commit"},
		{OCI "revision", "0123ab", "is not the hash of a commit"},
		{OCI "version", "1.0", "is not a semantic version"},
		{OCI "version", "v1.0.0", "is not a semantic version"},
		{OCI "version", "1.0.0-", "is not a semantic version"},
		{OCI "version", "1.00.0", "is not a semantic version"},
		{OCI "version", "-1.0.0", "is not a semantic version"},
		{"vendor.email", "nobody", "is not a mail address"},
		{"email", "a@b@c", "is not a mail address"},
		{"email", "a@b, c@d", "is not a mail address"},
	};
	(void)state;
	for (size_t i = 0; i < SILT_COUNT(labels); i++) {
		char detail[128];
		snprintf(detail, sizeof(detail), "%s %s.", labels[i].key, labels[i].trouble);
		assert_label(labels[i].key, labels[i].value, detail);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_labels_are_no_findings),
		cmocka_unit_test(keys_are_lower_case_words),
		cmocka_unit_test(values_are_what_their_keys_say),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
