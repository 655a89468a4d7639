/* Writing the reports that a command line asks for. */
#ifndef SILT_CLI_REPORTS_H
#define SILT_CLI_REPORTS_H

#include "cli/confined.h"

/*
 * Where they go and how they look. What the terminal says is asked beforehand: the process that reports can do without
 * it.
 */
struct cli_reports {
	struct cli_targets targets;
	struct silt_report_options options; /* but format, colour and width */
	const char *colour;                 /* "auto", "always", "never" */
	bool colours;                       /* standard output is a terminal that has them, and nobody minds */
	unsigned width;                     /* of the terminal; 0: standard output is none */
};

/* Reads the options, and the day. Fails as cli_targets_read and cli_clock_today. */
enum silt_status cli_reports_read(struct cli_reports *out, const struct cli_arguments *arguments,
				  enum silt_format usual, bool always, struct silt_error *err);

/* How the report of target `number` looks. */
struct silt_report_options cli_report_options(const struct cli_reports *reports, size_t number);

/*
 * Writes all of them, by the options and these two more, and sets `complete`. What goes wrong is said, but for what a
 * sink refuses, which its owner tells.
 */
enum silt_status cli_reports_write(const struct cli_reports *reports, const struct silt_judgement *const *judgements,
				   size_t count, const struct silt_sandbox *sandbox, size_t unread,
				   struct cli_handover *handover);

#endif
