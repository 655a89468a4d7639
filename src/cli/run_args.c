/* `silt run-args`: one image is audited, and what it can bear is printed. */
#include "cli/run_args.h"

#include "cli/confined.h"
#include "cli/input.h"
#include "cli/jobs.h"
#include "cli/limits.h"
#include "cli/message.h"
#include "cli/targets.h"
#include "silt/silt.h"

struct run_args {
	const struct cli_arguments *arguments;
	struct cli_limits limits;
	unsigned jobs;
	struct cli_targets targets;
	struct cli_input input; /* owns */
};

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

/* What the sink refuses is told by its owner. */
static enum silt_status write_args(const struct silt_result *result, enum silt_format format,
				   struct cli_handover *handover, struct silt_error *err)
{
	struct silt_error why = {0};
	const enum silt_status status = silt_run_args_write(result, 0, format, handover->sinks[0], &why);
	handover->complete = status == SILT_OK;
	if (status != SILT_OK && status != SILT_ERR_IO) {
		return cli_fail(err, status, "%s: %s", silt_result_name(result), why.text);
	}
	return status;
}

static enum silt_status read_target(struct run_args *run, struct silt_error *err)
{
	const enum silt_status status = cli_targets_read(run->arguments, SILT_FORMAT_TEXT, false, &run->targets, err);
	const enum silt_format format = run->targets.items[0].format;
	if (status == SILT_OK &&
	    (run->targets.count > 1 || (format != SILT_FORMAT_TEXT && format != SILT_FORMAT_JSON))) {
		return cli_fail(err, SILT_ERR_USAGE, "run-args has one --output, and it is text or json.");
	}
	return status;
}

static enum silt_status check_arguments(struct run_args *run, struct silt_error *err)
{
	const struct cli_arguments *arguments = run->arguments;
	if (arguments->operand_count != 1) {
		return cli_fail(err, SILT_ERR_USAGE,
				"run-args needs one input: a file, a folder, or - for standard "
				"input.");
	}
	enum silt_status status = cli_input_check(arguments, err);
	if (status == SILT_OK) {
		status = read_target(run, err);
	}
	if (status == SILT_OK) {
		status = cli_limits_read(&run->limits, arguments, err);
	}
	if (status == SILT_OK) {
		status = cli_jobs_read(arguments, &run->jobs, err);
	}
	return status;
}

/* A result that is incomplete still gives its options; that they may be wrong is said, and told by the status. */
static enum cli_exit print(const struct run_args *run, const struct silt_result *result, struct cli_handover *handover,
			   struct silt_error *err)
{
	enum silt_status status = demand_one(result, run->input.word, err);
	if (status == SILT_OK) {
		status = write_args(result, run->targets.items[0].format, handover, err);
	}
	if (status != SILT_OK) {
		return cli_exit_of_status(status);
	}
	if (silt_result_coverage(result)->complete) {
		return CLI_EXIT_CLEAN;
	}
	cli_say("%s: not all of it could be read (silt scan says what): the options may be wrong.",
		cli_printable(run->input.word).text);
	return CLI_EXIT_INCOMPLETE;
}

/* Confined. */
static enum cli_exit audit_and_print(void *ctx, struct cli_handover *handover)
{
	const struct run_args *run = ctx;
	const struct silt_options options = {.jobs = run->jobs, .cache = handover->cache};
	struct silt_error err = {0}, why = {0};
	struct silt_result *result = NULL;
	const enum silt_status status =
		cli_input_audit(run->arguments, &run->limits, &run->input, options, &result, &why);
	enum cli_exit exit = cli_exit_of_status(status);
	if (status != SILT_OK) {
		(void)cli_fail(&err, status, "%s: %s", cli_printable(run->input.word).text, why.text);
	} else {
		exit = print(run, result, handover, &err);
	}
	if (err.status != SILT_OK) {
		cli_say("%s", err.text);
	}
	silt_result_free(result);
	return exit;
}

static enum silt_status open_input(struct run_args *run, struct silt_error *err)
{
	const char *word = run->arguments->operands[0];
	struct silt_error why = {0};
	const enum silt_status status = cli_input_open(word, &run->input, &why);
	return status != SILT_OK ? cli_fail(err, status, "%s: %s", cli_printable(word).text, why.text)
				 : silt_prepare(err);
}

enum cli_exit cli_run_args(const struct cli_arguments *arguments)
{
	struct run_args run = {.arguments = arguments, .input.fd = -1};
	struct silt_error err = {0};
	enum silt_status status = check_arguments(&run, &err);
	if (status == SILT_OK) {
		status = open_input(&run, &err);
	}
	enum cli_exit exit = cli_exit_of_status(status);
	if (status == SILT_OK) {
		const struct cli_confined confined = {
			.work = audit_and_print,
			.ctx = &run,
			.open = arguments->given[CLI_OPTION_NO_SANDBOX],
			.needs = {.folders = &run.input.fd, .folder_count = run.input.folder ? 1 : 0},
			.hang_seconds = cli_limits_value(&run.limits, "hang-seconds"),
			.cache = arguments->values[CLI_OPTION_CACHE],
			.targets = &run.targets,
		};
		exit = cli_confined_run(&confined).status;
	} else {
		cli_say("%s", err.text);
	}
	cli_input_close(&run.input);
	return exit;
}
