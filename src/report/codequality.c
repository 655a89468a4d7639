/*
 * The Code Quality report of GitLab, a subset of Code Climate's: an array of issues.
 *
 * It knows findings that count against a change, and nothing else: excused ones are left out, and what was not looked at
 * is an issue of its own, lest a report be empty because nothing could be read.
 */
#include "report/formats.h"

#include "base/escape.h"
#include "report/document.h"
#include "report/place.h"

#include <string.h>

enum { SUBJECT_COLUMNS = 200 };

static const char *severity_word(enum silt_severity severity)
{
	static const char *const words[] = {
		[SILT_SEVERITY_INFO] = "info",        [SILT_SEVERITY_LOW] = "minor",
		[SILT_SEVERITY_MEDIUM] = "major",     [SILT_SEVERITY_HIGH] = "critical",
		[SILT_SEVERITY_CRITICAL] = "blocker",
	};
	return words[severity];
}

/* Text of a buffer, which is done with then. False: memory ran out. */
static bool put(struct silt_json_writer *w, const char *key, struct silt_buffer *text)
{
	bool whole = !text->failed;
	silt_json_write_text(w, key, silt_buffer_text(text));
	silt_buffer_done(text);
	return whole;
}

/* GitLab makes a link into the repository of it, and wants a relative path. */
static bool write_location(struct silt_json_writer *w, struct silt_buffer *path)
{
	const char *text = silt_buffer_text(path);
	bool whole = !path->failed;
	text += strspn(text, "/");
	silt_json_open_object(w, "location");
	silt_json_write_text(w, "path", text[0] ? text : "_");
	silt_json_open_object(w, "lines");
	silt_json_write_unsigned(w, "begin", 1);
	silt_json_close(w);
	silt_json_close(w);
	silt_buffer_done(path);
	return whole;
}

static void open_issue(struct silt_json_writer *w, const char *check, const char *severity)
{
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "type", "issue");
	silt_json_write_text(w, "check_name", check);
	silt_json_open_array(w, "categories");
	silt_json_write_text(w, NULL, "Security");
	silt_json_close(w);
	silt_json_write_text(w, "severity", severity);
}

/* The file, or the image, or the bundle. */
static void path_of(const struct silt_result *result, const struct silt_finding *finding, struct silt_buffer *path)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	const struct silt_sighting *worst = finding->sighting_count > 0 ? &finding->sightings[silt_place_worst(finding)]
									: NULL;
	if (worst && worst->path.len > 0) {
		silt_escape(path, worst->path);
	} else if (worst && worst->image < count) {
		silt_buffer_add_text(path, silt_place_image(&images[worst->image]));
	} else {
		silt_buffer_add_text(path, silt_result_name(result));
	}
}

/* GitLab shows one issue of those with the same fingerprint: that of a later bundle has its number behind it. */
static bool write_fingerprint(struct silt_json_writer *w, const char *fingerprint, size_t bundle)
{
	struct silt_buffer text = {0};
	silt_buffer_add_text(&text, fingerprint);
	if (bundle > 0) {
		silt_buffer_printf(&text, "-%zu", bundle + 1);
	}
	return put(w, "fingerprint", &text);
}

static bool write_finding(struct silt_json_writer *w, const struct silt_result *result,
			  const struct silt_finding *finding, size_t bundle)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	struct silt_prose prose = {0};
	struct silt_buffer path = {0};
	silt_prose_text(&prose, finding->title);
	silt_prose_words(&prose, ": ");
	silt_prose_name(&prose, finding->subject, SUBJECT_COLUMNS);
	if (finding->sighting_count > 0) {
		silt_prose_words(&prose, ", at ");
		silt_place_tell(&prose, images, count, &finding->sightings[silt_place_worst(finding)]);
	}
	path_of(result, finding, &path);
	open_issue(w, finding->rule, severity_word(finding->severity));
	bool whole = put(w, "description", &prose.out);
	whole &= write_fingerprint(w, finding->fingerprint, bundle);
	whole &= write_location(w, &path);
	silt_json_close(w);
	return whole;
}

/* What was not looked at: `words` say what, `number` tells it from others of the bundle. */
static bool write_incomplete(struct silt_json_writer *w, const char *name, struct silt_prose *words, size_t bundle,
			     size_t number)
{
	struct silt_buffer fingerprint = {0}, path = {0};
	silt_buffer_printf(&fingerprint, "incomplete-%zu", number);
	silt_buffer_add_text(&path, name);
	open_issue(w, "incomplete", "blocker");
	bool whole = put(w, "description", &words->out);
	whole &= !fingerprint.failed && write_fingerprint(w, silt_buffer_text(&fingerprint), bundle);
	whole &= write_location(w, &path);
	silt_buffer_done(&fingerprint);
	silt_json_close(w);
	return whole;
}

static bool write_bundle(struct silt_json_writer *w, const struct silt_judgement *judgement, size_t bundle)
{
	const struct silt_coverage *coverage = silt_result_coverage(judgement->result);
	bool whole = true;
	for (size_t i = 0; i < coverage->gap_count; i++) {
		struct silt_prose prose = {0};
		silt_prose_words(&prose, "Not looked at: ");
		silt_prose_text(&prose, coverage->gaps[i].place);
		silt_prose_words(&prose, ": ");
		silt_prose_text(&prose, coverage->gaps[i].reason);
		whole &= write_incomplete(w, silt_result_name(judgement->result), &prose, bundle, i + 1);
	}
	for (size_t i = 0; i < judgement->finding_count; i++) {
		if (!silt_is_excused(&judgement->findings[i])) {
			whole &= write_finding(w, judgement->result, &judgement->findings[i], bundle);
		}
	}
	return whole;
}

static enum silt_status write_issues(struct silt_json_writer *w, const struct silt_document *document,
				     struct silt_error *err)
{
	bool whole = true;
	silt_json_open_array(w, NULL);
	for (size_t i = 0; i < document->count; i++) {
		whole &= write_bundle(w, document->judgements[i], i);
	}
	if (document->options->unread > 0) {
		struct silt_prose prose = {0};
		silt_buffer_printf(&prose.out, "Inputs that could not be audited at all: %zu",
				   document->options->unread);
		whole &= write_incomplete(w, "_", &prose, document->count, 0);
	}
	silt_json_close(w);
	return whole ? SILT_OK : silt_fail_memory(err);
}

enum silt_status silt_report_codequality(const struct silt_judgement *const *judgements, size_t count,
					 const struct silt_report_options *options, struct silt_sink sink,
					 struct silt_error *err)
{
	const struct silt_document document = {judgements, count, options};
	return silt_document_send(&document, write_issues, sink, err);
}
