/* How settings are called, in files and in the environment, and what to say of names that set nothing. */
#ifndef SILT_CLI_SETTINGS_KEYS_H
#define SILT_CLI_SETTINGS_KEYS_H

#include "cli/options.h"
#include "cli/settings_file.h"

enum { CLI_VARIABLE_SIZE = 48 };

/* SILT_ and the name of an option in capitals, with '_' for '-'. */
struct cli_variable {
	char text[CLI_VARIABLE_SIZE];
};

struct cli_variable cli_variable_of(const struct cli_option *option);

/* The value of the variable of an option; NULL if it is not set, or empty. */
const char *cli_variable_value(const struct cli_option *option);

/* Says of each variable SILT_* that sets nothing that it does not. */
void cli_variables_check(void);

/* Says of each key that sets nothing that it does not. SILT_ERR_USAGE for one that a local file may not set. */
enum silt_status cli_settings_check_keys(const struct cli_settings_file *file, struct silt_error *err);

#endif
