/* `silt history`: what each layer of an image did. */
#ifndef SILT_CLI_HISTORY_H
#define SILT_CLI_HISTORY_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_history(const struct cli_arguments *arguments);

#endif
