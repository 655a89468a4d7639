/* The command `silt policy`. */
#ifndef SILT_CLI_POLICY_H
#define SILT_CLI_POLICY_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_policy(const struct cli_arguments *arguments);

#endif
