/* `silt rules list`, `show` and `test`. */
#include "cli/rules.h"

#include "cli/actions.h"
#include "cli/explain.h"
#include "cli/message.h"
#include "cli/rule_files.h"
#include "silt/silt.h"

#include <string.h>

/* ---- list ------------------------------------------------------------------------------------------------------------ */

static enum silt_status list(const struct silt_rules *rules, const struct cli_arguments *arguments,
			     struct silt_error *err)
{
	if (arguments->operand_count > 1) {
		return cli_fail(err, SILT_ERR_USAGE, "rules list takes no name: rules show ID shows one rule.");
	}
	int widest = 0;
	struct silt_rule_info info;
	for (size_t i = 0; i < silt_rules_count(rules); i++) {
		silt_rules_get(rules, i, &info);
		const int len = (int)strlen(info.id);
		widest = len > widest ? len : widest;
	}
	for (size_t i = 0; i < silt_checks_count(); i++) {
		const struct silt_check_info *check = silt_checks_get(i);
		printf("%-*s  %-8s  %-10s  %s\n", widest, check->id, silt_severity_name(check->severity),
		       check->lint ? "lint" : silt_check_family_name(check->family), check->title);
	}
	for (size_t i = 0; i < silt_rules_count(rules); i++) {
		silt_rules_get(rules, i, &info);
		printf("%-*s  %-8s  %-10s  %s\n", widest, info.id, silt_severity_name(info.severity),
		       silt_confidence_name(info.confidence), info.title);
	}
	return SILT_OK;
}

/* ---- show ------------------------------------------------------------------------------------------------------------ */

static enum silt_status show_named(const struct silt_rules *rules, const struct cli_arguments *arguments,
				   struct silt_error *err)
{
	if (arguments->operand_count < 2) {
		return cli_fail(err, SILT_ERR_USAGE, "rules show needs the id of a rule: silt rules list shows them.");
	}
	for (size_t i = 1; i < arguments->operand_count; i++) {
		printf("%s", i > 1 ? "\n" : "");
		const enum silt_status status = cli_explain_name(rules, arguments->operands[i], err);
		if (status != SILT_OK) {
			return status;
		}
	}
	return SILT_OK;
}

/* ---- test ------------------------------------------------------------------------------------------------------------ */

struct trials {
	const struct silt_rules *rules;
	size_t rules_tried, examples, wrong;
};

static void see_verdict(void *ctx, const struct silt_rule_verdict *verdict)
{
	struct trials *trials = ctx;
	trials->examples++;
	if (verdict->right) {
		return;
	}
	struct silt_rule_info info;
	silt_rules_get(trials->rules, verdict->rule, &info);
	trials->wrong++;
	printf("%s:%u: rule %s: %s example %zu %s\n", info.source, info.line, info.id,
	       verdict->positive ? "positive" : "negative", verdict->number,
	       verdict->positive ? "is not found" : "is found");
}

/* The rules of the files named, beside those that silt ships: ids must not be taken twice. */
static enum silt_status try_files(const struct cli_arguments *arguments, struct silt_error *err)
{
	struct silt_rules *rules = NULL;
	const size_t count = arguments->operand_count - 1;
	if (count == 0 || count > CLI_REPEATED_MAX) {
		return cli_fail(err, SILT_ERR_USAGE, "rules test needs a rule file, and at most %d of them.",
				CLI_REPEATED_MAX);
	}
	const char *const *paths = (const char *const *)(arguments->operands + 1);
	enum silt_status status = cli_rules_read_files(false, paths, count, &rules, err);
	if (status != SILT_OK) {
		return status;
	}
	struct trials trials = {.rules = rules};
	struct silt_error why = {0};
	for (size_t i = 0; i < silt_rules_count(rules) && status == SILT_OK; i++) {
		status = silt_rules_try(rules, i, see_verdict, &trials, &why);
		trials.rules_tried++;
	}
	printf("%zu rule%s, %zu examples, %zu wrong\n", trials.rules_tried, trials.rules_tried == 1 ? "" : "s",
	       trials.examples, trials.wrong);
	silt_rules_free(rules);
	if (status != SILT_OK) {
		return cli_fail(err, status, "%s", why.text);
	}
	return trials.wrong > 0 ? cli_fail(err, SILT_ERR_USAGE, "%zu examples do not hold.", trials.wrong) : SILT_OK;
}

/* ---- The command ------------------------------------------------------------------------------------------------------- */

static enum silt_status run(const struct cli_arguments *arguments, struct silt_error *err)
{
	static const struct {
		const char *name;
		enum silt_status (*run)(const struct silt_rules *rules, const struct cli_arguments *arguments,
					struct silt_error *err);
	} actions[] = {{"list", list}, {"show", show_named}};
	const char *name = arguments->operand_count > 0 ? arguments->operands[0] : "";
	if (strcmp(name, "test") == 0) {
		return try_files(arguments, err);
	}
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
		if (strcmp(actions[i].name, name) != 0) {
			continue;
		}
		struct silt_rules *rules = NULL;
		enum silt_status status = cli_rules_read(arguments, &rules, err);
		if (status == SILT_OK) {
			status = actions[i].run(rules, arguments, err);
		}
		silt_rules_free(rules);
		return status;
	}
	return cli_action_unknown("rules", arguments, err);
}

enum cli_exit cli_rules(const struct cli_arguments *arguments)
{
	struct silt_error err = {0};
	const enum silt_status status = run(arguments, &err);
	if (status != SILT_OK) {
		cli_say("%s", err.text);
	}
	return cli_exit_of_status(status);
}

/* ---- The document ------------------------------------------------------------------------------------------------------ */

/* In a cell of a table a bar would end it. */
static void write_cell(FILE *out, const char *text)
{
	for (; *text != '\0'; text++) {
		fputs(*text == '|' ? "\\" : "", out);
		fputc(*text, out);
	}
}

bool cli_rules_document(FILE *out)
{
	struct silt_rules *rules = NULL;
	struct silt_error err = {0};
	if (silt_rules_new(true, NULL, 0, &rules, &err) != SILT_OK) {
		cli_say("%s", err.text);
		return false;
	}
	fprintf(out,
		"# Pattern rules\n\n<!-- Made from src/secret/rules by silt-generate: change those, not this file. "
		"-->\n\n"
		"The %zu rules that silt ships. `silt rules show ID` tells all of one of them, "
		"[rule-format.md](rule-format.md) how to write more.\n\n"
		"| id | what it finds | severity | confidence | judged by |\n| --- | --- | --- | --- | --- |\n",
		silt_rules_count(rules));
	for (size_t i = 0; i < silt_rules_count(rules); i++) {
		struct silt_rule_info info;
		silt_rules_get(rules, i, &info);
		fprintf(out, "| `%s` | ", info.id);
		write_cell(out, info.title);
		fprintf(out, " | %s | %s | %s |\n", silt_severity_name(info.severity),
			silt_confidence_name(info.confidence), info.validator);
	}
	silt_rules_free(rules);
	return true;
}
