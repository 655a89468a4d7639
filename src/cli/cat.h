/* `silt cat` and `silt extract`. */
#ifndef SILT_CLI_CAT_H
#define SILT_CLI_CAT_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_cat(const struct cli_arguments *arguments);
enum cli_exit cli_extract(const struct cli_arguments *arguments);

#endif
