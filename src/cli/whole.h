/* Reading what is open to its end, into memory. */
#ifndef SILT_CLI_WHOLE_H
#define SILT_CLI_WHOLE_H

#include "silt/error.h"

#include <stddef.h>

/*
 * Reads at most `most` bytes. `*text` is to be freed in any case. SILT_ERR_INPUT: there are more, which is told in MiB of
 * `what`; SILT_ERR_IO, SILT_ERR_MEMORY.
 */
enum silt_status cli_whole_read(int fd, size_t most, const char *what, char **text, size_t *size,
				struct silt_error *err);

#endif
