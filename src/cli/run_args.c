/* `silt run-args`: one image is audited, and what it can bear is printed. */
#include "cli/run_args.h"

#include "cli/input.h"
#include "cli/limits.h"
#include "cli/message.h"
#include "cli/output.h"
#include "silt/silt.h"

/* What an image is called, to choose it by: its first name, else the start of its digest, else its platform. */
static const char *name_of(const struct silt_image *image)
{
	if (image->name_count > 0) {
		return image->names[0];
	}
	return image->config_digest[0] != '\0' ? image->config_digest : image->platform;
}

static enum silt_status demand_one(const struct silt_result *result, const char *input, struct silt_error *err)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	const char *shown = cli_printable(input).text;
	if (count == 0) {
		return cli_fail(err, SILT_ERR_INPUT, "%s: there is no image in it.", shown);
	}
	if (count > 1) {
		return cli_fail(err, SILT_ERR_USAGE,
				"%s holds %zu images: choose one by --image or --platform, such as --image %s%s%s.",
				shown, count, name_of(&images[0]), images[0].platform[0] != '\0' ? " --platform " : "",
				images[0].platform);
	}
	return SILT_OK;
}

static enum silt_status write_args(const struct silt_result *result, enum silt_format format, const char *path,
				   struct silt_error *err)
{
	struct cli_output output;
	struct silt_error why = {0};
	enum silt_status status = cli_output_open(&output, path, false, err);
	if (status == SILT_OK) {
		status = silt_run_args_write(result, 0, format, cli_output_sink(&output), &why);
		if (status == SILT_ERR_IO) {
			status = cli_output_refused(&output, err);
		} else if (status != SILT_OK) {
			status = cli_fail(err, status, "%s: %s", silt_result_name(result), why.text);
		}
	}
	if (status == SILT_OK) {
		status = cli_output_commit(&output, err);
	}
	cli_output_done(&output);
	return status;
}

static enum silt_status check_arguments(const struct cli_arguments *arguments, struct cli_limits *limits,
					struct silt_error *err)
{
	const char *path = arguments->values[CLI_OPTION_OUTPUT];
	if (arguments->operand_count != 1) {
		return cli_fail(err, SILT_ERR_USAGE,
				"run-args needs one input: a file, a folder, or - for standard "
				"input.");
	}
	if (path != NULL && cli_output_is_input(path, arguments->operands[0])) {
		return cli_fail(err, SILT_ERR_USAGE, "--output %s is the input: what is printed would take its place.",
				cli_printable(path).text);
	}
	enum silt_status status = cli_input_check(arguments, err);
	if (status == SILT_OK) {
		status = cli_limits_read(limits, arguments, err);
	}
	return status == SILT_OK ? cli_output_check(path, err) : status;
}

/* A result that is incomplete still gives its options; that they may be wrong is said, and told by the status. */
static enum cli_exit print(const struct cli_arguments *arguments, const struct silt_result *result,
			   struct silt_error *err)
{
	enum silt_format format;
	enum silt_status status = demand_one(result, arguments->operands[0], err);
	if (status == SILT_OK && !silt_format_parse(arguments->values[CLI_OPTION_FORMAT], &format)) {
		status = cli_fail(err, SILT_ERR_INTERNAL, "the library does not know a format of the option table.");
	}
	if (status == SILT_OK) {
		status = write_args(result, format, arguments->values[CLI_OPTION_OUTPUT], err);
	}
	if (status != SILT_OK) {
		return cli_exit_of_status(status);
	}
	if (silt_result_coverage(result)->complete) {
		return CLI_EXIT_CLEAN;
	}
	cli_say("%s: not all of it could be read (silt scan says what): the options may be wrong.",
		cli_printable(arguments->operands[0]).text);
	return CLI_EXIT_INCOMPLETE;
}

enum cli_exit cli_run_args(const struct cli_arguments *arguments)
{
	struct cli_limits limits = {0};
	struct silt_error err = {0};
	struct silt_result *result = NULL;
	enum cli_exit exit = cli_exit_of_status(check_arguments(arguments, &limits, &err));
	const struct silt_options options = {.limits = limits.items, .limit_count = limits.count};
	if (exit == CLI_EXIT_CLEAN) {
		struct silt_error why = {0};
		const enum silt_status status =
			cli_input_audit(arguments, arguments->operands[0], options, &result, &why);
		exit = cli_exit_of_status(status);
		if (status != SILT_OK) {
			(void)cli_fail(&err, status, "%s: %s", cli_printable(arguments->operands[0]).text, why.text);
		}
	}
	if (exit == CLI_EXIT_CLEAN) {
		exit = print(arguments, result, &err);
	}
	if (err.status != SILT_OK) {
		cli_say("%s", err.text);
	}
	silt_result_free(result);
	return exit;
}
