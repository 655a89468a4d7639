/* A comparison written: what its formats share. Sentences are marked up for a page. */
#ifndef SILT_REPORT_DIFF_H
#define SILT_REPORT_DIFF_H

#include "base/buffer.h"
#include "report/outlet.h"
#include "silt/compare.h"

/* Of the JSON form: docs/diff.schema.json. */
#define SILT_DIFF_SCHEMA "https://silt.invalid/diff-1.schema.json"
enum { SILT_DIFF_VERSION = 1 };

/*
 * The answer in one line: "free: 0 of 5 secrets of OLD are in NEW." If not all of it is known, or something else
 * got worse, that is in it.
 */
void silt_diff_answer(struct silt_buffer *out, const struct silt_comparison *comparison);

/* What became of a secret, behind its name: "its value is in NEW", "not looked for: ...". */
const char *silt_diff_survival(const struct silt_compared_secret *secret);

/* "3 added, 2 removed, 5 changed (2 content, 3 mode), 1200 the same." */
void silt_diff_files(struct silt_buffer *out, const struct silt_file_counts *counts);

/* "1 new, 3 fixed, 2 changed, 7 the same." */
void silt_diff_findings(struct silt_buffer *out, const struct silt_comparison *comparison);

/* What differs of a file: "content, mode 0644 to 0600". */
void silt_diff_file(struct silt_buffer *out, const struct silt_compared_file *file);

/* '+', '-', '~', and ' ' for what is the same. */
char silt_diff_sign(enum silt_change change);

typedef enum silt_status silt_diff_fn(const struct silt_comparison *comparison,
				      const struct silt_report_options *options, struct silt_sink sink,
				      struct silt_error *err);

silt_diff_fn silt_diff_text;     /* diff_text.c */
silt_diff_fn silt_diff_json;     /* diff_json.c */
silt_diff_fn silt_diff_markdown; /* diff_markdown.c */

#endif
