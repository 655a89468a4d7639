/*
 * The report for programs. docs/report.schema.json describes it; a test compares the two. What is in the structs of a
 * result is written by the tables of fields.h, by which report_read.c reads it back.
 */
#include "report/formats.h"

#include "report/document.h"
#include "report/fields.h"
#include "report/tally.h"
#include "silt/silt.h"

static void write_images(struct silt_json_writer *w, const struct silt_result *result)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	silt_fields_write_list(w, "images", &silt_fields_image, images, count, false);
}

/* A report that was read back from one without the list has their number alone. */
static void write_suppressed(struct silt_json_writer *w, const struct silt_result *result,
			     const struct silt_report_options *options)
{
	size_t count;
	const struct silt_finding *suppressed = silt_result_suppressed(result, &count);
	silt_json_write_unsigned(w, "suppressed_count", count);
	if (options->show_suppressed && suppressed) {
		silt_fields_write_list(w, "suppressed", &silt_fields_finding, suppressed, count, options->show_secrets);
	} else {
		silt_json_write_null(w, "suppressed");
	}
}

static void write_tally(struct silt_json_writer *w, const struct silt_tally *tally)
{
	silt_json_write_text(w, "verdict", silt_verdict_name(tally->verdict));
	silt_json_open_object(w, "counts");
	for (int severity = SILT_SEVERITIES - 1; severity >= 0; severity--) {
		silt_json_write_unsigned(w, silt_severity_name((enum silt_severity)severity),
					 tally->by_severity[severity]);
	}
	silt_json_close(w);
}

static void write_bundle(struct silt_json_writer *w, const struct silt_judgement *judgement,
			 const struct silt_report_options *options)
{
	const struct silt_result *result = judgement->result;
	struct silt_tally tally = {0};
	silt_tally_add(&tally, judgement);
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "name", silt_result_name(result));
	silt_json_write_text(w, "format", silt_result_format(result));
	write_tally(w, &tally);
	silt_json_write_text(w, "threshold", silt_severity_name(judgement->threshold));
	silt_json_write_unsigned(w, "counting", tally.counting);
	silt_fields_write_list(w, "notes", &silt_fields_note, judgement->notes, judgement->note_count, false);
	write_images(w, result);
	silt_fields_write_list(w, "findings", &silt_fields_finding, judgement->findings, judgement->finding_count,
			       options->show_secrets);
	write_suppressed(w, result, options);
	silt_fields_write(w, "coverage", &silt_fields_coverage, silt_result_coverage(result), false);
	silt_json_close(w);
}

static void write_summary(struct silt_json_writer *w, const struct silt_judgement *const *judgements, size_t count,
			  const struct silt_report_options *options)
{
	struct silt_tally tally = {0};
	for (size_t i = 0; i < count; i++) {
		silt_tally_add(&tally, judgements[i]);
	}
	silt_tally_add_unread(&tally, options->unread);
	silt_json_open_object(w, "summary");
	write_tally(w, &tally);
	silt_json_write_unsigned(w, "counting", tally.counting);
	silt_json_write_unsigned(w, "unread_inputs", tally.unread);
	silt_json_close(w);
}

static enum silt_status write_document(struct silt_json_writer *w, const struct silt_document *document,
				       struct silt_error *err)
{
	const struct silt_report_options *options = document->options;
	(void)err; /* what fails here fails the writer */
	silt_json_open_object(w, NULL);
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
	silt_json_open_array(w, "bundles");
	for (size_t i = 0; i < document->count; i++) {
		write_bundle(w, document->judgements[i], options);
	}
	silt_json_close(w);
	write_summary(w, document->judgements, document->count, options);
	silt_json_close(w);
	return SILT_OK;
}

enum silt_status silt_report_json(const struct silt_judgement *const *judgements, size_t count,
				  const struct silt_report_options *options, struct silt_sink sink,
				  struct silt_error *err)
{
	const struct silt_document document = {judgements, count, options};
	return silt_document_send(&document, write_document, sink, err);
}
