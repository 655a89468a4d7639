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

/* What was audited: the bundle in one line, then its images and their layers. */
void silt_text_bundle(struct silt_page *page, const struct silt_result *result);

/* What an image is like: nothing if nobody has looked. */
void silt_text_posture(struct silt_page *page, const struct silt_image *image);

/* All findings, worst first. Those of severity info are a short list at the end, unless the threshold is info. */
void silt_text_findings(struct silt_page *page, const struct silt_result *result, enum silt_severity threshold);

/* Findings in a line for each rule, in their order: the rule, and what they are about. Nothing if there are none. */
void silt_text_brief(struct silt_page *page, const struct silt_finding *findings, size_t count);

/* How many secrets are content of packages and thus no findings; `show`: also which. Nothing if there is none. */
void silt_text_suppressed(struct silt_page *page, const struct silt_result *result, bool show);

/* What was looked at, and each gap. */
void silt_text_coverage(struct silt_page *page, const struct silt_coverage *coverage);

/* The verdict of one result in one line. */
void silt_text_verdict(struct silt_page *page, const struct silt_tally *tally, enum silt_severity threshold);

/* The verdict over `count` results, and over the inputs that have none, in one line. */
void silt_text_overall(struct silt_page *page, const struct silt_tally *tally, size_t count,
		       enum silt_severity threshold);

#endif
