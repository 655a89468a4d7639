/* `silt diff`: OLD is audited, then NEW with the secrets of OLD to look for, and what became of all of it is told. */
#include "cli/diff.h"

#include "cli/input.h"
#include "cli/jobs.h"
#include "cli/limits.h"
#include "cli/message.h"
#include "cli/policy_files.h"
#include "cli/reports.h"
#include "cli/rule_files.h"
#include "silt/silt.h"

#include <stdlib.h>

enum { OLD, NEW, SIDES };

/* One of the two. What the child makes of it stays in the child. */
struct side {
	struct cli_input input;           /* owns */
	struct silt_result *result;       /* owns */
	struct silt_judgement *judgement; /* owns */
};

struct diff {
	const struct cli_arguments *arguments;
	struct cli_limits limits;
	unsigned jobs;
	struct silt_rules *rules;   /* owns; NULL: those that silt ships */
	struct silt_policy *policy; /* owns */
	struct cli_reports reports;
	struct side sides[SIDES];
	int folders[SIDES]; /* borrows: descriptors of those that are folders */
	size_t folder_count;
};

/* ---- The command line ---------------------------------------------------------------------------------------------- */

static enum silt_status check_formats(const struct cli_targets *targets, struct silt_error *err)
{
	for (size_t i = 0; i < targets->count; i++) {
		const enum silt_format format = targets->items[i].format;
		if (format != SILT_FORMAT_TEXT && format != SILT_FORMAT_JSON && format != SILT_FORMAT_MARKDOWN) {
			return cli_fail(err, SILT_ERR_USAGE,
					"diff writes text, json or markdown, and --output asks for %s.",
					silt_format_name(format));
		}
	}
	return SILT_OK;
}

static enum silt_status check_arguments(const struct cli_arguments *arguments, struct silt_error *err)
{
	if (arguments->operand_count != SIDES) {
		return cli_fail(err, SILT_ERR_USAGE,
				"diff needs two inputs, OLD and NEW: files, folders, or - for standard input.");
	}
	return cli_input_check(arguments, err);
}

/* There is no choice of checks: what nobody looked for in OLD would not be looked for in NEW either. */
static enum silt_status read_judge(struct diff *diff, struct silt_error *err)
{
	const struct cli_arguments *arguments = diff->arguments;
	const bool own_rules = arguments->given[CLI_OPTION_RULES] || arguments->given[CLI_OPTION_NO_DEFAULT_RULES];
	enum silt_status status = own_rules ? cli_rules_read(arguments, &diff->rules, err) : SILT_OK;
	return status == SILT_OK
		       ? cli_policy_read(arguments, diff->rules, diff->reports.options.now, &diff->policy, err)
		       : status;
}

static enum silt_status read_options(struct diff *diff, struct silt_error *err)
{
	enum silt_status status = cli_reports_read(&diff->reports, diff->arguments, SILT_FORMAT_TEXT, false, err);
	if (status == SILT_OK) {
		status = check_formats(&diff->reports.targets, err);
	}
	if (status == SILT_OK) {
		status = cli_limits_read(&diff->limits, diff->arguments, err);
	}
	if (status == SILT_OK) {
		status = cli_jobs_read(diff->arguments, &diff->jobs, err);
	}
	return status == SILT_OK ? read_judge(diff, err) : status;
}

/* Without both there is nothing to compare. */
static enum silt_status open_sides(struct diff *diff, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SIDES && status == SILT_OK; i++) {
		const char *word = diff->arguments->operands[i];
		struct silt_error why = {0};
		status = cli_input_open(word, &diff->sides[i].input, &why);
		if (status != SILT_OK) {
			return cli_fail(err, status, "%s: %s", cli_printable(word).text, why.text);
		}
		if (diff->sides[i].input.folder) {
			diff->folders[diff->folder_count++] = diff->sides[i].input.fd;
		}
	}
	return silt_prepare(err);
}

/* ---- Confined ------------------------------------------------------------------------------------------------------ */

static struct silt_options options_of(const struct diff *diff)
{
	size_t allowed_count;
	const struct silt_base *allowed = silt_policy_bases(diff->policy, &allowed_count);
	return (struct silt_options){.rules = diff->rules,
				     .now = diff->reports.options.now,
				     .allowed_bases = allowed,
				     .allowed_base_count = allowed_count,
				     .lint = diff->arguments->given[CLI_OPTION_LINT],
				     .jobs = diff->jobs,
				     .keep_digests = true};
}

static enum silt_status audit_side(struct diff *diff, size_t number, const struct silt_options *options,
				   struct silt_error *err)
{
	struct side *side = &diff->sides[number];
	struct silt_error why = {0};
	enum silt_status status =
		cli_input_audit(diff->arguments, &diff->limits, &side->input, *options, &side->result, &why);
	if (status == SILT_OK) {
		status = silt_judge(side->result, diff->policy, &side->judgement, &why);
	}
	return status == SILT_OK ? SILT_OK
				 : cli_fail(err, status, "%s: %s", cli_printable(side->input.word).text, why.text);
}

/* NEW comes second: what OLD had is looked for in it. */
static enum silt_status audit_both(struct diff *diff, struct silt_error *err)
{
	struct silt_options options = options_of(diff);
	struct silt_bytes *wanted = NULL;
	options.keep_secrets = true;
	options.mask_names = true;
	enum silt_status status = audit_side(diff, OLD, &options, err);
	if (status == SILT_OK) {
		status = silt_comparison_wanted(diff->sides[OLD].result, &wanted, &options.wanted_count, err);
	}
	if (status == SILT_OK) {
		options.keep_secrets = false;
		options.wanted = wanted;
		status = audit_side(diff, NEW, &options, err);
	}
	free(wanted);
	return status;
}

static enum silt_status write_targets(const struct diff *diff, const struct silt_comparison *comparison,
				      struct cli_handover *handover, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < diff->reports.targets.count && status == SILT_OK; i++) {
		struct silt_error why = {0};
		const struct silt_report_options options = cli_report_options(&diff->reports, i);
		status = silt_comparison_write(comparison, &options, handover->sinks[i], &why);
		if (status != SILT_OK && status != SILT_ERR_IO) {
			return cli_fail(err, status, "%s.", why.text);
		}
	}
	handover->complete = status == SILT_OK;
	return status;
}

static enum cli_exit exit_of(enum silt_comparison_verdict verdict)
{
	switch (verdict) {
	case SILT_COMPARISON_FREE:
		return CLI_EXIT_CLEAN;
	case SILT_COMPARISON_WORSE:
		return CLI_EXIT_FINDINGS;
	case SILT_COMPARISON_INCOMPLETE:
		break;
	}
	return CLI_EXIT_INCOMPLETE;
}

static enum silt_status compare(struct diff *diff, struct cli_handover *handover, enum cli_exit *exit,
				struct silt_error *err)
{
	struct silt_comparison *comparison = NULL;
	struct silt_error why = {0};
	enum silt_status status =
		silt_compare(diff->sides[OLD].judgement, diff->sides[NEW].judgement, NULL, &comparison, &why);
	if (status != SILT_OK) {
		return cli_fail(err, status, "%s.", why.text);
	}
	*exit = exit_of(comparison->verdict);
	status = write_targets(diff, comparison, handover, err);
	silt_comparison_free(comparison);
	return status;
}

static enum cli_exit audit_and_compare(void *ctx, struct cli_handover *handover)
{
	struct diff *diff = ctx;
	struct silt_error err = {0};
	enum cli_exit exit = CLI_EXIT_CLEAN;
	enum silt_status status = audit_both(diff, &err);
	if (status == SILT_OK) {
		status = compare(diff, handover, &exit, &err);
	}
	if (err.status != SILT_OK) {
		cli_say("%s", err.text);
	}
	for (size_t i = 0; i < SIDES; i++) {
		silt_judgement_free(diff->sides[i].judgement);
		silt_result_free(diff->sides[i].result);
	}
	return cli_exit_worse(exit, cli_exit_of_status(status));
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

static enum cli_exit compare_confined(struct diff *diff)
{
	const struct cli_confined confined = {
		.work = audit_and_compare,
		.ctx = diff,
		.open = diff->arguments->given[CLI_OPTION_NO_SANDBOX],
		.needs = {.folders = diff->folders, .folder_count = diff->folder_count},
		.hang_seconds = cli_limits_value(&diff->limits, "hang-seconds"),
		.targets = &diff->reports.targets,
	};
	return cli_confined_run(&confined).status;
}

static void diff_done(struct diff *diff)
{
	for (size_t i = 0; i < SIDES; i++) {
		cli_input_close(&diff->sides[i].input);
	}
	silt_policy_free(diff->policy);
	silt_rules_free(diff->rules);
}

enum cli_exit cli_diff(const struct cli_arguments *arguments)
{
	struct diff diff = {.arguments = arguments, .sides = {{.input.fd = -1}, {.input.fd = -1}}};
	struct silt_error err = {0};
	enum silt_status status = check_arguments(arguments, &err);
	if (status == SILT_OK) {
		status = read_options(&diff, &err);
	}
	if (status == SILT_OK) {
		status = open_sides(&diff, &err);
	}
	enum cli_exit exit = cli_exit_of_status(status);
	if (status == SILT_OK) {
		exit = compare_confined(&diff);
	} else {
		cli_say("%s", err.text);
	}
	diff_done(&diff);
	return exit;
}
