/*
 * Settings: what options are set to by a file and by variables of the environment, where the command line says nothing.
 *
 * An option of the command line goes before a variable, and that before the file. The arguments of one of them take the
 * place of those of a lower one, also if an option may be given several times.
 */
#ifndef SILT_CLI_SETTINGS_H
#define SILT_CLI_SETTINGS_H

#include "cli/parse.h"
#include "cli/settings_file.h"

/* From lowest to highest. */
enum cli_source {
	CLI_SOURCE_DEFAULT,
	CLI_SOURCE_FILE,
	CLI_SOURCE_VARIABLE,
	CLI_SOURCE_FLAG,
};

/* Copied arguments, of all options together. */
enum { CLI_SETTINGS_TEXTS = CLI_REPEATED_MAX + CLI_OPTION_COUNT + 1 };

/* Zeroed: nothing is set. */
struct cli_settings {
	struct cli_settings_file file; /* owns */
	enum cli_source sources[CLI_OPTION_COUNT];
	unsigned lines[CLI_OPTION_COUNT]; /* of what the file sets */
	char *texts[CLI_SETTINGS_TEXTS];  /* own */
	size_t text_count;
};

struct cli_settings_request {
	unsigned scopes; /* options of which commands are set: bits of enum cli_scope */
	bool wary;       /* not by what stands in the current folder */
};

/* True if the option can be set for one of these commands. */
bool cli_settings_reach(const struct cli_option *option, unsigned scopes);

/*
 * Adds settings to the arguments of a command line, as if they had been given; `settings` owns them. SILT_ERR_USAGE or
 * SILT_ERR_IO with the place: see cli_settings_file_find, and for what a command line could not say either.
 */
enum silt_status cli_settings_apply(const struct cli_settings_request *request, struct cli_arguments *arguments,
				    struct cli_settings *settings, struct silt_error *err);
void cli_settings_done(struct cli_settings *settings);

/* Says on standard error what the file of the current folder has set: it is of whoever wrote that folder. */
void cli_settings_tell(const struct cli_settings *settings);

/* Says on standard error what was set at all, of a command line that was refused: the reason may be none of its words. */
void cli_settings_blame(const struct cli_settings *settings);

#endif
