/* `silt key`: makes keys for silt sign and silt seal, and shows their public halves. */
#ifndef SILT_CLI_KEY_H
#define SILT_CLI_KEY_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_key(const struct cli_arguments *arguments);

#endif
