/*
 * Where the report goes: standard output, or a file that appears whole or not at all.
 *
 * A regular file is written without a name, so that nothing is left if the process is ended, synced, given a temporary
 * name in its folder, and renamed over the old one, whose mode it keeps and, as far as the system allows, whose owner and
 * group. Where there are no files without a name, it has the temporary one from the start. Anything else that already
 * stands at the path (pipe, device, symbolic link) is written to directly: renaming over /dev/null would replace it for
 * everybody.
 */
#ifndef SILT_CLI_OUTPUT_H
#define SILT_CLI_OUTPUT_H

#include "silt/report.h"

#include <stdbool.h>
#include <stdio.h>

struct cli_output {
	FILE *file;       /* owns, unless it is stdout */
	const char *path; /* borrows; NULL: standard output */
	bool private;     /* the file is for its owner only (mode 0600), whatever stood there before */
	bool nameless;    /* the file gets its temporary name only when it is whole */
	char *temporary;  /* owns; name until the rename; NULL if there is none */
	int refusal;      /* errno of the first write that failed; 0: none did */
};

/*
 * Says early whether `path` (NULL: standard output) could be written, before minutes go into a report. Creates nothing.
 */
enum silt_status cli_output_check(const char *path, struct silt_error *err);

/*
 * True if a report at `path` would take the place of what `input` names ("-": standard input), whatever names and links
 * lead there. A device such as /dev/null is never in danger.
 */
bool cli_output_is_input(const char *path, const char *input);

/*
 * True if reports at `a` and at `b` would be one file, whether it is there already or not.
 */
bool cli_output_is_same(const char *a, const char *b);

/*
 * True if `path` leads to where standard output goes (/dev/stdout, the file it was sent to, the terminal). A device that
 * keeps nothing, such as /dev/null, is nobody's place.
 */
bool cli_output_is_standard(const char *path);

/*
 * Refuses what is no place for secrets: SILT_ERR_USAGE unless `path` is free or a regular file or, if it is NULL,
 * standard output is a terminal.
 */
enum silt_status cli_output_demand_private(const char *path, struct silt_error *err);

/* Opens for writing. `private`: cli_output_demand_private passed. SILT_ERR_IO, SILT_ERR_MEMORY. */
enum silt_status cli_output_open(struct cli_output *output, const char *path, bool private, struct silt_error *err);

/* A sink that lives as long as `output`. */
struct silt_sink cli_output_sink(struct cli_output *output);

/* Sets `err` to why the sink refused bytes. Returns SILT_ERR_IO. */
enum silt_status cli_output_refused(const struct cli_output *output, struct silt_error *err);

/* Ends writing and gives the file its name. On failure the file that was there before stays. */
enum silt_status cli_output_commit(struct cli_output *output, struct silt_error *err);

/* Frees; what was not committed is removed. */
void cli_output_done(struct cli_output *output);

#endif
