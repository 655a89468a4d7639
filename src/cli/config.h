/* `silt config`. */
#ifndef SILT_CLI_CONFIG_H
#define SILT_CLI_CONFIG_H

#include "cli/exit_status.h"
#include "cli/parse.h"

#include <stdio.h>

enum cli_exit cli_config(const struct cli_arguments *arguments);

/* docs/config.md, and two sections of the man page. False if it could not be written. */
bool cli_config_document(FILE *out);
void cli_config_manual_variables(FILE *out);
void cli_config_manual_files(FILE *out);

#endif
