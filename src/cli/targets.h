/* Where reports go: every -o FORMAT[=FILE] of a command line. */
#ifndef SILT_CLI_TARGETS_H
#define SILT_CLI_TARGETS_H

#include "cli/parse.h"
#include "silt/report.h"

enum { CLI_TARGETS_MAX = 16 };

/* What is not written anywhere, but kept, for somebody who makes something else of it. Zeroed, it is empty. */
struct cli_capture {
	char *bytes; /* owns */
	size_t size, room;
};

struct cli_target {
	enum silt_format format;
	const char *path;            /* borrows from the command line; NULL: standard output */
	struct cli_capture *capture; /* borrows; NULL: it is written */
};

struct cli_targets {
	struct cli_target items[CLI_TARGETS_MAX];
	size_t count;
	bool private; /* secrets are shown: for nobody else's eyes */
};

/*
 * Reads --output and --report. `usual` goes to standard output if there is no --output or, with `always`, beside what
 * there is. SILT_ERR_USAGE if a format is not known, if two go to one place, if an input, a key, its password or any
 * other file that an option names stands where a report would go, or if a place is none for secrets that --show-secrets
 * shows; SILT_ERR_IO if a place cannot be written. Nothing is created.
 */
enum silt_status cli_targets_read(const struct cli_arguments *arguments, enum silt_format usual, bool always,
				  struct cli_targets *out, struct silt_error *err);

enum { CLI_FORMAT_SIZE = 32 };

/*
 * Reads the one --output of a command that writes no reports: a name out of `formats`, as "a, b" (the first without
 * --output), into `format`, and perhaps a file. `command` is for messages. Errors as above.
 */
enum silt_status cli_target_read_one(const struct cli_arguments *arguments, const char *command, const char *formats,
				     struct cli_targets *out, char format[static CLI_FORMAT_SIZE],
				     struct silt_error *err);

/* True if a report of this format has the values of secrets when they are asked for. */
bool cli_format_shows_secrets(enum silt_format format);

/* True if all of them do: else one scan for all of them must keep values out of names and texts. */
bool cli_targets_show_secrets(const struct cli_targets *targets);

/* The target that writes to standard output; NULL: none does. */
const struct cli_target *cli_targets_standard(const struct cli_targets *targets);

#endif
