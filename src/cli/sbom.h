/* `silt sbom`. */
#ifndef SILT_CLI_SBOM_H
#define SILT_CLI_SBOM_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_sbom(const struct cli_arguments *arguments);

#endif
