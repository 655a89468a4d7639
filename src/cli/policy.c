/* `silt policy check` and `show`. */
#include "cli/policy.h"

#include "cli/actions.h"
#include "cli/clock.h"
#include "cli/message.h"
#include "cli/policy_files.h"
#include "cli/rule_files.h"
#include "cli/suggest.h"
#include "silt/silt.h"

#include <stdio.h>
#include <string.h>

/* ---- check ----------------------------------------------------------------------------------------------------------- */

/* What all files are checked against. */
struct checks {
	struct silt_rules *rules; /* owns */
	int64_t now;
};

static void write_mistake(void *ctx, const char *mistake)
{
	size_t *mistakes = ctx;
	if (++*mistakes <= SILT_POLICY_MISTAKES_MAX) {
		(void)printf("%s\n", mistake);
	}
}

/* "team.yaml: a policy. Fails on high and worse; 1 threshold, 2 rules, 3 waivers, 1 of them no longer holds." */
static void write_summary(const char *path, const struct silt_policy *policy)
{
	const struct silt_policy_summary about = silt_policy_summary(policy);
	(void)printf("%s: a policy. Fails on %s and worse; %zu threshold%s, %zu rule%s, %zu waiver%s",
		     cli_printable(path).text, silt_severity_name(about.threshold), about.thresholds,
		     about.thresholds == 1 ? "" : "s", about.rules, about.rules == 1 ? "" : "s", about.waivers,
		     about.waivers == 1 ? "" : "s");
	if (about.ended > 0) {
		(void)printf(", %zu of which no longer hold%s", about.ended, about.ended == 1 ? "s" : "");
	}
	if (about.lists > 0) {
		(void)printf(", %zu list%s of what is allowed", about.lists, about.lists == 1 ? "" : "s");
	}
	(void)printf("%s.\n", about.own_layers_only ? ", own layers only" : "");
}

/* A sentence on a file that is right; its mistakes otherwise. */
static enum silt_status check_file(const char *path, const struct checks *checks, size_t *mistakes,
				   struct silt_error *err)
{
	struct cli_text_file file = {0};
	struct silt_policy *policy = NULL;
	struct silt_error why = {0};
	enum silt_status status = cli_policy_file_read(path, &file, err);
	if (status != SILT_OK) {
		return status;
	}
	const struct silt_policy_file view = {.name = path, .text = file.text, .size = file.size};
	status = silt_policy_read_telling(&view, checks->rules, write_mistake, mistakes, &policy, &why);
	if (status == SILT_OK) {
		silt_policy_set_now(policy, checks->now);
		write_summary(path, policy);
	}
	silt_policy_free(policy);
	cli_text_file_done(&file);
	return status == SILT_OK || status == SILT_ERR_USAGE ? SILT_OK : cli_fail(err, status, "%s.", why.text);
}

static enum silt_status check(const struct cli_arguments *arguments, struct silt_error *err)
{
	struct checks checks = {0};
	size_t mistakes = 0;
	if (arguments->operand_count < 2) {
		return cli_fail(err, SILT_ERR_USAGE, "policy check needs a policy file.");
	}
	enum silt_status status = cli_clock_today(&checks.now, err);
	if (status == SILT_OK) {
		status = cli_rules_read(arguments, &checks.rules, err);
	}
	for (size_t i = 1; i < arguments->operand_count && status == SILT_OK; i++) {
		status = check_file(arguments->operands[i], &checks, &mistakes, err);
	}
	silt_rules_free(checks.rules);
	if (status == SILT_OK && mistakes > 0) {
		return cli_fail(err, SILT_ERR_USAGE, "%zu mistake%s.", mistakes, mistakes == 1 ? "" : "s");
	}
	return status;
}

/* ---- show ------------------------------------------------------------------------------------------------------------ */

static enum silt_status unknown_policy(const char *name, struct silt_error *err)
{
	struct cli_suggestion suggestion = cli_suggestion(name);
	for (size_t i = 0; silt_policy_shipped_name(i) != NULL; i++) {
		cli_suggestion_offer(&suggestion, silt_policy_shipped_name(i));
	}
	const struct cli_printable shown = cli_printable(name);
	if (suggestion.best != NULL) {
		return cli_fail(err, SILT_ERR_USAGE, "silt ships no policy '%s': did you mean '%s'?", shown.text,
				suggestion.best);
	}
	return cli_fail(err, SILT_ERR_USAGE, "silt ships no policy '%s': silt policy show lists those it has.",
			shown.text);
}

static enum silt_status show(const struct cli_arguments *arguments, struct silt_error *err)
{
	struct silt_policy_file file;
	if (arguments->operand_count > 2) {
		return cli_fail(err, SILT_ERR_USAGE, "policy show shows one policy at a time.");
	}
	for (size_t i = 0; arguments->operand_count < 2 && silt_policy_shipped_name(i) != NULL; i++) {
		(void)printf("%s\n", silt_policy_shipped_name(i));
	}
	if (arguments->operand_count < 2) {
		return SILT_OK;
	}
	if (!silt_policy_shipped(arguments->operands[1], &file)) {
		return unknown_policy(arguments->operands[1], err);
	}
	(void)fwrite(file.text, 1, file.size, stdout);
	return SILT_OK;
}

/* ---- The command ------------------------------------------------------------------------------------------------------- */

static enum silt_status run(const struct cli_arguments *arguments, struct silt_error *err)
{
	const char *name = arguments->operand_count > 0 ? arguments->operands[0] : "";
	if (strcmp(name, "check") == 0) {
		return check(arguments, err);
	}
	if (strcmp(name, "show") == 0) {
		return show(arguments, err);
	}
	return cli_action_unknown("policy", arguments, err);
}

enum cli_exit cli_policy(const struct cli_arguments *arguments)
{
	struct silt_error err = {0};
	const enum silt_status status = run(arguments, &err);
	if (status != SILT_OK) {
		cli_say("%s", err.text);
	}
	return cli_exit_of_status(status);
}
