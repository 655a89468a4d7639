/* One row for each format. */
#include "silt/report.h"

#include "base/attributes.h"
#include "base/error.h"
#include "report/formats.h"

#include <string.h>

static const struct {
	const char *name;
	silt_report_fn *write;
} formats[] = {
	[SILT_FORMAT_TEXT] = {"text", silt_report_text},
	[SILT_FORMAT_JSON] = {"json", silt_report_json},
	[SILT_FORMAT_HTML] = {"html", silt_report_html},
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
