/* One row for each format. */
#include "silt/report.h"

#include "base/attributes.h"
#include "base/error.h"
#include "report/formats.h"
#include "silt/baseline.h"

#include <string.h>

static enum silt_status write_baseline(const struct silt_judgement *const *judgements, size_t count,
				       const struct silt_report_options *options, struct silt_sink sink,
				       struct silt_error *err)
{
	return silt_baseline_write(judgements, count, options->now, sink, err);
}

static const struct {
	const char *name;
	const char *about;
	silt_report_fn *write;
} formats[] = {
	[SILT_FORMAT_TEXT] = {"text", "for people: all that was found, with reasons and remedies", silt_report_text},
	[SILT_FORMAT_TABLE] = {"table", "for people: one line for each finding", silt_report_table},
	[SILT_FORMAT_VERDICT] = {"verdict", "for a gate: one line with the verdict", silt_report_verdict},
	[SILT_FORMAT_JSON] = {"json", "for programs: all that text has and more", silt_report_json},
	[SILT_FORMAT_JSONL] = {"jsonl", "for programs: JSON with one record to a line", silt_report_jsonl},
	[SILT_FORMAT_SARIF] = {"sarif", "for code scanning, as of GitHub: SARIF 2.1.0", silt_report_sarif},
	[SILT_FORMAT_JUNIT] = {"junit", "for CI servers that show tests: JUnit XML", silt_report_junit},
	[SILT_FORMAT_GITLAB] = {"gitlab", "for GitLab: a container scanning report", silt_report_gitlab},
	[SILT_FORMAT_CODEQUALITY] = {"codequality", "for merge requests of GitLab: Code Quality",
				     silt_report_codequality},
	[SILT_FORMAT_GITHUB] = {"github", "for the log of GitHub Actions: annotations", silt_report_github},
	[SILT_FORMAT_MARKDOWN] = {"markdown", "for the comments of a pull request", silt_report_markdown},
	[SILT_FORMAT_CSV] = {"csv", "for spreadsheets: one row for each place", silt_report_csv},
	[SILT_FORMAT_HTML] = {"html", "for a browser: one page, with the layers as a timeline", silt_report_html},
	[SILT_FORMAT_BASELINE] = {"baseline", "what silt scan --baseline reads: the findings of today", write_baseline},
};

const char *silt_format_name(enum silt_format format)
{
	return (size_t)format < SILT_COUNT(formats) ? formats[format].name : NULL;
}

const char *silt_format_about(enum silt_format format)
{
	return (size_t)format < SILT_COUNT(formats) ? formats[format].about : NULL;
}

bool silt_format_parse(const char *name, enum silt_format *out)
{
	for (size_t i = 0; i < SILT_COUNT(formats); i++) {
		if (strcmp(name, formats[i].name) == 0) {
			*out = (enum silt_format)i;
			return true;
		}
	}
	return false;
}

enum silt_status silt_report_write(const struct silt_judgement *const *judgements, size_t count,
				   const struct silt_report_options *options, struct silt_sink sink,
				   struct silt_error *err)
{
	size_t format = (size_t)options->format;
	if (format >= SILT_COUNT(formats)) {
		return silt_fail(err, SILT_ERR_USAGE, "no report format has the number %zu", format);
	}
	return formats[format].write(judgements, count, options, sink, err);
}
