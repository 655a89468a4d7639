/* `silt cache`. */
#ifndef SILT_CLI_CACHE_H
#define SILT_CLI_CACHE_H

#include "cli/exit_status.h"
#include "cli/parse.h"

/*
 * The folder of a command line that names none, as the XDG base directory specification has it: into `size` bytes of
 * `folder`. SILT_ERR_USAGE if neither XDG_CACHE_HOME nor HOME says where that is.
 */
enum silt_status cli_cache_usual_folder(char *folder, size_t size, struct silt_error *err);

enum cli_exit cli_cache(const struct cli_arguments *arguments);

#endif
