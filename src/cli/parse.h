/* Taking a command line apart by the option table. */
#ifndef SILT_CLI_PARSE_H
#define SILT_CLI_PARSE_H

#include "cli/options.h"
#include "silt/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Times that repeatable options may be given, all together. */
enum { CLI_REPEATED_MAX = 32 };

/* One argument of a repeatable option. */
struct cli_repeated {
	enum cli_option_id option;
	const char *value;
};

/* A command line taken apart. Everything is borrowed from argv and from the table. */
struct cli_arguments {
	enum cli_scope scope; /* of the command */
	bool given[CLI_OPTION_COUNT];
	const char *values[CLI_OPTION_COUNT]; /* of the last time it was given, else the fallback */
	struct cli_repeated
		repeated[CLI_REPEATED_MAX]; /* all arguments of options that are repeatable, in their order */
	size_t repeated_count;
	char *const *operands;
	size_t operand_count;
};

/*
 * Takes `argv` apart: argv[0] is skipped, options and operands may be mixed, "--" ends the options. Options outside of
 * `scope` are unknown. SILT_ERR_USAGE with one sentence for a person. Uses getopt_long and thus its global state.
 */
enum silt_status cli_parse(enum cli_scope scope, int argc, char **argv, struct cli_arguments *out,
			   struct silt_error *err);

/* As if `value` (NULL for a flag) were given once more: checked as it is on a command line. `value` is borrowed. */
enum silt_status cli_arguments_take(enum cli_option_id id, const char *value, struct cli_arguments *out,
				    struct silt_error *err);

/* The arguments of one repeatable option, in their order; their number. */
size_t cli_repeated_values(const struct cli_arguments *arguments, enum cli_option_id option,
			   const char *out[static CLI_REPEATED_MAX]);

/* True if `word` is one of `choices`, which are written as in the table. */
bool cli_is_choice(const char *choices, const char *word);

#endif
