/* Values of settings, judged by the readers of the options. */
#include "cli/settings_values.h"

#include "cli/jobs.h"
#include "cli/limits.h"
#include "cli/message.h"
#include "cli/names.h"
#include "cli/targets.h"
#include "silt/policy.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool cli_setting_flag(const char *text, bool *on)
{
	*on = cli_is_choice("true, True, TRUE, yes, Yes, YES, 1", text);
	return *on || cli_is_choice("false, False, FALSE, no, No, NO, 0", text);
}

/* ---- What the option table does not say --------------------------------------------------------------------------------- */

static enum silt_status check_output(const struct cli_arguments *arguments, struct silt_error *err)
{
	struct cli_targets targets;
	return cli_targets_read(arguments, SILT_FORMAT_TEXT, false, &targets, err);
}

static enum silt_status check_limit(const struct cli_arguments *arguments, struct silt_error *err)
{
	struct cli_limits limits;
	return cli_limits_read(&limits, arguments, err);
}

static enum silt_status check_jobs(const struct cli_arguments *arguments, struct silt_error *err)
{
	unsigned jobs;
	return cli_jobs_read(arguments, &jobs, err);
}

static enum silt_status check_names(const struct cli_arguments *arguments, struct silt_error *err)
{
	struct cli_names names;
	const enum silt_status status = cli_names_cut(&names, arguments, arguments->repeated[0].option, err);
	cli_names_done(&names);
	return status;
}

enum silt_status cli_setting_check(enum cli_option_id id, const char *text, struct silt_error *err)
{
	static const struct {
		enum cli_option_id id;
		enum silt_status (*check)(const struct cli_arguments *arguments, struct silt_error *err);
	} checks[] = {{CLI_OPTION_OUTPUT, check_output},
		      {CLI_OPTION_LIMIT, check_limit},
		      {CLI_OPTION_JOBS, check_jobs},
		      {CLI_OPTION_ONLY, check_names},
		      {CLI_OPTION_SKIP, check_names}};
	struct cli_arguments alone = {0};
	enum silt_status status = cli_arguments_take(id, text, &alone, err);
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]) && status == SILT_OK; i++) {
		status = checks[i].id == id ? checks[i].check(&alone, err) : SILT_OK;
	}
	return status;
}

/* ---- Files that settings name --------------------------------------------------------------------------------------------- */

const char *cli_file_part(const struct cli_option *option, const char *text)
{
	struct silt_policy_file shipped;
	const char *equals = NULL;
	switch (option->file) {
	case CLI_FILE_NONE:
		return NULL;
	case CLI_FILE_WHOLE:
		return text;
	case CLI_FILE_OR_POLICY:
		return silt_policy_shipped(text, &shipped) ? NULL : text;
	case CLI_FILE_OR_DIGESTS:
		return strncmp(text, "sha256:", strlen("sha256:")) == 0 ? NULL : text;
	case CLI_FILE_AFTER_FORMAT:
		equals = strchr(text, '=');
		return equals != NULL && strcmp(equals, "=-") != 0 ? equals + 1 : NULL;
	}
	return NULL;
}

static enum silt_status demand_inside(const char *path, struct silt_error *err)
{
	char folder[PATH_MAX], file[PATH_MAX];
	struct stat info;
	if (realpath(".", folder) == NULL || realpath(path, file) == NULL || stat(file, &info) != 0) {
		return cli_fail(err, SILT_ERR_IO, "%s: %s", cli_printable(path).text, strerror(errno));
	}
	const size_t len = strlen(folder);
	const bool inside = strncmp(file, folder, len) == 0 && (len == 1 || file[len] == '/');
	if (!inside || (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))) {
		return cli_fail(err, SILT_ERR_USAGE, "%s is not a file in this folder.", cli_printable(path).text);
	}
	return SILT_OK;
}

static enum silt_status judge_local(const struct cli_option *option, const char *text, const char *path,
				    struct silt_error *err)
{
	if (option->file == CLI_FILE_AFTER_FORMAT) {
		return cli_fail(err, SILT_ERR_USAGE, "'%s' would write a file: name a format only.",
				cli_printable(text).text);
	}
	return demand_inside(path, err);
}

/* `text` with the folder of `path` before its part that begins at `part`. */
static char *join(const char *path, const char *text, const char *part)
{
	const char *slash = strrchr(path, '/');
	const int folder = part[0] != '/' && *part != '\0' && slash != NULL ? (int)(slash + 1 - path) : 0;
	char *joined = NULL;
	const int length = asprintf(&joined, "%.*s%.*s%s", (int)(part - text), text, folder, path, part);
	return length >= 0 ? joined : NULL;
}

enum silt_status cli_setting_argument(const struct cli_settings_file *file, const struct cli_option *option,
				      const char *text, char **out, struct silt_error *err)
{
	const char *part = cli_file_part(option, text);
	char *argument = part != NULL ? join(file->path, text, part) : strdup(text);
	if (argument == NULL) {
		return cli_fail(err, SILT_ERR_MEMORY, "memory ran out.");
	}
	const bool judged = file->local && part != NULL && *part != '\0';
	const enum silt_status status = judged ? judge_local(option, text, argument, err) : SILT_OK;
	if (status != SILT_OK) {
		free(argument);
		return status;
	}
	*out = argument;
	return SILT_OK;
}
