/* What takes several lines of the history to see: repeated settings, and matters of style. */
#include "audit/history_checks.h"

#include "base/attributes.h"

static enum silt_status tell_style(const struct silt_case *of, const struct silt_build *build,
				   struct silt_history_place place, const char *detail, struct silt_error *err)
{
	struct silt_telling telling = {
		.rule = "history-style",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.detail = detail,
	};
	return silt_tell_step(of, build, &telling, place, err);
}

/* ---- Settings that a later line replaces ----------------------------------------------------------------------------- */

/* Lines of the base are replaced on purpose, and look alike: where they are not known, nothing is told. */
static enum silt_status check_repeated(const struct silt_case *of, const struct silt_build *build,
				       enum silt_step_kind kind, const char *word, struct silt_error *err)
{
	size_t count = 0;
	for (size_t i = 0; i < build->count; i++) {
		count += build->steps[i].kind == kind && build->steps[i].heritage == SILT_HERITAGE_OWN;
	}
	struct silt_telling telling = {
		.rule = "history-repeated",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = word,
		.detail = silt_arena_printf(of->context->arena, "%zu lines set it; only the last one counts.", count),
	};
	enum silt_status status = telling.detail ? SILT_OK : silt_fail_memory(err);
	for (size_t i = 0; count > 1 && i < build->count && status == SILT_OK; i++) {
		const struct silt_step *step = &build->steps[i];
		if (step->kind == kind && step->heritage == SILT_HERITAGE_OWN) {
			status = silt_tell_line(of, &telling, step, err);
		}
	}
	return status;
}

/* ---- Style ------------------------------------------------------------------------------------------------------------ */

/* A pipe whose first command may fail unseen. */
static enum silt_status check_pipes(const struct silt_case *of, const struct silt_build *build,
				    const struct silt_step *step, struct silt_error *err)
{
	if (silt_bytes_find(step->arguments, SILT_LITERAL("pipefail")) != SIZE_MAX) {
		return SILT_OK;
	}
	for (size_t i = 0; i < step->command_count; i++) {
		if (step->commands[i].before == SILT_SHELL_PIPE && step->commands[i].depth == 0) {
			return tell_style(of, build, (struct silt_history_place){step, &step->commands[i]},
					  "What comes before the pipe may fail, and the build goes on; set -o pipefail "
					  "ends it.",
					  err);
		}
	}
	return SILT_OK;
}

static bool is_archive(struct silt_bytes name)
{
	return silt_bytes_find(name, SILT_LITERAL(".tar")) != SIZE_MAX ||
	       silt_bytes_end_with(name, SILT_LITERAL(".tgz"));
}

static bool unpacks(const struct silt_command *command, struct silt_bytes name)
{
	bool tar = silt_command_is(command, "tar bsdtar");
	for (size_t i = command->program + 1; tar && i < command->count; i++) {
		if (silt_bytes_equal(silt_path_basename(command->words[i].text), name)) {
			return true;
		}
	}
	return false;
}

/* True if a RUN from `step` on unpacks a file of that name. */
static bool is_unpacked(const struct silt_build *build, const struct silt_step *step, struct silt_bytes name)
{
	for (; step < build->steps + build->count; step++) {
		for (size_t i = 0; i < step->command_count; i++) {
			if (unpacks(&step->commands[i], name)) {
				return true;
			}
		}
	}
	return false;
}

static enum silt_status check_archive(const struct silt_case *of, const struct silt_build *build,
				      const struct silt_step *step, struct silt_error *err)
{
	struct silt_copy copy = silt_copy_read(step->arguments);
	struct silt_bytes name = silt_path_basename(copy.sources);
	bool one = silt_bytes_find_byte(copy.sources, ' ') == SIZE_MAX;
	if (!one || copy.hashed || !is_archive(name) || !is_unpacked(build, step, name)) {
		return SILT_OK;
	}
	return tell_style(of, build, (struct silt_history_place){step, NULL},
			  "A later RUN unpacks it; ADD does so without leaving the archive in a layer.", err);
}

static enum silt_status check_target(const struct silt_case *of, const struct silt_build *build,
				     const struct silt_step *step, bool has_workdir, struct silt_error *err)
{
	struct silt_copy copy = silt_copy_read(step->arguments);
	bool absolute = silt_bytes_begin(copy.target, "/") || silt_bytes_begin(copy.target, "$") ||
			silt_bytes_begin(copy.target, "\"");
	if (has_workdir || absolute || copy.target.len == 0 || silt_bytes_begin(copy.target, "[")) {
		return SILT_OK;
	}
	return tell_style(of, build, (struct silt_history_place){step, NULL},
			  "Its target is relative, and no WORKDIR comes before it.", err);
}

/* The first command that runs a program; NULL if there is none. */
static const struct silt_command *first_program(const struct silt_step *step)
{
	for (size_t i = 0; i < step->command_count; i++) {
		if (step->commands[i].program < step->commands[i].count) {
			return &step->commands[i];
		}
	}
	return NULL;
}

/* Reports a run of RUN lines at its first. */
static enum silt_status check_runs(const struct silt_case *of, const struct silt_build *build, size_t first,
				   struct silt_error *err)
{
	size_t end = first;
	while (end < build->count && build->steps[end].kind == SILT_STEP_RUN) {
		end++;
	}
	const struct silt_step *step = &build->steps[first];
	struct silt_history_place place = {step, first_program(step)};
	if (end - first < 2 || !place.command) {
		return SILT_OK;
	}
	const char *detail =
		silt_arena_printf(of->context->arena, "%zu RUN lines in a row; each makes a layer.", end - first);
	return detail ? tell_style(of, build, place, detail, err) : silt_fail_memory(err);
}

static bool follows_run(const struct silt_build *build, size_t number)
{
	return number > 0 && build->steps[number - 1].kind == SILT_STEP_RUN &&
	       silt_step_is_own(&build->steps[number - 1]);
}

static enum silt_status check_step(const struct silt_case *of, const struct silt_build *build, size_t number,
				   bool has_workdir, struct silt_error *err)
{
	const struct silt_step *step = &build->steps[number];
	enum silt_status status = SILT_OK;
	if (step->kind == SILT_STEP_RUN) {
		status = check_pipes(of, build, step, err);
		return status == SILT_OK && !follows_run(build, number) ? check_runs(of, build, number, err) : status;
	}
	if (step->kind == SILT_STEP_COPY) {
		status = check_archive(of, build, step, err);
		return status == SILT_OK ? check_target(of, build, step, has_workdir, err) : status;
	}
	return status;
}

enum silt_status silt_history_style(const struct silt_case *of, const struct silt_build *build, struct silt_error *err)
{
	static const struct {
		enum silt_step_kind kind;
		const char *word;
	} settings[] = {
		{SILT_STEP_CMD, "CMD"},
		{SILT_STEP_ENTRYPOINT, "ENTRYPOINT"},
		{SILT_STEP_HEALTHCHECK, "HEALTHCHECK"},
	};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SILT_COUNT(settings) && status == SILT_OK; i++) {
		status = check_repeated(of, build, settings[i].kind, settings[i].word, err);
	}
	bool has_workdir = false;
	for (size_t i = 0; i < build->count && status == SILT_OK; i++) {
		has_workdir = has_workdir || build->steps[i].kind == SILT_STEP_WORKDIR;
		if (silt_step_is_own(&build->steps[i])) {
			status = check_step(of, build, i, has_workdir, err);
		}
	}
	return status;
}
