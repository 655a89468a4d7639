/* Names in one argument, separated by commas. */
#ifndef SILT_CLI_NAMES_H
#define SILT_CLI_NAMES_H

#include "silt/error.h"

#include <stddef.h>

enum { CLI_NAMES_MAX = 256 };

/* Zeroed: no names. */
struct cli_names {
	char *text; /* owns */
	const char *items[CLI_NAMES_MAX];
	size_t count;
};

/* Takes `argument` apart; NULL: no names. SILT_ERR_USAGE for an empty name or too many; `option` is named then. */
enum silt_status cli_names_cut(struct cli_names *names, const char *option, const char *argument,
			       struct silt_error *err);
void cli_names_done(struct cli_names *names);

#endif
