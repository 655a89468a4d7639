/*
 * The progress line on standard error, and the closing line.
 *
 * On a terminal a line is drawn at most ten times a second and not in the first tenth (a short scan never flickers), and
 * erased when the scan is done. Elsewhere there is nothing, or, if it is wished, a line of its own each second. Time is
 * used for nothing but this.
 */
#ifndef SILT_CLI_PROGRESS_H
#define SILT_CLI_PROGRESS_H

#include "silt/audit.h"

#include <stdbool.h>
#include <stddef.h>

/* Nothing wider is drawn, however wide the terminal is. */
enum { CLI_PROGRESS_COLUMNS_MAX = 200 };

enum cli_progress_kind {
	CLI_PROGRESS_NONE,
	CLI_PROGRESS_LINE,  /* one that is drawn again and again */
	CLI_PROGRESS_LINES, /* one below the other */
};

struct cli_progress {
	enum cli_progress_kind kind;
	unsigned columns;   /* that a line may have */
	const char *name;   /* of the input, printable; borrows */
	int64_t started_at; /* milliseconds */
	int64_t drawn_at;   /* the same, of the last drawing or the start */
	bool on_screen;     /* a line stands there and must be erased */
};

/* Milliseconds of a clock that only goes forwards. */
int64_t cli_progress_now(void);

/* Begins with one input. `wished` by the options; for a line there must be a terminal. */
struct cli_progress cli_progress_start(enum cli_progress_kind wished, const char *name);

/* The callback for silt_options.progress; `ctx` is a struct cli_progress. Never stops the audit. */
bool cli_progress_update(void *ctx, const struct silt_progress *now);

/* Takes a line off the screen that another process of ours may have left there. */
void cli_progress_sweep(void);

/* Takes the line off the screen. */
void cli_progress_erase(struct cli_progress *progress);

/*
 * The line as text, `milliseconds` after the start, at most `columns` - 1 wide and never cut inside a character. `text` has room for `size` bytes, 2 or
 * more. Returns its length.
 */
size_t cli_progress_text(char *text, size_t size, const char *name, const struct silt_progress *now,
			 int64_t milliseconds, unsigned columns);

/* "2.1 MB": decimal units, as disks and downloads are measured. Returns `text`. */
const char *cli_size_text(char *text, size_t size, uint64_t bytes);

/* "audited 2.1 MB in 0.03 s (70 MB/s)" on standard error. */
void cli_progress_close(uint64_t bytes, int64_t milliseconds);

#endif
