/* The parts of GitLab's container scanning report. */
#ifndef SILT_REPORT_GITLAB_H
#define SILT_REPORT_GITLAB_H

#include "base/json.h"
#include "report/place.h"

enum { SILT_GITLAB_SUBJECT_COLUMNS = 300 };

struct silt_gitlab {
	struct silt_json_writer *w; /* borrows */
	size_t messages;
	bool failed; /* memory ran out; the writer does not know of it */
};

/* Writes a text and empties the buffer. */
void silt_gitlab_put(struct silt_gitlab *report, const char *key, struct silt_buffer *text);

/* gitlab_finding.c: one finding of bundle number `bundle`. */
void silt_gitlab_vulnerability(struct silt_gitlab *report, const struct silt_result *result,
			       const struct silt_finding *finding, size_t bundle);

#endif
