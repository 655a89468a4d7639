/* The formats that -o takes: those of reports, and those of commands that write none. */
#ifndef SILT_CLI_FORMATS_H
#define SILT_CLI_FORMATS_H

#include "cli/commands.h"

struct cli_format {
	const char *name; /* NULL: the command has it not */
	const char *about;
};

/* Format `index` of all there are, as far as the command has it. False: there is none of that number or a higher one. */
bool cli_format_at(const struct cli_command *command, size_t index, struct cli_format *out);

#endif
