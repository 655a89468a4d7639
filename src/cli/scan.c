/* `silt scan`, `silt gate` and `silt baseline`: every input is audited, one report is written over all that worked. */
#include "cli/scan.h"

#include "cli/attest.h"
#include "cli/bases.h"
#include "cli/cache.h"
#include "cli/clock.h"
#include "cli/input.h"
#include "cli/jobs.h"
#include "cli/limits.h"
#include "cli/message.h"
#include "cli/names.h"
#include "cli/policy_files.h"
#include "cli/progress.h"
#include "cli/reports.h"
#include "cli/rule_files.h"
#include "silt/silt.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the commands differ in. */
struct purpose {
	enum silt_format usual; /* of standard output */
	bool always;            /* also if other reports are asked for */
	bool accepts;           /* findings are no failure */
	bool caches;            /* also if no folder is named */
	bool is_now;            /* the day is not one that is over */
	bool closes;            /* a line on standard error says how long it took */
	const char *unread;     /* what stands in front of the reason why an input cannot be audited */
};

struct scan {
	const struct purpose *purpose;
	const struct cli_arguments *arguments;
	int64_t now;                           /* seconds since 1970 */
	struct cli_names only, skip;           /* own */
	struct cli_bases bases, allowed_bases; /* own */
	struct cli_limits limits;
	unsigned jobs;
	struct silt_rules *rules;   /* owns; NULL: those that silt ships */
	struct silt_policy *policy; /* owns */
	struct cli_reports reports;
	struct cli_attest attest; /* owns */
	struct cli_input *inputs; /* owns; those that could be opened, in their order */
	size_t input_count;
	int *folders; /* owns; descriptors of those that are folders */
	size_t folder_count;
	enum cli_exit status; /* of what was done so far */

	/* Of the child. */
	struct silt_result **results;       /* owns; of the inputs that worked, in their order */
	struct silt_judgement **judgements; /* owns; of these */
	size_t count;
};

/* ---- The command line ---------------------------------------------------------------------------------------------- */

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
	const enum silt_status status = cli_attest_check(arguments, err);
	return status == SILT_OK ? cli_input_check(arguments, err) : status;
}

/* What the options say that must be right before anything is read. */
static enum silt_status read_options(struct scan *scan, struct silt_error *err)
{
	const struct cli_arguments *arguments = scan->arguments;
	const bool own_rules = arguments->given[CLI_OPTION_RULES] || arguments->given[CLI_OPTION_NO_DEFAULT_RULES];
	enum silt_status status =
		cli_reports_read(&scan->reports, arguments, scan->purpose->usual, scan->purpose->always, err);
	if (scan->purpose->is_now) {
		cli_clock_catch_up(&scan->reports.options.now);
	}
	scan->now = scan->reports.options.now;
	if (status == SILT_OK) {
		status = cli_limits_read(&scan->limits, arguments, err);
	}
	if (status == SILT_OK) {
		status = cli_jobs_read(arguments, &scan->jobs, err);
	}
	if (status == SILT_OK) {
		status = cli_names_cut(&scan->only, arguments, CLI_OPTION_ONLY, err);
	}
	if (status == SILT_OK) {
		status = cli_names_cut(&scan->skip, arguments, CLI_OPTION_SKIP, err);
	}
	if (status == SILT_OK) {
		status = cli_bases_take(&scan->bases, "base", arguments->values[CLI_OPTION_BASE], err);
	}
	if (status == SILT_OK) {
		status = cli_bases_take(&scan->allowed_bases, "allowed-bases",
					arguments->values[CLI_OPTION_ALLOWED_BASES], err);
	}
	if (status == SILT_OK && own_rules) {
		status = cli_rules_read(arguments, &scan->rules, err);
	}
	if (status == SILT_OK) {
		status = cli_policy_read(arguments, scan->rules, scan->now, &scan->policy, err);
	}
	if (status == SILT_OK && arguments->given[CLI_OPTION_ATTEST]) {
		status = cli_attest_open(&scan->attest, arguments, arguments->values[CLI_OPTION_ATTEST],
					 arguments->values[CLI_OPTION_ATTESTATION], &scan->reports.targets, err);
	}
	return status;
}

/* ---- Opening ------------------------------------------------------------------------------------------------------- */

/* One input that cannot be audited does not stop the others: it is named, and the exit status tells. */
static void note_failure(struct scan *scan, const char *input, enum silt_status status, const struct silt_error *err)
{
	const char *name = scan->arguments->values[CLI_OPTION_NAME];
	cli_say("%s: %s%s", cli_printable(name != NULL ? name : input).text, scan->purpose->unread, err->text);
	scan->status = cli_exit_worse(scan->status, cli_exit_of_status(status));
}

static void note_folder(struct scan *scan, const struct cli_input *input)
{
	if (input->folder) {
		scan->folders[scan->folder_count++] = input->fd;
	}
}

static enum silt_status open_inputs(struct scan *scan, struct silt_error *err)
{
	const size_t count = scan->arguments->operand_count;
	scan->inputs = calloc(count, sizeof(*scan->inputs));
	scan->folders = calloc(count + 2, sizeof(*scan->folders)); /* two bases may be folders */
	scan->results = calloc(count, sizeof(struct silt_result *));
	scan->judgements = calloc(count, sizeof(struct silt_judgement *));
	if (scan->inputs == NULL || scan->folders == NULL || scan->results == NULL || scan->judgements == NULL) {
		return cli_fail(err, SILT_ERR_MEMORY, "memory ran out.");
	}
	cli_input_expect_many();
	for (size_t i = 0; i < count; i++) {
		const char *word = scan->arguments->operands[i];
		struct silt_error why = {0};
		const enum silt_status status = cli_input_open(word, &scan->inputs[scan->input_count], &why);
		if (status != SILT_OK) {
			note_failure(scan, word, status, &why);
			continue;
		}
		note_folder(scan, &scan->inputs[scan->input_count++]);
	}
	note_folder(scan, &scan->bases.image);
	note_folder(scan, &scan->allowed_bases.image);
	return SILT_OK;
}

/* ---- Auditing, confined -------------------------------------------------------------------------------------------- */

static enum silt_status audit_input(const struct scan *scan, const struct cli_input *input,
				    const struct silt_cache_access *cache, struct silt_result **out,
				    struct silt_error *err)
{
	size_t allowed_count = scan->allowed_bases.count;
	const struct silt_base *allowed = scan->allowed_bases.items;
	if (allowed_count == 0) {
		allowed = silt_policy_bases(scan->policy, &allowed_count);
	}
	const struct silt_options options = {.rules = scan->rules,
					     .now = scan->now,
					     .bases = scan->bases.items,
					     .base_count = scan->bases.count,
					     .allowed_bases = allowed,
					     .allowed_base_count = allowed_count,
					     .only = scan->only.items,
					     .only_count = scan->only.count,
					     .skip = scan->skip.items,
					     .skip_count = scan->skip.count,
					     .lint = scan->arguments->given[CLI_OPTION_LINT],
					     .jobs = scan->jobs,
					     .cache = cache,
					     .hash_bundle = scan->arguments->given[CLI_OPTION_DIGEST] ||
							    scan->arguments->given[CLI_OPTION_ATTEST],
					     .keep_secrets = scan->arguments->given[CLI_OPTION_SHOW_SECRETS],
					     .mask_names = !cli_targets_show_secrets(&scan->reports.targets)};
	return cli_input_audit(scan->arguments, &scan->limits, input, options, out, err);
}

static void audit_inputs(struct scan *scan, const struct silt_cache_access *cache)
{
	for (size_t i = 0; i < scan->input_count; i++) {
		struct silt_error err = {0};
		struct silt_result *result = NULL;
		struct silt_judgement *judgement = NULL;
		enum silt_status status = audit_input(scan, &scan->inputs[i], cache, &result, &err);
		if (status == SILT_OK) {
			status = silt_judge(result, scan->policy, &judgement, &err);
		}
		if (status != SILT_OK) {
			note_failure(scan, scan->inputs[i].word, status, &err);
			silt_result_free(result);
			continue;
		}
		if (!scan->purpose->accepts || judgement->verdict == SILT_VERDICT_INCOMPLETE) {
			scan->status = cli_exit_worse(scan->status, cli_exit_of_verdict(judgement->verdict));
		}
		scan->judgements[scan->count] = judgement;
		scan->results[scan->count++] = result;
	}
}

static enum silt_status write_reports(const struct scan *scan, struct cli_handover *handover)
{
	/* C converts no pointer to an array of pointers to one of pointers to const by itself. */
	const struct silt_judgement *const *judgements = (const struct silt_judgement *const *)scan->judgements;
	const size_t unread = scan->arguments->operand_count - scan->count;
	enum silt_status status =
		cli_reports_write(&scan->reports, judgements, scan->count, handover->sandbox, unread, handover);
	if (status == SILT_OK && scan->arguments->given[CLI_OPTION_ATTEST]) {
		struct silt_error err = {0};
		status = cli_attest_state(&scan->attest, judgements, scan->count, handover->sandbox, unread,
					  handover->sinks, &err);
		if (status != SILT_OK) {
			cli_say("%s.", err.text);
		}
		handover->complete = status == SILT_OK;
	}
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

static void free_results(struct scan *scan)
{
	for (size_t i = 0; i < scan->count; i++) {
		silt_judgement_free(scan->judgements[i]);
		silt_result_free(scan->results[i]);
	}
	scan->count = 0;
}

static enum silt_status read_bases(struct scan *scan, const struct silt_cache_access *cache, struct silt_error *err)
{
	const enum silt_status status = cli_bases_read(&scan->bases, &scan->limits, cache, err);
	return status == SILT_OK ? cli_bases_read(&scan->allowed_bases, &scan->limits, cache, err) : status;
}

/* Without any result there is no report: each input has had its sentence. */
static enum cli_exit audit_and_report(void *ctx, struct cli_handover *handover)
{
	struct scan *scan = ctx;
	struct silt_error err = {0};
	enum silt_status status = read_bases(scan, handover->cache, &err);
	if (status != SILT_OK) {
		cli_say("%s", err.text);
		return cli_exit_worse(scan->status, cli_exit_of_status(status));
	}
	audit_inputs(scan, handover->cache);
	if (scan->count > 0) {
		status = write_reports(scan, handover);
		handover->bytes = bytes_audited(scan);
	}
	free_results(scan);
	return cli_exit_worse(scan->status, cli_exit_of_status(status));
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

/* The folder of the record cache; NULL: there is none. `usual` has room for the one that nobody named. */
static const char *cache_of(const struct scan *scan, char usual[static PATH_MAX])
{
	struct silt_error err;
	const char *named = scan->arguments->values[CLI_OPTION_CACHE];
	if (named != NULL || !scan->purpose->caches || scan->arguments->given[CLI_OPTION_NO_CACHE]) {
		return named;
	}
	return cli_cache_usual_folder(usual, PATH_MAX, &err) == SILT_OK ? usual : NULL;
}

static void audit_confined(struct scan *scan)
{
	const struct cli_arguments *arguments = scan->arguments;
	char usual[PATH_MAX];
	const struct cli_confined confined = {
		.work = audit_and_report,
		.ctx = scan,
		.open = arguments->given[CLI_OPTION_NO_SANDBOX],
		.needs = {.folders = scan->folders, .folder_count = scan->folder_count},
		.hang_seconds = cli_limits_value(&scan->limits, "hang-seconds"),
		.cache = cache_of(scan, usual),
		.cache_optional = arguments->values[CLI_OPTION_CACHE] == NULL,
		.targets = &scan->reports.targets,
	};
	const int64_t start = cli_progress_now();
	const struct cli_outcome outcome = cli_confined_run(&confined);
	scan->status = cli_exit_worse(scan->status, outcome.status);
	scan->status = cli_exit_worse(scan->status, cli_attest_end(&scan->attest, outcome.delivered));
	/* A report that another program puts on the same terminal must not have a line of ours in its middle. */
	const bool alone = isatty(STDERR_FILENO) &&
			   (isatty(STDOUT_FILENO) || cli_targets_standard(&scan->reports.targets) == NULL);
	const bool told = alone || strcmp(arguments->values[CLI_OPTION_PROGRESS], "plain") == 0;
	if (scan->purpose->closes && outcome.delivered && !arguments->given[CLI_OPTION_QUIET] && told) {
		cli_progress_close(outcome.bytes, cli_progress_now() - start);
	}
}

/* Audits and reports. On failure `err` holds what could not be done; scan->status has what the inputs gave. */
static enum silt_status run(struct scan *scan, struct silt_error *err)
{
	enum silt_status status = read_options(scan, err);
	if (status == SILT_OK) {
		status = open_inputs(scan, err);
	}
	if (status == SILT_OK && scan->input_count > 0) {
		status = silt_prepare(err);
	}
	if (status == SILT_OK && scan->input_count > 0) {
		audit_confined(scan);
	}
	return status;
}

static void scan_done(struct scan *scan)
{
	for (size_t i = 0; i < scan->input_count; i++) {
		cli_input_close(&scan->inputs[i]);
	}
	cli_attest_done(&scan->attest);
	free(scan->inputs);
	free(scan->folders);
	free(scan->results);
	free(scan->judgements);
	silt_policy_free(scan->policy);
	silt_rules_free(scan->rules);
	cli_bases_done(&scan->bases);
	cli_bases_done(&scan->allowed_bases);
	cli_names_done(&scan->only);
	cli_names_done(&scan->skip);
}

static enum cli_exit scan_for(const struct purpose *purpose, const struct cli_arguments *arguments)
{
	struct scan scan = {.purpose = purpose, .arguments = arguments, .status = CLI_EXIT_CLEAN};
	struct silt_error err = {0};
	enum silt_status status = check_arguments(arguments, &err);
	if (status == SILT_OK) {
		status = run(&scan, &err);
	}
	if (status != SILT_OK) {
		cli_say("%s", err.text);
	}
	scan_done(&scan);
	return cli_exit_worse(scan.status, cli_exit_of_status(status));
}

enum cli_exit cli_scan(const struct cli_arguments *arguments)
{
	static const struct purpose report = {.usual = SILT_FORMAT_TEXT, .closes = true, .unread = ""};
	return scan_for(&report, arguments);
}

enum cli_exit cli_gate(const struct cli_arguments *arguments)
{
	static const struct purpose verdict = {
		.usual = SILT_FORMAT_VERDICT, .always = true, .caches = true, .is_now = true, .unread = "INCOMPLETE: "};
	return scan_for(&verdict, arguments);
}

enum cli_exit cli_baseline(const struct cli_arguments *arguments)
{
	static const struct purpose acceptance = {
		.usual = SILT_FORMAT_BASELINE, .accepts = true, .closes = true, .unread = ""};
	return scan_for(&acceptance, arguments);
}
