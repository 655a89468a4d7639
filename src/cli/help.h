/* Help screens, made from the tables; each fits a terminal of 80 columns and 24 lines. */
#ifndef SILT_CLI_HELP_H
#define SILT_CLI_HELP_H

#include "cli/commands.h"

#include <stdio.h>

enum { CLI_HELP_COLUMNS = 80, CLI_HELP_LINES = 24 };

/* Writes the screen of one command, or of the program if `command` is &cli_program. */
void cli_help_write(FILE *out, const struct cli_command *command);

/* `silt help [COMMAND]`. */
enum cli_exit cli_help(const struct cli_arguments *arguments);

#endif
