/* `silt run-args`: how to run an image. */
#ifndef SILT_CLI_RUN_ARGS_H
#define SILT_CLI_RUN_ARGS_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_run_args(const struct cli_arguments *arguments);

#endif
