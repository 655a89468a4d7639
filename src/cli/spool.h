/*
 * A file without a name, for what comes through a pipe and is read twice. What the library puts there is encrypted
 * (silt_bundle_set_spool); the file is gone with the process.
 */
#ifndef SILT_CLI_SPOOL_H
#define SILT_CLI_SPOOL_H

#include "silt/error.h"

/* Opens one in the folder that TMPDIR names, or in /tmp. SILT_ERR_IO. */
enum silt_status cli_spool_open(int *out, struct silt_error *err);

/* Closes it; -1: there is none. */
void cli_spool_close(int fd);

#endif
