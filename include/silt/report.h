/*
 * Writing results for people and for programs.
 */
#ifndef SILT_REPORT_H
#define SILT_REPORT_H

#include "silt/error.h"
#include "silt/export.h"
#include "silt/policy.h"
#include "silt/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where a report goes: stores all `size` bytes or returns false, which ends the report with SILT_ERR_IO. */
struct silt_sink {
	bool (*write)(void *ctx, const void *bytes, size_t size);
	void *ctx;
};

enum silt_format {
	SILT_FORMAT_TEXT,
	SILT_FORMAT_TABLE,
	SILT_FORMAT_VERDICT,
	SILT_FORMAT_JSON,
	SILT_FORMAT_JSONL,
	SILT_FORMAT_SARIF,
	SILT_FORMAT_JUNIT,
	SILT_FORMAT_GITLAB,
	SILT_FORMAT_CODEQUALITY,
	SILT_FORMAT_GITHUB,
	SILT_FORMAT_MARKDOWN,
	SILT_FORMAT_CSV,
	SILT_FORMAT_HTML,
	SILT_FORMAT_BASELINE, /* no report: silt/baseline.h */
};

/* "text", "json", "csv", ...; NULL: there is no such format, nor any of a higher number. */
SILT_API const char *silt_format_name(enum silt_format format);

/* A few words on what a format is for; NULL as above. */
SILT_API const char *silt_format_about(enum silt_format format);

/* The name of a format to its value. False, and `*out` untouched, for anything else. */
SILT_API bool silt_format_parse(const char *name, enum silt_format *out);

/*
 * How a program confined itself before it read the first byte of an input. The library does nothing of this: it would
 * confine the program it is part of.
 */
struct silt_sandbox {
	bool enabled;           /* false: it was told not to, and the others are false, too */
	bool no_new_privileges; /* prctl(2): PR_SET_NO_NEW_PRIVS */
	bool not_dumpable;      /* prctl(2): PR_SET_DUMPABLE */
	unsigned landlock_abi;  /* landlock(7); 0: the kernel has none */
	bool seccomp;           /* seccomp(2); false: the kernel has none */
};

struct silt_report_options {
	enum silt_format format;
	bool colour;    /* text and table: ANSI colours */
	unsigned width; /* text and table: columns to wrap at; less than 40 is 40; 0: 100. A longer word runs over. */
	bool show_secrets; /* the values that were kept (silt_options.keep_secrets): for nobody else's eyes */
	bool show_suppressed; /* list what silt_result_suppressed has, and what a policy accepts; numbers are always told */
	const struct silt_sandbox *sandbox; /* is told; NULL: nobody says anything about it */
	int64_t now;   /* the day of the report, in seconds since 1970, for formats that have one; 0: not known */
	size_t unread; /* inputs that could not be audited at all: the summary says so and is incomplete */
};

/*
 * Writes one report over `count` judged results, in the given order. The same judgements give the same bytes. Secrets are
 * redacted. docs/report.md has the formats. Most go to the sink piece by piece. SILT_ERR_IO if the sink refused;
 * it is not called again then. SILT_ERR_USAGE if there is no such format.
 */
SILT_API enum silt_status silt_report_write(const struct silt_judgement *const *judgements, size_t count,
					    const struct silt_report_options *options, struct silt_sink sink,
					    struct silt_error *err);

/* A JSON report that was read back: what silt_report_write was given, but for secrets that were not shown. */
struct silt_report {
	const struct silt_judgement *const *judgements;
	size_t count;
	const struct silt_sandbox *sandbox; /* NULL: nobody said anything about it */
	size_t unread;
};

/* Bytes of a report that can be read back. */
#define SILT_REPORT_MAX (256 * 1024 * 1024)

/*
 * Reads a report that was written as SILT_FORMAT_JSON. To write it again gives the same bytes, in any format the same as
 * without the detour, if it has what is to be shown. Its results have everything but silt_image_entry; without
 * show_suppressed silt_result_suppressed gives NULL and their number. SILT_ERR_INPUT: it is no such report, or one that
 * silt would not have written; the verdict is not believed, but concluded anew. The report is the caller's.
 */
SILT_API enum silt_status silt_report_read(const void *text, size_t size, struct silt_report **out,
					   struct silt_error *err);
SILT_API void silt_report_free(struct silt_report *report);

/*
 * Writes how to run image `image` of a result: what hardening it can bear, each option with its reason, as a command
 * line of docker and as a pod of Kubernetes (text: the one is shell, the other YAML, and each can be copied; or JSON);
 * and what no image can decide. The image and its posture are all it goes by. SILT_ERR_INPUT if the image has no config:
 * a bare root filesystem is no image to run. Otherwise as above.
 */
SILT_API enum silt_status silt_run_args_write(const struct silt_result *result, size_t image, enum silt_format format,
					      struct silt_sink sink, struct silt_error *err);

#ifdef __cplusplus
}
#endif

#endif
