/* The parts of the text report; text.c puts them together. */
#ifndef SILT_REPORT_TEXT_H
#define SILT_REPORT_TEXT_H

#include "report/page.h"
#include "report/tally.h"
#include "silt/posture.h"

/* Columns: labels start at the first, what they label at the second. */
enum {
	SILT_TEXT_LABEL = 2,
	SILT_TEXT_BODY = 10,
};

/* Writes what there is to say of one judgement between its beginning and its verdict. */
typedef void silt_text_body(struct silt_page *page, const struct silt_judgement *judgement,
			    const struct silt_report_options *options);

/* A report for people: `body` of each judgement, its verdict, and the verdict over all. */
enum silt_status silt_text_report(const struct silt_judgement *const *judgements, size_t count,
				  const struct silt_report_options *options, silt_text_body *body,
				  struct silt_sink sink, struct silt_error *err);

/* What was audited: the bundle in one line, then its images and their layers. */
void silt_text_bundle(struct silt_page *page, const struct silt_result *result);

/* What image number `image` is like: nothing if nobody has looked. */
void silt_text_posture(struct silt_page *page, const struct silt_result *result, size_t image);

/* Its shells, interpreters, package managers and tools in one line; nothing if there are none. */
void silt_text_surface(struct silt_page *page, const struct silt_result *result, size_t image);

/* All findings that the policy does not accept, worst first; those of little weight that differ in their place only are
 * one list. Those of severity info that do not count are a short list at the end. Then, if asked for, the accepted. */
void silt_text_findings(struct silt_page *page, const struct silt_judgement *judgement, bool show_accepted);

/* How many findings the policy accepts, by why; and what it has to say. Nothing if there is none. `shown`: they are listed
 * above. */
void silt_text_accepted(struct silt_page *page, const struct silt_judgement *judgement, bool shown);
void silt_text_notes(struct silt_page *page, const struct silt_judgement *judgement);

/* Findings in a line for each rule, in their order: the rule, and what they are about. Nothing if there are none. */
void silt_text_brief(struct silt_page *page, const struct silt_finding *findings, size_t count);

/*
 * One place in one sentence, with what became of it: who added it, who hid it. The place names its image if there is
 * more than one. `note` may be "".
 */
void silt_text_sighting(struct silt_buffer *out, const struct silt_sighting *sighting, const char *note,
			const struct silt_image *images, size_t image_count);

/* How many secrets are content of packages and thus no findings; `show`: also which. Nothing if there is none. */
void silt_text_suppressed(struct silt_page *page, const struct silt_result *result, bool show);

/* What was looked at, and each gap. */
void silt_text_coverage(struct silt_page *page, const struct silt_coverage *coverage);

/* One gap in one sentence. */
void silt_text_gap(struct silt_buffer *out, const struct silt_gap *gap);

/* What the audit was not confined by; nothing if it was by all there is, or if nobody says anything about it. */
void silt_text_sandbox(struct silt_page *page, const struct silt_sandbox *sandbox);

/* The verdict of one result in one line. */
void silt_text_verdict(struct silt_page *page, const struct silt_tally *tally, enum silt_severity threshold);
void silt_text_verdict_sentence(struct silt_buffer *out, const struct silt_tally *tally, enum silt_severity threshold);

/* The verdict over `count` results, and over the inputs that have none, in one line. */
void silt_text_overall(struct silt_page *page, const struct silt_tally *tally, size_t count,
		       enum silt_severity threshold);
void silt_text_overall_sentence(struct silt_buffer *out, const struct silt_tally *tally, size_t count,
				enum silt_severity threshold);

#endif
