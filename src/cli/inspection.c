/* From the command line of an inspection to its output. */
#include "cli/inspection.h"

#include "cli/input.h"
#include "cli/jobs.h"
#include "cli/limits.h"
#include "cli/message.h"
#include "cli/spool.h"
#include "cli/targets.h"
#include "cli/terminal.h"

#include <string.h>
#include <unistd.h>

/* One inspection at work. */
struct run {
	const struct cli_inspection *of;
	struct cli_limits limits;
	unsigned jobs;
	struct cli_targets targets;
	char format[CLI_FORMAT_SIZE];
	bool terminal; /* standard output is one, of whatever width */
	bool colour;
	unsigned width;
	struct cli_input input; /* owns */
	int spool;              /* owns; -1: none */
};

/* ---- The command line ---------------------------------------------------------------------------------------------- */

static enum silt_status read_target(struct run *run, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	if (run->of->formats != NULL) {
		status = cli_target_read_one(run->of->arguments, run->of->name, run->of->formats, &run->targets,
					     run->format, err);
	} else {
		run->targets = (struct cli_targets){.count = 1};
	}
	run->terminal = isatty(STDOUT_FILENO) == 1;
	run->colour = cli_terminal_is_smart(STDOUT_FILENO) && !cli_terminal_wants_no_colour();
	run->width = cli_terminal_columns(STDOUT_FILENO);
	return status;
}

static enum silt_status check_arguments(struct run *run, struct silt_error *err)
{
	const struct cli_arguments *arguments = run->of->arguments;
	if (arguments->operand_count < run->of->operands_min || arguments->operand_count > run->of->operands_max) {
		return cli_fail(err, SILT_ERR_USAGE, "%s", run->of->demand);
	}
	enum silt_status status = cli_input_check(arguments, err);
	if (status == SILT_OK) {
		status = read_target(run, err);
	}
	if (status == SILT_OK) {
		status = cli_limits_read(&run->limits, arguments, err);
	}
	return status == SILT_OK ? cli_jobs_read(arguments, &run->jobs, err) : status;
}

static enum silt_status open_input(struct run *run, struct silt_error *err)
{
	const char *word = run->of->arguments->operands[0];
	struct silt_error why = {0};
	enum silt_status status = cli_input_open(word, &run->input, &why);
	if (status != SILT_OK) {
		return cli_fail(err, status, "%s: %s", cli_printable(word).text, why.text);
	}
	if (run->of->digs && run->input.pipe) {
		status = cli_spool_open(&run->spool, err);
	}
	return status == SILT_OK ? silt_prepare(err) : status;
}

/* ---- Confined ------------------------------------------------------------------------------------------------------ */

/* What an image is called, to choose it by: its first name, else the start of its digest, else its platform. */
static const char *name_of(const struct silt_image *image)
{
	if (image->name_count > 0) {
		return image->names[0];
	}
	return image->config_digest[0] != '\0' ? image->config_digest : image->platform;
}

enum silt_status cli_only_image(const struct silt_result *result, const struct silt_image **out, struct silt_error *err)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	if (count == 0) {
		return cli_fail(err, SILT_ERR_INPUT, "there is no image in it.");
	}
	if (count > 1) {
		return cli_fail(err, SILT_ERR_USAGE,
				"it holds %zu images: choose one by --image or --platform, such as --image %s%s%s.",
				count, name_of(&images[0]), images[0].platform[0] != '\0' ? " --platform " : "",
				images[0].platform);
	}
	*out = images;
	return SILT_OK;
}

/* Whether a sink refused: its owner says why, and nobody else has to. */
struct watched_sink {
	struct silt_sink inner;
	bool refused;
};

static bool write_watched(void *ctx, const void *bytes, size_t size)
{
	struct watched_sink *sink = ctx;
	sink->refused = sink->refused || !sink->inner.write(sink->inner.ctx, bytes, size);
	return !sink->refused;
}

static enum silt_status tell(const struct run *run, struct silt_bundle *bundle, const struct silt_result *result,
			     struct cli_handover *handover, bool *told_whole, struct silt_error *err)
{
	struct cli_inspected what = {.bundle = bundle,
				     .result = result,
				     .format = run->format,
				     .terminal = run->targets.items[0].path == NULL && run->terminal,
				     .colour = run->targets.items[0].path == NULL && run->colour,
				     .width = run->targets.items[0].path == NULL ? run->width : 0,
				     .handover = handover,
				     .whole = told_whole};
	struct watched_sink sink = {.inner = handover->sinks[0]};
	enum silt_status status = run->of->one_image ? cli_only_image(result, &what.image, err) : SILT_OK;
	if (status == SILT_OK) {
		status = run->of->tell(run->of->ctx, &what, (struct silt_sink){write_watched, &sink}, err);
	}
	if (sink.refused) {
		err->text[0] = '\0';
	}
	handover->complete = status == SILT_OK;
	return status;
}

/* What came of it, beside its status. */
struct outcome {
	bool cut;        /* not all of the input could be read */
	bool no_image;   /* in what could be read */
	bool told_whole; /* nothing of what could be read is missing in what was told */
};

static enum silt_status read_and_tell(const struct run *run, struct cli_handover *handover, struct outcome *outcome,
				      struct silt_error *err)
{
	size_t images;
	struct cli_waiting waiting;
	struct silt_bundle *bundle = NULL;
	struct silt_result *result = NULL;
	struct silt_options options = run->of->options;
	options.jobs = run->jobs;
	options.cache = run->of->cached ? handover->cache : NULL;
	enum silt_status status = cli_input_bundle(&run->input, &run->limits, &waiting, &bundle, err);
	if (status == SILT_OK && run->spool >= 0) {
		status = silt_bundle_set_spool(bundle, run->spool, err);
	}
	if (status == SILT_OK) {
		status = cli_input_read(run->of->arguments, &run->limits, &run->input, bundle, options, &result, err);
	}
	if (status == SILT_OK) {
		(void)silt_result_images(result, &images);
		outcome->cut = !silt_result_coverage(result)->complete;
		outcome->no_image = images == 0;
		status = tell(run, bundle, result, handover, &outcome->told_whole, err);
	}
	silt_result_free(result);
	silt_bundle_free(bundle);
	return status;
}

/* The end of an archive often says which images it has: without that, what else is there can still be looked at. */
static void say_doubt(const struct run *run, bool lost)
{
	cli_say("%s: not all of it could be read (silt scan says what): %s.", cli_printable(run->input.word).text,
		lost ? "images may be missing. silt strings, silt carve and silt cat INPUT member:NAME need no image"
		     : run->of->doubt);
}

/* A pipe is kept in a file, which may have no room. */
static void say_failure(const struct run *run, const struct silt_error *why)
{
	cli_say("%s: %s", cli_printable(run->input.word).text, why->text);
	if (why->status == SILT_ERR_IO && run->spool >= 0) {
		cli_say("what comes through a pipe is kept in TMPDIR, or in /tmp, to be read twice: there must be room "
			"for "
			"all of it.");
	}
}

static enum cli_exit work(void *ctx, struct cli_handover *handover)
{
	const struct run *run = ctx;
	struct silt_error why = {0};
	struct outcome outcome = {.told_whole = true};
	const enum silt_status status = read_and_tell(run, handover, &outcome, &why);
	const bool told = status != SILT_OK && why.text[0] != '\0';
	if (told) {
		say_failure(run, &why);
	}
	/* What is not found may be in what is missing. */
	if ((told || status == SILT_OK) && outcome.cut) {
		say_doubt(run, told && outcome.no_image);
	}
	const enum cli_exit exit = cli_exit_of_status(status);
	return outcome.cut || !outcome.told_whole ? cli_exit_worse(exit, CLI_EXIT_INCOMPLETE) : exit;
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

static enum cli_exit run_confined(struct run *run)
{
	const struct cli_arguments *arguments = run->of->arguments;
	const struct cli_confined confined = {
		.work = work,
		.ctx = run,
		.open = arguments->given[CLI_OPTION_NO_SANDBOX],
		.needs = {.folders = &run->input.fd, .folder_count = run->input.folder ? 1 : 0},
		.hang_seconds = cli_limits_value(&run->limits, "hang-seconds"),
		.cache = run->of->cached ? arguments->values[CLI_OPTION_CACHE] : NULL,
		.targets = &run->targets,
		.vault = run->of->vault,
	};
	return cli_confined_run(&confined).status;
}

enum cli_exit cli_inspect(const struct cli_inspection *inspection)
{
	struct run run = {.of = inspection, .input.fd = -1, .spool = -1};
	struct silt_error err = {0};
	enum silt_status status = check_arguments(&run, &err);
	if (status == SILT_OK) {
		status = open_input(&run, &err);
	}
	enum cli_exit exit = cli_exit_of_status(status);
	if (status == SILT_OK) {
		exit = run_confined(&run);
	} else {
		cli_say("%s", err.text);
	}
	cli_spool_close(run.spool);
	cli_input_close(&run.input);
	return exit;
}
