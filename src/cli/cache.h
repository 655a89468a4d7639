/* `silt cache`. */
#ifndef SILT_CLI_CACHE_H
#define SILT_CLI_CACHE_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_cache(const struct cli_arguments *arguments);

#endif
