/* `silt verify`: whether an attestation holds, and what it proves. */
#ifndef SILT_CLI_VERIFY_H
#define SILT_CLI_VERIFY_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_verify(const struct cli_arguments *arguments);

#endif
