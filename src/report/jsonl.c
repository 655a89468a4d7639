/*
 * The report for programs, a line for each thing: what docs/report.schema.json says of it, with its kind and the name of
 * its bundle in front. docs/report.md has the kinds. Written line by line: no more than one is in memory.
 */
#include "report/formats.h"

#include "report/fields.h"
#include "report/json_parts.h"
#include "report/outlet.h"

/* A line being built: an object. */
struct line {
	struct silt_json_writer *writer; /* owns; NULL if memory ran out */
	struct silt_outlet *outlet;
};

/* `judgement` NULL: the line is about all of them. */
static struct line open_line(struct silt_outlet *outlet, const char *kind, const struct silt_judgement *judgement)
{
	struct line line = {.outlet = outlet};
	outlet->status = silt_json_writer_new(&line.writer, outlet->err);
	if (outlet->status == SILT_OK) {
		silt_json_open_object(line.writer, NULL);
		silt_json_write_text(line.writer, "kind", kind);
	}
	if (outlet->status == SILT_OK && judgement) {
		silt_json_write_text(line.writer, "bundle", silt_result_name(judgement->result));
	}
	return line;
}

static void close_line(struct line *line)
{
	struct silt_outlet *outlet = line->outlet;
	silt_json_close(line->writer);
	outlet->status = silt_json_writer_end_line(line->writer, &outlet->out, outlet->err);
	silt_json_writer_free(line->writer);
	(void)silt_outlet_flush(outlet);
}

/* What a kind of lines is made of. */
struct kind {
	const char *name;
	const struct silt_fields *of;
	const char *without; /* a list that has lines of its own; NULL: none */
};

/* A line for each of `count` structs in a row. */
static void write_lines(struct silt_outlet *outlet, const struct kind *kind, const struct silt_judgement *judgement,
			const void *objects, size_t count, bool show_secrets)
{
	for (size_t i = 0; i < count && outlet->status == SILT_OK; i++) {
		struct line line = open_line(outlet, kind->name, judgement);
		if (outlet->status == SILT_OK) {
			silt_fields_write_members(line.writer, kind->of, (const char *)objects + i * kind->of->size,
						  show_secrets, kind->without);
			close_line(&line);
		}
	}
}

static void write_header(struct silt_outlet *outlet, const struct silt_report_options *options)
{
	struct line line = open_line(outlet, "report", NULL);
	if (outlet->status == SILT_OK) {
		silt_json_header(line.writer, options);
		close_line(&line);
	}
}

static void write_bundle(struct silt_outlet *outlet, const struct silt_judgement *judgement, size_t suppressed)
{
	struct line line = open_line(outlet, "bundle", judgement);
	if (outlet->status == SILT_OK) {
		silt_json_judgement(line.writer, judgement);
		silt_json_write_unsigned(line.writer, "suppressed_count", suppressed);
		close_line(&line);
	}
}

static void write_summary(struct silt_outlet *outlet, const struct silt_judgement *const *judgements, size_t count,
			  size_t unread)
{
	struct line line = open_line(outlet, "summary", NULL);
	if (outlet->status == SILT_OK) {
		silt_json_summary(line.writer, judgements, count, unread);
		close_line(&line);
	}
}

static void write_judgement(struct silt_outlet *outlet, const struct silt_judgement *judgement,
			    const struct silt_report_options *options)
{
	static const struct kind image = {"image", &silt_fields_image, NULL};
	static const struct kind note = {"note", &silt_fields_note, NULL};
	static const struct kind coverage = {"coverage", &silt_fields_coverage, "gaps"};
	static const struct kind gap = {"gap", &silt_fields_gap, NULL};
	static const struct kind finding = {"finding", &silt_fields_finding, NULL};
	static const struct kind hidden = {"suppressed", &silt_fields_finding, NULL};
	const struct silt_coverage *covered = silt_result_coverage(judgement->result);
	size_t image_count, suppressed_count;
	const struct silt_image *images = silt_result_images(judgement->result, &image_count);
	const struct silt_finding *suppressed = silt_result_suppressed(judgement->result, &suppressed_count);
	bool lists = options->show_suppressed && suppressed;
	bool secrets = options->show_secrets;
	write_bundle(outlet, judgement, suppressed_count); /* what follows does nothing after a failure */
	write_lines(outlet, &note, judgement, judgement->notes, judgement->note_count, false);
	write_lines(outlet, &image, judgement, images, image_count, false);
	write_lines(outlet, &coverage, judgement, covered, 1, false);
	write_lines(outlet, &gap, judgement, covered->gaps, covered->gap_count, false);
	write_lines(outlet, &finding, judgement, judgement->findings, judgement->finding_count, secrets);
	write_lines(outlet, &hidden, judgement, suppressed, lists ? suppressed_count : 0, secrets);
}

enum silt_status silt_report_jsonl(const struct silt_judgement *const *judgements, size_t count,
				   const struct silt_report_options *options, struct silt_sink sink,
				   struct silt_error *err)
{
	struct silt_outlet outlet = silt_outlet(sink, err);
	write_header(&outlet, options);
	for (size_t i = 0; i < count && outlet.status == SILT_OK; i++) {
		write_judgement(&outlet, judgements[i], options);
	}
	if (outlet.status == SILT_OK) {
		write_summary(&outlet, judgements, count, options->unread);
	}
	return silt_outlet_end(&outlet);
}
