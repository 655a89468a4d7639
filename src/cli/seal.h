/* `silt seal` and `silt unseal`: files for one reader. */
#ifndef SILT_CLI_SEAL_H
#define SILT_CLI_SEAL_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_seal(const struct cli_arguments *arguments);
enum cli_exit cli_unseal(const struct cli_arguments *arguments);

#endif
