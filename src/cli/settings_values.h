/* What may stand behind a setting. */
#ifndef SILT_CLI_SETTINGS_VALUES_H
#define SILT_CLI_SETTINGS_VALUES_H

#include "cli/parse.h"
#include "cli/settings_file.h"

/* true, yes, 1; false, no, 0; also True, TRUE and so on. False, and `*on` is so too, for anything else. */
bool cli_setting_flag(const char *text, bool *on);

/* SILT_ERR_USAGE, or what its reader says, if the command would refuse `--NAME text`. */
enum silt_status cli_setting_check(enum cli_option_id id, const char *text, struct silt_error *err);

/* The part of an argument of an option that is the name of a file; NULL: none is. */
const char *cli_file_part(const struct cli_option *option, const char *text);

/*
 * The argument that `text` of a settings file stands for: names of files are as seen from the folder of the settings.
 * The caller frees it. What a local file names has to lie in its folder, whatever links there are: SILT_ERR_USAGE.
 */
enum silt_status cli_setting_argument(const struct cli_settings_file *file, const struct cli_option *option,
				      const char *text, char **out, struct silt_error *err);

#endif
