/* `silt convert`: a report for programs, written again in other formats. */
#ifndef SILT_CLI_CONVERT_H
#define SILT_CLI_CONVERT_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_convert(const struct cli_arguments *arguments);

#endif
