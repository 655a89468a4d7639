/* What both formats of JSON say in the same words. */
#include "report/json_parts.h"

#include "report/fields.h"
#include "report/formats.h"
#include "silt/silt.h"

void silt_json_header(struct silt_json_writer *w, const struct silt_report_options *options)
{
	silt_json_write_text(w, "schema", SILT_REPORT_SCHEMA);
	silt_json_write_unsigned(w, "version", SILT_REPORT_VERSION);
	silt_json_open_object(w, "tool");
	silt_json_write_text(w, "name", "silt");
	silt_json_write_text(w, "version", silt_version());
	silt_json_close(w);
	if (options->sandbox) {
		silt_fields_write(w, "sandbox", &silt_fields_sandbox, options->sandbox, false);
	} else {
		silt_json_write_null(w, "sandbox");
	}
}

void silt_json_tally(struct silt_json_writer *w, const struct silt_tally *tally)
{
	silt_json_write_text(w, "verdict", silt_verdict_name(tally->verdict));
	silt_json_open_object(w, "counts");
	for (int severity = SILT_SEVERITIES - 1; severity >= 0; severity--) {
		silt_json_write_unsigned(w, silt_severity_name((enum silt_severity)severity),
					 tally->by_severity[severity]);
	}
	silt_json_close(w);
}

void silt_json_judgement(struct silt_json_writer *w, const struct silt_judgement *judgement)
{
	struct silt_tally tally = {0};
	silt_tally_add(&tally, judgement);
	silt_json_write_text(w, "format", silt_result_format(judgement->result));
	if (silt_result_digest(judgement->result)[0]) {
		silt_json_write_text(w, "digest", silt_result_digest(judgement->result));
	} else {
		silt_json_write_null(w, "digest");
	}
	silt_json_tally(w, &tally);
	silt_json_write_text(w, "threshold", silt_severity_name(judgement->threshold));
	silt_json_write_unsigned(w, "counting", tally.counting);
}

void silt_json_summary(struct silt_json_writer *w, const struct silt_judgement *const *judgements, size_t count,
		       size_t unread)
{
	struct silt_tally tally = {0};
	for (size_t i = 0; i < count; i++) {
		silt_tally_add(&tally, judgements[i]);
	}
	silt_tally_add_unread(&tally, unread);
	silt_json_tally(w, &tally);
	silt_json_write_unsigned(w, "counting", tally.counting);
	silt_json_write_unsigned(w, "unread_inputs", tally.unread);
}
