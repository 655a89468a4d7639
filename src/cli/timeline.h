/* `silt timeline`: when what is in an image was changed. */
#ifndef SILT_CLI_TIMELINE_H
#define SILT_CLI_TIMELINE_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_timeline(const struct cli_arguments *arguments);

#endif
