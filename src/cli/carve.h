/* `silt carve`. */
#ifndef SILT_CLI_CARVE_H
#define SILT_CLI_CARVE_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_carve(const struct cli_arguments *arguments);

#endif
