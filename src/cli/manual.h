/* Documents made from the tables: the man page, and the table of docs/exit-status.md. */
#ifndef SILT_CLI_MANUAL_H
#define SILT_CLI_MANUAL_H

#include <stdbool.h>
#include <stdio.h>

/* silt(1) in mdoc(7). False, here and below, if the stream failed. */
bool cli_manual_write(FILE *out);

/* The exit statuses as a table in Markdown. */
bool cli_exit_table_write(FILE *out);

#endif
