/* What both formats of JSON say in the same words: members of the object that is open. */
#ifndef SILT_REPORT_JSON_PARTS_H
#define SILT_REPORT_JSON_PARTS_H

#include "base/json.h"
#include "report/tally.h"
#include "silt/report.h"

/* Which shape the report is of, who wrote it, and how that was confined. */
void silt_json_header(struct silt_json_writer *w, const struct silt_report_options *options);

/* The verdict, and findings by severity. */
void silt_json_tally(struct silt_json_writer *w, const struct silt_tally *tally);

/* The format of a bundle, its tally, the threshold, and how many of its findings count. */
void silt_json_judgement(struct silt_json_writer *w, const struct silt_judgement *judgement);

/* Over all judgements and the inputs that could not be audited. */
void silt_json_summary(struct silt_json_writer *w, const struct silt_judgement *const *judgements, size_t count,
		       size_t unread);

#endif
