/* `silt scan`: every input is audited, one report is written over all that worked. */
#include "cli/scan.h"

#include "cli/bases.h"
#include "cli/clock.h"
#include "cli/input.h"
#include "cli/limits.h"
#include "cli/message.h"
#include "cli/names.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/rule_files.h"
#include "cli/terminal.h"
#include "silt/silt.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct scan {
	const struct cli_arguments *arguments;
	enum silt_severity threshold;
	int64_t now;                           /* seconds since 1970 */
	struct cli_names only, skip;           /* own */
	struct cli_bases bases, allowed_bases; /* own */
	struct cli_limits limits;
	struct silt_rules *rules;     /* owns; NULL: those that silt ships */
	struct silt_result **results; /* owns; of the inputs that worked, in their order */
	size_t count;
	enum cli_exit status;
};

static enum silt_status check_output(const struct cli_arguments *arguments, struct silt_error *err)
{
	const char *path = arguments->values[CLI_OPTION_OUTPUT];
	for (size_t i = 0; path != NULL && i < arguments->operand_count; i++) {
		const char *input = arguments->operands[i];
		if (cli_output_is_input(path, input)) {
			return cli_fail(err, SILT_ERR_USAGE,
					"--output %s is the input %s: the report would take its place.",
					cli_printable(path).text, cli_printable(input).text);
		}
	}
	return SILT_OK;
}

/* What the option table cannot say. */
static enum silt_status check_arguments(const struct cli_arguments *arguments, struct silt_error *err)
{
	if (arguments->operand_count == 0) {
		return cli_fail(err, SILT_ERR_USAGE,
				"nothing to scan: name a file, a folder, or - for standard input.");
	}
	if (arguments->given[CLI_OPTION_NAME] && arguments->operand_count > 1) {
		return cli_fail(err, SILT_ERR_USAGE, "--name is for one input, and there are %zu.",
				arguments->operand_count);
	}
	const enum silt_status status = cli_input_check(arguments, err);
	return status == SILT_OK ? check_output(arguments, err) : status;
}

static enum silt_status audit_input(const struct scan *scan, const char *input, struct silt_result **out,
				    struct silt_error *err)
{
	const struct silt_options options = {.rules = scan->rules,
					     .now = scan->now,
					     .bases = scan->bases.items,
					     .base_count = scan->bases.count,
					     .allowed_bases = scan->allowed_bases.items,
					     .allowed_base_count = scan->allowed_bases.count,
					     .only = scan->only.items,
					     .only_count = scan->only.count,
					     .skip = scan->skip.items,
					     .skip_count = scan->skip.count,
					     .limits = scan->limits.items,
					     .limit_count = scan->limits.count,
					     .lint = scan->arguments->given[CLI_OPTION_LINT],
					     .keep_secrets = scan->arguments->given[CLI_OPTION_SHOW_SECRETS]};
	return cli_input_audit(scan->arguments, input, options, out, err);
}

/* One input that cannot be audited does not stop the others: it is named, and the exit status tells. */
static void audit_inputs(struct scan *scan)
{
	for (size_t i = 0; i < scan->arguments->operand_count; i++) {
		const char *input = scan->arguments->operands[i];
		struct silt_error err = {0};
		struct silt_result *result = NULL;
		const enum silt_status status = audit_input(scan, input, &result, &err);
		if (status != SILT_OK) {
			cli_say("%s: %s", cli_printable(input).text, err.text);
			scan->status = cli_exit_worse(scan->status, cli_exit_of_status(status));
			continue;
		}
		const enum silt_verdict verdict = silt_judge(result, scan->threshold);
		scan->status = cli_exit_worse(scan->status, cli_exit_of_verdict(verdict));
		scan->results[scan->count++] = result;
	}
}

static bool wants_colour(const struct cli_arguments *arguments)
{
	const char *when = arguments->values[CLI_OPTION_COLOR];
	if (strcmp(when, "auto") != 0) {
		return strcmp(when, "always") == 0;
	}
	return !arguments->given[CLI_OPTION_OUTPUT] && cli_terminal_is_smart(STDOUT_FILENO) &&
	       !cli_terminal_wants_no_colour();
}

static enum silt_status fill_report(const struct scan *scan, const struct silt_report_options *options,
				    struct cli_output *output, struct silt_error *err)
{
	/* C converts no pointer to an array of pointers to one of pointers to const by itself. */
	const struct silt_result *const *results = (const struct silt_result *const *)scan->results;
	struct silt_error why = {0};
	const enum silt_status status = silt_report_write(results, scan->count, options, cli_output_sink(output), &why);
	if (status == SILT_ERR_IO) {
		return cli_output_refused(output, err); /* only the sink knows what the system said */
	}
	return status != SILT_OK ? cli_fail(err, status, "%s", why.text) : SILT_OK;
}

static enum silt_status write_report(const struct scan *scan, struct silt_error *err)
{
	const struct cli_arguments *arguments = scan->arguments;
	const char *path = arguments->values[CLI_OPTION_OUTPUT];
	struct silt_report_options options = {.colour = wants_colour(arguments),
					      .width = path == NULL ? cli_terminal_columns(STDOUT_FILENO) : 0,
					      .threshold = scan->threshold,
					      .show_secrets = arguments->given[CLI_OPTION_SHOW_SECRETS],
					      .show_suppressed = arguments->given[CLI_OPTION_SHOW_SUPPRESSED],
					      .unread = arguments->operand_count - scan->count};
	if (!silt_format_parse(arguments->values[CLI_OPTION_FORMAT], &options.format)) {
		return cli_fail(err, SILT_ERR_INTERNAL, "the library does not know a format of the option table.");
	}
	struct cli_output output;
	enum silt_status status = cli_output_open(&output, path, options.show_secrets, err);
	if (status == SILT_OK) {
		status = fill_report(scan, &options, &output, err);
	}
	if (status == SILT_OK) {
		status = cli_output_commit(&output, err);
	}
	cli_output_done(&output);
	return status;
}

static uint64_t bytes_audited(const struct scan *scan)
{
	uint64_t bytes = 0;
	for (size_t i = 0; i < scan->count; i++) {
		bytes += silt_result_coverage(scan->results[i])->member_bytes;
	}
	return bytes;
}

/* What the options say that must be right before anything is read. */
static enum silt_status read_options(struct scan *scan, struct silt_error *err)
{
	const struct cli_arguments *arguments = scan->arguments;
	const char *output = arguments->values[CLI_OPTION_OUTPUT];
	const bool own_rules = arguments->given[CLI_OPTION_RULES] || arguments->given[CLI_OPTION_NO_DEFAULT_RULES];
	enum silt_status status = cli_output_check(output, err);
	if (status == SILT_OK && arguments->given[CLI_OPTION_SHOW_SECRETS]) {
		status = cli_output_demand_private(output, err);
	}
	if (status == SILT_OK) {
		status = cli_clock_today(&scan->now, err);
	}
	if (status == SILT_OK) {
		status = cli_limits_read(&scan->limits, arguments, err);
	}
	if (status == SILT_OK) {
		status = cli_names_cut(&scan->only, arguments, CLI_OPTION_ONLY, err);
	}
	if (status == SILT_OK) {
		status = cli_names_cut(&scan->skip, arguments, CLI_OPTION_SKIP, err);
	}
	if (status == SILT_OK) {
		status = cli_bases_read(&scan->bases, "base", arguments->values[CLI_OPTION_BASE], err);
	}
	if (status == SILT_OK) {
		status = cli_bases_read(&scan->allowed_bases, "allowed-bases",
					arguments->values[CLI_OPTION_ALLOWED_BASES], err);
	}
	if (status == SILT_OK && own_rules) {
		status = cli_rules_read(arguments, &scan->rules, err);
	}
	return status;
}

/* Audits and reports. On failure `err` holds what could not be done; scan->status has what the inputs gave. */
static enum silt_status run(struct scan *scan, struct silt_error *err)
{
	const struct cli_arguments *arguments = scan->arguments;
	const bool quiet = arguments->given[CLI_OPTION_QUIET];
	enum silt_status status = read_options(scan, err);
	if (status != SILT_OK) {
		return status;
	}
	scan->results = calloc(arguments->operand_count, sizeof(struct silt_result *));
	if (scan->results == NULL) {
		return cli_fail(err, SILT_ERR_MEMORY, "memory ran out.");
	}
	const int64_t start = cli_progress_now();
	audit_inputs(scan);
	if (scan->count == 0) {
		return SILT_OK; /* nothing worked, and each input has its sentence: there is nothing to report */
	}
	status = write_report(scan, err);
	/* A report that another program puts on the same terminal must not have a line of ours in its middle. */
	const bool alone = isatty(STDOUT_FILENO) || arguments->values[CLI_OPTION_OUTPUT] != NULL;
	if (status == SILT_OK && !quiet && alone && isatty(STDERR_FILENO)) {
		cli_progress_close(bytes_audited(scan), cli_progress_now() - start);
	}
	return status;
}

static void free_results(struct scan *scan)
{
	for (size_t i = 0; i < scan->count; i++) {
		silt_result_free(scan->results[i]);
	}
	free(scan->results);
	silt_rules_free(scan->rules);
	cli_bases_done(&scan->bases);
	cli_bases_done(&scan->allowed_bases);
	cli_names_done(&scan->only);
	cli_names_done(&scan->skip);
}

enum cli_exit cli_scan(const struct cli_arguments *arguments)
{
	struct scan scan = {.arguments = arguments, .status = CLI_EXIT_CLEAN};
	struct silt_error err = {0};
	enum silt_status status = check_arguments(arguments, &err);
	if (status == SILT_OK && !silt_severity_parse(arguments->values[CLI_OPTION_FAIL_ON], &scan.threshold)) {
		status = cli_fail(&err, SILT_ERR_INTERNAL, "the library does not know a severity of the option table.");
	}
	if (status == SILT_OK) {
		status = run(&scan, &err);
	}
	if (status != SILT_OK) {
		cli_say("%s", err.text);
	}
	free_results(&scan);
	return cli_exit_worse(scan.status, cli_exit_of_status(status));
}
