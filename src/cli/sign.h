/* `silt sign`: what a report says, signed. */
#ifndef SILT_CLI_SIGN_H
#define SILT_CLI_SIGN_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_sign(const struct cli_arguments *arguments);

#endif
