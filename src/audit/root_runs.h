/* The files of an image that root is known to run: whoever may write them becomes root. */
#ifndef SILT_AUDIT_ROOT_RUNS_H
#define SILT_AUDIT_ROOT_RUNS_H

#include "audit/files.h"

struct silt_root_run {
	struct silt_bytes path; /* clean, raw; arena */
	const char *by;         /* static: "cron runs" */
};

/* A zeroed struct has none. */
struct silt_root_runs {
	struct silt_root_run *list; /* owns */
	size_t count, capacity;
};

/* Finds what crontabs of the final tree name, and what is started as root. To be ended with done, whatever it returns. */
enum silt_status silt_root_runs_find(struct silt_root_runs *runs, const struct silt_case *of, struct silt_error *err);
void silt_root_runs_done(struct silt_root_runs *runs);

/*
 * A sentence if root runs the file, or a file in the directory that it is: "Cron runs it as root."; `*why` is NULL if not.
 * SILT_ERR_MEMORY is the only failure.
 */
enum silt_status silt_root_runs_why(const struct silt_root_runs *runs, const struct silt_case *of,
				    const struct silt_file *file, const char **why, struct silt_error *err);

#endif
