/* The formats that a command has for --output, with a few words on each: for the manual and for completion. */
#ifndef SILT_CLI_FORMATS_H
#define SILT_CLI_FORMATS_H

#include "cli/commands.h"

struct cli_format {
	const char *name;
	const char *about;
};

/* Steps through them: false beyond the last. `*at` is 0 at first. */
bool cli_format_next(const struct cli_command *command, size_t *at, struct cli_format *out);

#endif
