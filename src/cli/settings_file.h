/* The settings file: which one is used, and reading it. */
#ifndef SILT_CLI_SETTINGS_FILE_H
#define SILT_CLI_SETTINGS_FILE_H

#include "cli/options.h"
#include "silt/settings.h"

#include <limits.h>
#include <stddef.h>

/* One that belongs to the folder silt stands in, and thus to whoever wrote that: perhaps who wants to pass a review. */
#define CLI_SETTINGS_LOCAL "./.silt.yaml"

enum { CLI_SETTINGS_PLACES = 3 };

struct cli_settings_file {
	char path[PATH_MAX];                        /* "": none is used */
	bool local;                                 /* it is CLI_SETTINGS_LOCAL, and nobody named it */
	struct silt_settings *settings;             /* owns; NULL: none */
	char places[CLI_SETTINGS_PLACES][PATH_MAX]; /* that are looked at, in their order */
	size_t place_count;                         /* 0: a file was named, or that none be used */
};

/*
 * Reads the file `named` ("none": no file), or with NULL the first that is there: CLI_SETTINGS_LOCAL unless `wary`, of
 * the user, of the system. SILT_ERR_IO for one that is named or there and cannot be read; SILT_ERR_USAGE for one that is
 * no settings file, and for a setting that CLI_SETTINGS_LOCAL may not have. Says which of its settings mean nothing.
 */
enum silt_status cli_settings_file_find(const char *named, bool wary, struct cli_settings_file *out,
					struct silt_error *err);
void cli_settings_file_done(struct cli_settings_file *file);

/* The setting of that name, or NULL. */
const struct silt_setting *cli_settings_file_get(const struct cli_settings_file *file, const char *key);

#endif
