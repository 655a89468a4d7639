/*
 * The commands: one table, from which dispatch, help screens and the man page are made.
 */
#ifndef SILT_CLI_COMMANDS_H
#define SILT_CLI_COMMANDS_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum { CLI_EXAMPLES = 3 };

struct cli_example {
	const char *line;    /* as typed in a shell */
	const char *purpose; /* a few words */
};

/* What the exit status of a command tells. */
enum cli_ending {
	CLI_ENDS_BY_VERDICT,    /* all that scan's does */
	CLI_ENDS_BY_COMPARISON, /* the same, of two images */
	CLI_ENDS_WHEN_READ,     /* whether the input could be read, and nothing of what is in it */
	CLI_ENDS_WHEN_DONE,     /* there is no image */
};

struct cli_command {
	const char *name;
	const char *operands;    /* what stands behind the name, for people */
	const char *summary;     /* a few words, for lists */
	const char *description; /* sentences; the help screen wraps them */
	struct cli_example examples[CLI_EXAMPLES];
	const char *formats; /* those it has for -o, as "a, b"; NULL: all of a report */
	enum cli_scope scope;
	enum cli_ending ending;
	bool rare; /* the screen of the program has its name only */
	bool wary; /* takes no settings from the folder it stands in */
	/* Does the work and says on standard error what went wrong. NULL for the program itself. */
	enum cli_exit (*run)(const struct cli_arguments *arguments);
};

/* `silt` itself, as typed without a command. */
extern const struct cli_command cli_program;

extern const struct cli_command cli_commands[];
extern const size_t cli_command_count;

/* NULL if there is no such command. */
const struct cli_command *cli_command_find(const char *name);

/* One sentence for a person who typed a command that does not exist. */
enum silt_status cli_command_unknown(const char *name, struct silt_error *err);

#endif
