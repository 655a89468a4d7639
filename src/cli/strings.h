/* `silt strings`. */
#ifndef SILT_CLI_STRINGS_H
#define SILT_CLI_STRINGS_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_strings(const struct cli_arguments *arguments);

#endif
