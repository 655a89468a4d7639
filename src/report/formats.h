/* The formats of a report: each one is a function of the results alone. */
#ifndef SILT_REPORT_FORMATS_H
#define SILT_REPORT_FORMATS_H

#include "silt/report.h"

/* Of the JSON report: docs/report.schema.json. */
#define SILT_REPORT_SCHEMA "https://silt.invalid/report-1.schema.json"
enum { SILT_REPORT_VERSION = 1 };

typedef enum silt_status silt_report_fn(const struct silt_judgement *const *judgements, size_t count,
					const struct silt_report_options *options, struct silt_sink sink,
					struct silt_error *err);

silt_report_fn silt_report_text;        /* text.c: for people */
silt_report_fn silt_report_table;       /* table.c: for a terminal or a log */
silt_report_fn silt_report_verdict;     /* verdict.c: a line for each input */
silt_report_fn silt_report_json;        /* json.c: docs/report.md */
silt_report_fn silt_report_jsonl;       /* jsonl.c: docs/report.md */
silt_report_fn silt_report_sarif;       /* sarif.c */
silt_report_fn silt_report_junit;       /* junit.c: for CI servers */
silt_report_fn silt_report_gitlab;      /* gitlab.c */
silt_report_fn silt_report_codequality; /* codequality.c */
silt_report_fn silt_report_github;      /* github.c: annotations */
silt_report_fn silt_report_markdown;    /* markdown.c: for pull requests */
silt_report_fn silt_report_csv;         /* csv.c: for spreadsheets */
silt_report_fn silt_report_html;        /* html_report.c: a page for a browser */

#endif
