/* `silt ls` and `silt tree`: what is in an image. */
#ifndef SILT_CLI_LS_H
#define SILT_CLI_LS_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_ls(const struct cli_arguments *arguments);
enum cli_exit cli_tree(const struct cli_arguments *arguments);

#endif
