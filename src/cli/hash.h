/* `silt hash`: the digests of the files of an image. */
#ifndef SILT_CLI_HASH_H
#define SILT_CLI_HASH_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_hash(const struct cli_arguments *arguments);

#endif
