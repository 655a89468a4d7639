/* From the words of a command line to the result of an audit. */
#include "cli/input.h"

#include "cli/message.h"
#include "cli/progress.h"

#include <string.h>
#include <unistd.h>

static bool is_standard_input(const char *input)
{
	return strcmp(input, "-") == 0;
}

/* "OS/ARCH" or "OS/ARCH/VARIANT", no part of it empty. */
static bool is_platform(const char *text)
{
	size_t parts = 0;
	for (;; text++) {
		const size_t len = strcspn(text, "/");
		if (len == 0) {
			return false;
		}
		parts++;
		text += len;
		if (*text == '\0') {
			return parts == 2 || parts == 3;
		}
	}
}

static enum silt_status check_standard_input(const struct cli_arguments *arguments, struct silt_error *err)
{
	size_t count = 0;
	for (size_t i = 0; i < arguments->operand_count; i++) {
		count += is_standard_input(arguments->operands[i]);
	}
	if (count > 1) {
		return cli_fail(err, SILT_ERR_USAGE, "standard input (-) can be read only once.");
	}
	if (count == 1 && isatty(STDIN_FILENO)) {
		return cli_fail(err, SILT_ERR_USAGE,
				"standard input is a terminal: pipe an image into it, as in "
				"'docker save app | silt scan -'.");
	}
	return SILT_OK;
}

enum silt_status cli_input_check(const struct cli_arguments *arguments, struct silt_error *err)
{
	const char *platform = arguments->values[CLI_OPTION_PLATFORM];
	if (platform != NULL && !is_platform(platform)) {
		return cli_fail(err, SILT_ERR_USAGE, "--platform needs OS/ARCH, such as linux/amd64, not '%s'.",
				cli_printable(platform).text);
	}
	return check_standard_input(arguments, err);
}

/* The terminal decides in the end. */
static bool wants_progress(const struct cli_arguments *arguments)
{
	return !arguments->given[CLI_OPTION_QUIET] && strcmp(arguments->values[CLI_OPTION_PROGRESS], "never") != 0;
}

static enum silt_status open_input(const char *input, const char *name, struct silt_bundle **out,
				   struct silt_error *err)
{
	struct silt_bundle *bundle = NULL;
	enum silt_status status = is_standard_input(input) ? silt_bundle_open_fd(STDIN_FILENO, input, &bundle, err)
							   : silt_bundle_open_path(input, &bundle, err);
	if (status == SILT_OK && name != NULL) {
		status = silt_bundle_set_name(bundle, name, err);
	}
	if (status != SILT_OK) {
		silt_bundle_free(bundle);
		return status;
	}
	*out = bundle;
	return SILT_OK;
}

enum silt_status cli_input_audit(const struct cli_arguments *arguments, const char *input, struct silt_options options,
				 struct silt_result **out, struct silt_error *err)
{
	struct silt_bundle *bundle = NULL;
	enum silt_status status = open_input(input, arguments->values[CLI_OPTION_NAME], &bundle, err);
	if (status != SILT_OK) {
		return status;
	}
	const struct cli_printable name = cli_printable(input);
	struct cli_progress progress = cli_progress_start(wants_progress(arguments), name.text);
	options.image = arguments->values[CLI_OPTION_IMAGE];
	options.platform = arguments->values[CLI_OPTION_PLATFORM];
	options.progress = cli_progress_update;
	options.progress_ctx = &progress;
	status = silt_audit(bundle, &options, out, err);
	cli_progress_erase(&progress);
	silt_bundle_free(bundle);
	return status;
}
