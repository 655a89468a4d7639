/* The parts of the text report; text.c puts them together. */
#ifndef SILT_REPORT_TEXT_H
#define SILT_REPORT_TEXT_H

#include "report/page.h"
#include "report/tally.h"

/* Columns: labels start at the first, what they label at the second. */
enum {
	SILT_TEXT_LABEL = 2,
	SILT_TEXT_BODY = 10,
};

/* What was audited: the bundle in one line, then its images and their layers. */
void silt_text_bundle(struct silt_page *page, const struct silt_result *result);

/* All findings, worst first. */
void silt_text_findings(struct silt_page *page, const struct silt_result *result);

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
