/* The command `silt diff`. */
#ifndef SILT_CLI_DIFF_H
#define SILT_CLI_DIFF_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_diff(const struct cli_arguments *arguments);

#endif
