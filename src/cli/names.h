/* Names in the arguments of an option, separated by commas. */
#ifndef SILT_CLI_NAMES_H
#define SILT_CLI_NAMES_H

#include "cli/parse.h"

#include <stddef.h>

enum { CLI_NAMES_MAX = 256 };

/* Zeroed: no names. */
struct cli_names {
	char *texts[CLI_REPEATED_MAX]; /* owns */
	size_t text_count;
	const char *items[CLI_NAMES_MAX];
	size_t count;
};

/* Takes all arguments of a repeatable option apart. SILT_ERR_USAGE for an empty name, or too many. */
enum silt_status cli_names_cut(struct cli_names *names, const struct cli_arguments *arguments,
			       enum cli_option_id option, struct silt_error *err);
void cli_names_done(struct cli_names *names);

#endif
