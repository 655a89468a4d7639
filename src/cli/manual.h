/* Documents made from the tables: the man pages, and the table of docs/exit-status.md. */
#ifndef SILT_CLI_MANUAL_H
#define SILT_CLI_MANUAL_H

#include "cli/commands.h"

#include <stdbool.h>
#include <stdio.h>

enum { CLI_MANUAL_NAME_MAX = 64 };

/* What the page of a command is called, without its section: "silt-scan"; "silt" for the program. */
void cli_manual_name(const struct cli_command *command, char out[static CLI_MANUAL_NAME_MAX]);

/* The page in mdoc(7): of one command, or silt(1) for the program. False, here and below, if the stream failed. */
bool cli_manual_write(FILE *out, const struct cli_command *command);

/* The exit statuses as a table in Markdown. */
bool cli_exit_table_write(FILE *out);

#endif
