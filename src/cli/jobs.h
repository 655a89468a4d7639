/* How many threads an audit may have. */
#ifndef SILT_CLI_JOBS_H
#define SILT_CLI_JOBS_H

#include "cli/parse.h"

#include "silt/error.h"

/*
 * What --jobs says, or the number of processors that this process may run on, but one for each GiB of memory at most.
 * SILT_ERR_USAGE for anything but 1 to 256.
 */
enum silt_status cli_jobs_read(const struct cli_arguments *arguments, unsigned *jobs, struct silt_error *err);

#endif
