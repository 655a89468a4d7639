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
	silt_report_fn *write;
} formats[] = {
	[SILT_FORMAT_TEXT] = {"text", silt_report_text},
	[SILT_FORMAT_TABLE] = {"table", silt_report_table},
	[SILT_FORMAT_VERDICT] = {"verdict", silt_report_verdict},
	[SILT_FORMAT_JSON] = {"json", silt_report_json},
	[SILT_FORMAT_JSONL] = {"jsonl", silt_report_jsonl},
	[SILT_FORMAT_SARIF] = {"sarif", silt_report_sarif},
	[SILT_FORMAT_JUNIT] = {"junit", silt_report_junit},
	[SILT_FORMAT_GITLAB] = {"gitlab", silt_report_gitlab},
	[SILT_FORMAT_CODEQUALITY] = {"codequality", silt_report_codequality},
	[SILT_FORMAT_GITHUB] = {"github", silt_report_github},
	[SILT_FORMAT_MARKDOWN] = {"markdown", silt_report_markdown},
	[SILT_FORMAT_CSV] = {"csv", silt_report_csv},
	[SILT_FORMAT_HTML] = {"html", silt_report_html},
	[SILT_FORMAT_BASELINE] = {"baseline", write_baseline},
};

const char *silt_format_name(enum silt_format format)
{
	return (size_t)format < SILT_COUNT(formats) ? formats[format].name : NULL;
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
