/*
 * The exit statuses: one table, from which the documents are made.
 *
 * A gate reads nothing but this number, so each number has one meaning, and 1 is never produced by accident.
 */
#ifndef SILT_CLI_EXIT_STATUS_H
#define SILT_CLI_EXIT_STATUS_H

#include "silt/error.h"
#include "silt/policy.h"

#include <stdbool.h>
#include <stddef.h>

enum cli_exit {
	CLI_EXIT_CLEAN = 0,
	CLI_EXIT_FINDINGS = 1,
	CLI_EXIT_USAGE = 2,
	CLI_EXIT_INCOMPLETE = 3,
	CLI_EXIT_SYSTEM = 4,
	CLI_EXIT_UNPROVEN = 5,
	CLI_EXIT_BUG = 70, /* EX_SOFTWARE of sysexits.h */
};

struct cli_exit_row {
	enum cli_exit status;
	unsigned rank; /* of two statuses the one with the higher rank is reported; all ranks differ */
	const char *word;
	const char *meaning; /* one sentence without its full stop */
};

/* By number. */
extern const struct cli_exit_row cli_exit_rows[];
extern const size_t cli_exit_row_count;

/* The status to report for two things that went these ways. */
enum cli_exit cli_exit_worse(enum cli_exit a, enum cli_exit b);

/* True if it is in the table. */
bool cli_exit_is_known(enum cli_exit status);

enum cli_exit cli_exit_of_status(enum silt_status status);
enum cli_exit cli_exit_of_verdict(enum silt_verdict verdict);

#endif
