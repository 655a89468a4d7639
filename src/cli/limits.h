/* The limits of an audit: listing them, and setting them. */
#ifndef SILT_CLI_LIMITS_H
#define SILT_CLI_LIMITS_H

#include "cli/exit_status.h"
#include "cli/parse.h"
#include "silt/limits.h"

#include <stdio.h>

/* The settings of a command line; names are those of the table. */
struct cli_limits {
	struct silt_limit_setting items[CLI_REPEATED_MAX];
	size_t count;
};

/*
 * Reads the arguments of --limit: NAME=VALUE, where VALUE is a number, or one with K, M, G or T behind it for powers of
 * 1024. SILT_ERR_USAGE with one sentence for a name that no limit has and a value that it cannot have.
 */
enum silt_status cli_limits_read(struct cli_limits *limits, const struct cli_arguments *arguments,
				 struct silt_error *err);

/* A number as above, alone. False if it is none, or does not fit. */
bool cli_limits_number(const char *text, uint64_t *value);

/* The value of a limit: as set, else its default. */
uint64_t cli_limits_value(const struct cli_limits *limits, const char *name);

/* `silt limits`. */
enum cli_exit cli_limits_list(const struct cli_arguments *arguments);

/* docs/limits.md. False if it could not be written. */
bool cli_limits_document(FILE *out);

#endif
