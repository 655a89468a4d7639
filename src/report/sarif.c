/* The SARIF log: runs, invocations, and what was cut off. */
#include "report/sarif.h"

#include "base/error.h"
#include "report/document.h"
#include "report/formats.h"
#include "report/place.h"

#include <inttypes.h>
#include <string.h>

/* ---- Words for all parts ----------------------------------------------------------------------------------------- */

void silt_sarif_put(struct silt_sarif_run *run, struct silt_json_writer *w, const char *key, struct silt_buffer *text)
{
	run->failed |= text->failed;
	silt_json_write_text(w, key, silt_buffer_text(text));
	silt_buffer_done(text);
}

void silt_sarif_message(struct silt_json_writer *w, const char *key, const char *text)
{
	silt_json_open_object(w, key);
	silt_json_write_text(w, "text", text);
	silt_json_close(w);
}

const struct silt_finding *silt_sarif_finding(const struct silt_sarif_run *run, size_t index)
{
	size_t count = run->judgement->finding_count;
	return index < count ? &run->judgement->findings[index] : &run->suppressed[index - count];
}

struct silt_sarif_places silt_sarif_places(const struct silt_sarif_run *run, const struct silt_finding *finding)
{
	size_t count = finding->sighting_count;
	return (struct silt_sarif_places){
		.finding = finding,
		.first = silt_place_worst(finding),
		.count = count < run->places_max ? count : run->places_max,
	};
}

const struct silt_sighting *silt_sarif_place(const struct silt_sarif_places *places, size_t index)
{
	size_t at = index == 0 ? places->first : index - (index <= places->first);
	return &places->finding->sightings[at];
}

/* ---- What went wrong --------------------------------------------------------------------------------------------- */

static void write_notification(struct silt_sarif_run *run, struct silt_json_writer *w, const char *id,
			       const char *level, struct silt_prose *prose)
{
	silt_json_open_object(w, NULL);
	silt_json_open_object(w, "descriptor");
	silt_json_write_text(w, "id", id);
	silt_json_close(w);
	silt_json_write_text(w, "level", level);
	silt_json_open_object(w, "message");
	silt_prose_stop(prose);
	silt_sarif_put(run, w, "text", &prose->out);
	silt_json_close(w);
	silt_json_close(w);
}

static void write_gap(struct silt_sarif_run *run, struct silt_json_writer *w, const struct silt_gap *gap)
{
	struct silt_prose prose = {0};
	silt_prose_words(&prose, "Not looked at: ");
	silt_prose_text(&prose, gap->place);
	if (gap->has_offset) {
		silt_buffer_printf(&prose.out, " from byte %" PRIu64, gap->offset);
	}
	silt_prose_words(&prose, ": ");
	silt_prose_text(&prose, gap->reason);
	write_notification(run, w, "gap", "error", &prose);
}

/* `what` is left out of the log: `missing` of them. */
static void write_cut(struct silt_sarif_run *run, struct silt_json_writer *w, size_t missing, const char *what)
{
	struct silt_prose prose = {0};
	silt_buffer_printf(&prose.out, "This log is not whole: %zu %s are left out, because GitHub would refuse it",
			   missing, what);
	write_notification(run, w, "cut", "error", &prose);
}

static size_t cut_results(const struct silt_sarif_run *run)
{
	return run->judgement->finding_count + run->suppressed_count - run->result_count;
}

static void write_troubles(struct silt_sarif_run *run, struct silt_json_writer *w)
{
	const struct silt_coverage *coverage = silt_result_coverage(run->judgement->result);
	size_t gaps = coverage->gap_count < SILT_SARIF_GAPS_MAX ? coverage->gap_count : SILT_SARIF_GAPS_MAX;
	for (size_t i = 0; i < gaps; i++) {
		write_gap(run, w, &coverage->gaps[i]);
	}
	if (coverage->gap_count > gaps) {
		write_cut(run, w, coverage->gap_count - gaps, "gaps");
	}
	if (cut_results(run) > 0) {
		write_cut(run, w, cut_results(run), "results");
	}
}

static void write_notes(struct silt_sarif_run *run, struct silt_json_writer *w)
{
	silt_json_open_array(w, "toolConfigurationNotifications");
	for (size_t i = 0; i < run->judgement->note_count; i++) {
		struct silt_prose prose = {0};
		silt_prose_text(&prose, run->judgement->notes[i].text);
		write_notification(run, w, "policy", "warning", &prose);
	}
	silt_json_close(w);
}

/* What is missing beside the bundle of this run. */
struct beyond {
	size_t runs, unread;
};

static void write_invocation(struct silt_sarif_run *run, struct silt_json_writer *w, struct beyond beyond)
{
	const struct silt_coverage *coverage = silt_result_coverage(run->judgement->result);
	bool whole = coverage->complete && run->judgement->verdict != SILT_VERDICT_INCOMPLETE &&
		     cut_results(run) == 0 && beyond.runs == 0 && beyond.unread == 0;
	silt_json_open_array(w, "invocations");
	silt_json_open_object(w, NULL);
	silt_json_write_bool(w, "executionSuccessful", whole);
	silt_json_open_array(w, "toolExecutionNotifications");
	write_troubles(run, w);
	if (beyond.runs > 0) {
		write_cut(run, w, beyond.runs, "bundles");
	}
	if (beyond.unread > 0) {
		struct silt_prose prose = {0};
		silt_buffer_printf(&prose.out, "Inputs that could not be audited at all: %zu", beyond.unread);
		write_notification(run, w, "unread", "error", &prose);
	}
	silt_json_close(w);
	write_notes(run, w);
	silt_json_close(w);
	silt_json_close(w);
}

/* ---- Runs -------------------------------------------------------------------------------------------------------- */

static size_t places_of_each(size_t results)
{
	size_t most = SILT_SARIF_RUN_PLACES_MAX / (results > 0 ? results : 1);
	return most < 1 ? 1 : most < SILT_SARIF_PLACES_MAX ? most : SILT_SARIF_PLACES_MAX;
}

static bool collect(struct silt_sarif_run *run, const struct silt_judgement *judgement,
		    const struct silt_report_options *options)
{
	run->judgement = judgement;
	run->images = silt_result_images(judgement->result, &run->image_count);
	if (options->show_suppressed) {
		run->suppressed = silt_result_suppressed(judgement->result, &run->suppressed_count);
	}
	if (!run->suppressed) {
		run->suppressed_count = 0; /* not shown, or a report read back that does not have them */
	}
	size_t all = judgement->finding_count + run->suppressed_count;
	run->result_count = all < SILT_SARIF_RESULTS_MAX ? all : SILT_SARIF_RESULTS_MAX;
	run->places_max = places_of_each(run->result_count);
	return silt_sarif_collect_rules(run) && silt_sarif_collect_artifacts(run);
}

/*
 * "silt/app.tar/": what is before the last slash is the category by which GitHub tells analyses apart. It takes no two of
 * one category in a log, so that a name that was there before has its number behind it.
 */
static void write_identity(struct silt_sarif_run *run, struct silt_json_writer *w, const struct silt_document *document,
			   size_t which)
{
	const char *name = silt_result_name(run->judgement->result);
	struct silt_buffer id = {0};
	size_t before = 0;
	for (size_t i = 0; i < which; i++) {
		before += strcmp(silt_result_name(document->judgements[i]->result), name) == 0;
	}
	silt_buffer_printf(&id, "silt/%s/", name);
	if (before > 0) {
		silt_buffer_printf(&id, "%zu/", before + 1);
	}
	silt_json_open_object(w, "automationDetails");
	silt_sarif_put(run, w, "id", &id);
	silt_json_close(w);
}

static void write_verdict(const struct silt_sarif_run *run, struct silt_json_writer *w)
{
	size_t suppressed;
	(void)silt_result_suppressed(run->judgement->result, &suppressed);
	silt_json_open_object(w, "properties");
	silt_json_write_text(w, "format", silt_result_format(run->judgement->result));
	silt_json_write_text(w, "verdict", silt_verdict_name(run->judgement->verdict));
	silt_json_write_text(w, "threshold", silt_severity_name(run->judgement->threshold));
	silt_json_write_unsigned(w, "counting", run->judgement->counting);
	silt_json_write_unsigned(w, "suppressed", suppressed);
	silt_json_close(w);
}

static enum silt_status write_run(struct silt_json_writer *w, const struct silt_document *document, size_t which,
				  struct beyond beyond, struct silt_error *err)
{
	struct silt_sarif_run run = {0};
	run.failed = !collect(&run, document->judgements[which], document->options);
	if (!run.failed) {
		silt_json_open_object(w, NULL);
		silt_sarif_tool(&run, w);
		write_identity(&run, w, document, which);
		write_invocation(&run, w, beyond);
		silt_json_write_text(w, "columnKind", "unicodeCodePoints");
		silt_sarif_artifacts(&run, w);
		silt_sarif_results(&run, w);
		write_verdict(&run, w);
		silt_json_close(w);
	}
	silt_arena_done(&run.arena);
	return run.failed ? silt_fail_memory(err) : SILT_OK;
}

static enum silt_status write_log(struct silt_json_writer *w, const struct silt_document *document,
				  struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	size_t runs = document->count < SILT_SARIF_RUNS_MAX ? document->count : SILT_SARIF_RUNS_MAX;
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
	silt_json_write_text(w, "version", "2.1.0");
	silt_json_open_array(w, "runs");
	for (size_t i = 0; i < runs && status == SILT_OK; i++) {
		/* The last run tells what has none. */
		struct beyond beyond = {0};
		if (i + 1 == runs) {
			beyond = (struct beyond){document->count - runs, document->options->unread};
		}
		status = write_run(w, document, i, beyond, err);
	}
	silt_json_close(w);
	silt_json_close(w);
	return status;
}

enum silt_status silt_report_sarif(const struct silt_judgement *const *judgements, size_t count,
				   const struct silt_report_options *options, struct silt_sink sink,
				   struct silt_error *err)
{
	const struct silt_document document = {judgements, count, options};
	return silt_document_send(&document, write_log, sink, err);
}
