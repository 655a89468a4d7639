/*
 * The report for programs. docs/report.schema.json describes it; a test compares the two. What is in the structs of a
 * result is written by the tables of fields.h, by which report_read.c reads it back.
 */
#include "report/formats.h"

#include "report/document.h"
#include "report/fields.h"
#include "report/json_parts.h"

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

static void write_bundle(struct silt_json_writer *w, const struct silt_judgement *judgement,
			 const struct silt_report_options *options)
{
	const struct silt_result *result = judgement->result;
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "name", silt_result_name(result));
	silt_json_judgement(w, judgement);
	silt_fields_write_list(w, "notes", &silt_fields_note, judgement->notes, judgement->note_count, false);
	write_images(w, result);
	silt_fields_write_list(w, "findings", &silt_fields_finding, judgement->findings, judgement->finding_count,
			       options->show_secrets);
	write_suppressed(w, result, options);
	silt_fields_write(w, "coverage", &silt_fields_coverage, silt_result_coverage(result), false);
	silt_json_close(w);
}

static enum silt_status write_document(struct silt_json_writer *w, const struct silt_document *document,
				       struct silt_error *err)
{
	const struct silt_report_options *options = document->options;
	(void)err; /* what fails here fails the writer */
	silt_json_open_object(w, NULL);
	silt_json_header(w, options);
	silt_json_open_array(w, "bundles");
	for (size_t i = 0; i < document->count; i++) {
		write_bundle(w, document->judgements[i], options);
	}
	silt_json_close(w);
	silt_json_open_object(w, "summary");
	silt_json_summary(w, document->judgements, document->count, options->unread);
	silt_json_close(w);
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
