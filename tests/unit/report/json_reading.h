/* Reports that are JSON, read back in tests. */
#ifndef SILT_TESTS_UNIT_REPORT_JSON_READING_H
#define SILT_TESTS_UNIT_REPORT_JSON_READING_H

#include "fake.h"

#include "base/json.h"

struct report {
	struct silt_buffer text;
	struct silt_json *json;
};

/* The report over `count` results. Each of these fails the test if something is not as it says. */
struct report report_with(const struct silt_result *const *results, size_t count, enum silt_severity threshold,
			  const struct silt_report_options *options);
/*
 * Over the dirty result, with its worst finding waived, the second one below the threshold, the third one rated high, and
 * a note of the policy.
 */
struct report report_of_waived(enum silt_format format);
/* What somebody else has written into report->text. */
void report_parse(struct report *report);
void report_done(struct report *report);

/* Follows a path of names and numbers: "bundles 0 findings 1 rule". */
const struct silt_json_value *at(const struct report *report, const char *path);
void assert_text(const struct report *report, const char *path, const char *want);
/* The text has these words in it. */
void assert_says(const struct report *report, const char *path, const char *words);
void assert_number(const struct report *report, const char *path, uint64_t want);
void assert_null_at(const struct report *report, const char *path);
void assert_count(const struct report *report, const char *path, size_t want);

#endif
