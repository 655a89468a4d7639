/*
 * The container scanning report of GitLab, in version 15.0.7 of its schema: one for all bundles.
 *
 * GitLab tells vulnerabilities apart by image, package and first identifier. The package is the place where a finding was
 * seen, the first identifier has its fingerprint. Excused findings are messages: what is listed counts there.
 */
#include "report/formats.h"

#include "base/error.h"
#include "report/document.h"
#include "report/gitlab.h"
#include "silt/silt.h"

enum { MESSAGES_MAX = 1000 };

void silt_gitlab_put(struct silt_gitlab *report, const char *key, struct silt_buffer *text)
{
	report->failed |= text->failed;
	silt_json_write_text(report->w, key, silt_buffer_text(text));
	silt_buffer_done(text);
}

/* ---- The scan ---------------------------------------------------------------------------------------------------- */

static void write_tool(struct silt_json_writer *w, const char *key)
{
	silt_json_open_object(w, key);
	silt_json_write_text(w, "id", "silt");
	silt_json_write_text(w, "name", "silt");
	silt_json_write_text(w, "version", silt_version());
	silt_json_open_object(w, "vendor");
	silt_json_write_text(w, "name", "silt");
	silt_json_close(w);
	silt_json_close(w);
}

static void write_message(struct silt_gitlab *report, const char *level, struct silt_prose *prose)
{
	if (report->messages++ >= MESSAGES_MAX) {
		silt_buffer_done(&prose->out);
		return;
	}
	silt_prose_stop(prose);
	silt_json_open_object(report->w, NULL);
	silt_json_write_text(report->w, "level", level);
	silt_gitlab_put(report, "value", &prose->out);
	silt_json_close(report->w);
}

static void write_gaps(struct silt_gitlab *report, const struct silt_result *result)
{
	const struct silt_coverage *coverage = silt_result_coverage(result);
	for (size_t i = 0; i < coverage->gap_count; i++) {
		struct silt_prose prose = {0};
		silt_prose_words(&prose, "Not looked at: ");
		silt_prose_text(&prose, silt_result_name(result));
		silt_prose_words(&prose, ", ");
		silt_prose_text(&prose, coverage->gaps[i].place);
		silt_prose_words(&prose, ": ");
		silt_prose_text(&prose, coverage->gaps[i].reason);
		write_message(report, "warn", &prose);
	}
}

static void write_excused(struct silt_gitlab *report, const struct silt_finding *finding)
{
	struct silt_prose prose = {0};
	silt_prose_words(&prose, "Accepted: ");
	silt_prose_text(&prose, finding->title);
	silt_prose_words(&prose, ": ");
	silt_prose_name(&prose, finding->subject, SILT_GITLAB_SUBJECT_COLUMNS);
	silt_prose_words(&prose, ", ");
	silt_prose_words(&prose, silt_standing_name(finding->standing));
	if (finding->standing_why[0]) {
		silt_prose_words(&prose, ": ");
		silt_prose_text(&prose, finding->standing_why);
	}
	write_message(report, "info", &prose);
}

/* Their number: which they are is for reports that people read. */
static void write_suppressed(struct silt_gitlab *report, const struct silt_result *result)
{
	struct silt_prose prose = {0};
	size_t count;
	(void)silt_result_suppressed(result, &count);
	if (count > 0) {
		silt_buffer_printf(&prose.out, "Secrets in unmodified content of packages, which are no findings: %zu",
				   count);
		write_message(report, "info", &prose);
	}
}

static void write_notes(struct silt_gitlab *report, const struct silt_judgement *judgement)
{
	write_suppressed(report, judgement->result);
	for (size_t i = 0; i < judgement->note_count; i++) {
		struct silt_prose prose = {0};
		silt_prose_text(&prose, judgement->notes[i].text);
		write_message(report, "info", &prose);
	}
	for (size_t i = 0; i < judgement->finding_count; i++) {
		if (silt_is_excused(&judgement->findings[i])) {
			write_excused(report, &judgement->findings[i]);
		}
	}
}

/* How many messages there was no room for. */
static void write_rest(struct silt_gitlab *report)
{
	struct silt_prose prose = {0};
	if (report->messages > MESSAGES_MAX) {
		silt_buffer_printf(&prose.out, "Messages that are left out: %zu", report->messages - MESSAGES_MAX);
		report->messages = 0;
		write_message(report, "warn", &prose);
	}
}

/* First what was not looked at: of too many messages those are left that weigh more. */
static void write_messages(struct silt_gitlab *report, const struct silt_document *document)
{
	struct silt_prose prose = {0};
	silt_json_open_array(report->w, "messages");
	if (document->options->unread > 0) {
		silt_buffer_printf(&prose.out, "Inputs that could not be audited at all: %zu",
				   document->options->unread);
		write_message(report, "warn", &prose);
	}
	for (size_t i = 0; i < document->count; i++) {
		write_gaps(report, document->judgements[i]->result);
	}
	for (size_t i = 0; i < document->count; i++) {
		write_notes(report, document->judgements[i]);
	}
	write_rest(report);
	silt_json_close(report->w);
}

static bool is_whole(const struct silt_document *document)
{
	bool whole = document->options->unread == 0;
	for (size_t i = 0; i < document->count; i++) {
		whole &= document->judgements[i]->verdict != SILT_VERDICT_INCOMPLETE &&
			 silt_result_coverage(document->judgements[i]->result)->complete;
	}
	return whole;
}

/* The schema wants times. A report has none, so that the same input gives the same bytes: it is always the first day. */
#define NO_TIME "1970-01-01T00:00:00"

static void write_scan(struct silt_gitlab *report, const struct silt_document *document)
{
	silt_json_open_object(report->w, "scan");
	write_tool(report->w, "analyzer");
	write_tool(report->w, "scanner");
	silt_json_write_text(report->w, "type", "container_scanning");
	silt_json_write_text(report->w, "start_time", NO_TIME);
	silt_json_write_text(report->w, "end_time", NO_TIME);
	silt_json_write_text(report->w, "status", is_whole(document) ? "success" : "failure");
	write_messages(report, document);
	silt_json_close(report->w);
}

/* ---- The report -------------------------------------------------------------------------------------------------- */

static enum silt_status write_report(struct silt_json_writer *w, const struct silt_document *document,
				     struct silt_error *err)
{
	struct silt_gitlab report = {.w = w};
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "version", "15.0.7");
	write_scan(&report, document);
	silt_json_open_array(w, "vulnerabilities");
	for (size_t i = 0; i < document->count; i++) {
		const struct silt_judgement *judgement = document->judgements[i];
		for (size_t k = 0; k < judgement->finding_count; k++) {
			if (!silt_is_excused(&judgement->findings[k])) {
				silt_gitlab_vulnerability(&report, judgement->result, &judgement->findings[k], i);
			}
		}
	}
	silt_json_close(w);
	silt_json_close(w);
	return report.failed ? silt_fail_memory(err) : SILT_OK;
}

enum silt_status silt_report_gitlab(const struct silt_judgement *const *judgements, size_t count,
				    const struct silt_report_options *options, struct silt_sink sink,
				    struct silt_error *err)
{
	const struct silt_document document = {judgements, count, options};
	return silt_document_send(&document, write_report, sink, err);
}
