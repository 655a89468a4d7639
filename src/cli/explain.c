/* `silt explain`: the catalogue for people. */
#include "cli/explain.h"

#include "cli/message.h"
#include "cli/rule_files.h"
#include "cli/suggest.h"
#include "cli/wrap.h"
#include "silt/silt.h"

#include <stdio.h>
#include <string.h>

enum { MARGIN = 12, COLUMNS = 80 };

/* ---- One thing ------------------------------------------------------------------------------------------------------- */

static void write_text(const char *name, const char *text)
{
	if (*text != '\0') {
		printf("%-*s", MARGIN, name);
		cli_wrap(stdout, text, MARGIN, MARGIN, COLUMNS);
	}
}

/* As it stands, line by line. */
static void write_lines(const char *name, const char *text)
{
	while (*text != '\0') {
		const size_t len = strcspn(text, "\n");
		printf("%-*s%.*s\n", MARGIN, name, (int)len, text);
		text += len + (text[len] == '\n');
		name = "";
	}
}

static void write_list(const char *name, const char *const *items, const char *what)
{
	for (; *items != NULL; items++) {
		printf("%-*s%s%s\n", MARGIN, name, *items, what);
		name = "";
	}
}

/* Words with one blank between, each on its line. */
static void write_words(const char *name, const char *words)
{
	while (*words != '\0') {
		const size_t len = strcspn(words, " ");
		printf("%-*s%.*s\n", MARGIN, name, (int)len, words);
		words += len + (words[len] == ' ');
		name = "";
	}
}

static void write_check(const struct silt_check_info *check)
{
	printf("%s\n%s\n\n", check->id, check->title);
	write_text("severity", *check->severities != '\0' ? check->severities : silt_severity_name(check->severity));
	write_text("told", check->lint ? "only with --lint" : "");
	write_text("looks at", check->looks_at);
	write_text("decides", check->decides);
	write_text("why", check->why);
	write_text("fix", check->fix);
	write_lines("Dockerfile", check->dockerfile);
	write_text("elsewhere", check->aliases);
	write_words("see", check->references);
}

static void write_rule(const struct silt_rule_info *info)
{
	printf("%s\n%s\n\n", info->id, info->title);
	write_text("provider", info->provider);
	printf("%-*s%s, %s\n", MARGIN, "severity", silt_severity_name(info->severity),
	       silt_confidence_name(info->confidence));
	write_list("anchors", info->anchors, "");
	write_list(*info->anchors != NULL ? "" : "anchors", info->anchors_any_case, " (any case)");
	write_list("files", info->files, "");
	write_list("keywords", info->keywords, "");
	write_lines("pattern", info->pattern);
	write_text("judged by", info->validator);
	write_text("generic", info->generic ? "gives way to every other rule on the same bytes" : "");
	write_text("packages",
		   info->never_vendor ? "a finding, once proven, also in unmodified files of packages" : "");
	write_text("fix", info->remedy);
	write_list("see", info->references, "");
	printf("%-*s%zu positive, %zu negative\n", MARGIN, "examples", info->positives, info->negatives);
	printf("%-*s%s, line %u\n", MARGIN, "source", info->source, info->line);
}

static void write_practice(const struct silt_practice_info *practice)
{
	printf("%s\n\n", practice->practice);
	write_text("not shown", practice->why_not);
	write_text("instead", practice->instead);
	write_text("elsewhere", practice->aliases);
}

/* ---- By name --------------------------------------------------------------------------------------------------------- */

static bool has_word(const char *words, const char *word)
{
	while (*words != '\0') {
		const size_t len = strcspn(words, " ");
		if (len == strlen(word) && strncasecmp(words, word, len) == 0) {
			return true;
		}
		words += len + (words[len] == ' ');
	}
	return false;
}

/* How many things were written. */
static size_t write_named(const struct silt_rules *rules, const char *name)
{
	size_t written = 0;
	for (size_t i = 0; i < silt_checks_count(); i++) {
		if (silt_check_is_called(silt_checks_get(i), name)) {
			printf("%s", written++ > 0 ? "\n" : "");
			write_check(silt_checks_get(i));
		}
	}
	for (size_t i = 0; i < silt_practices_count(); i++) {
		if (has_word(silt_practices_get(i)->aliases, name)) {
			printf("%s", written++ > 0 ? "\n" : "");
			write_practice(silt_practices_get(i));
		}
	}
	const size_t index = silt_rules_find(rules, name);
	if (index != SIZE_MAX) {
		struct silt_rule_info info;
		silt_rules_get(rules, index, &info);
		printf("%s", written++ > 0 ? "\n" : "");
		write_rule(&info);
	}
	return written;
}

static enum silt_status unknown_name(const struct silt_rules *rules, const char *name, struct silt_error *err)
{
	struct cli_suggestion suggestion = cli_suggestion(name);
	for (size_t i = 0; i < silt_checks_count(); i++) {
		cli_suggestion_offer(&suggestion, silt_checks_get(i)->id);
	}
	for (size_t i = 0; i < silt_rules_count(rules); i++) {
		struct silt_rule_info info;
		silt_rules_get(rules, i, &info);
		cli_suggestion_offer(&suggestion, info.id);
	}
	const struct cli_printable shown = cli_printable(name);
	if (suggestion.best != NULL) {
		return cli_fail(err, SILT_ERR_USAGE, "no check and no rule is called '%s': did you mean '%s'?",
				shown.text, suggestion.best);
	}
	return cli_fail(err, SILT_ERR_USAGE, "no check and no rule is called '%s': silt rules list shows them all.",
			shown.text);
}

enum silt_status cli_explain_name(const struct silt_rules *rules, const char *name, struct silt_error *err)
{
	return write_named(rules, name) > 0 ? SILT_OK : unknown_name(rules, name, err);
}

static enum silt_status explain(const struct cli_arguments *arguments, struct silt_error *err)
{
	if (arguments->operand_count == 0) {
		return cli_fail(err, SILT_ERR_USAGE,
				"explain needs the name of a check or a rule: silt rules list shows them all.");
	}
	struct silt_rules *rules = NULL;
	enum silt_status status = cli_rules_read(arguments, &rules, err);
	for (size_t i = 0; i < arguments->operand_count && status == SILT_OK; i++) {
		printf("%s", i > 0 ? "\n" : "");
		status = cli_explain_name(rules, arguments->operands[i], err);
	}
	silt_rules_free(rules);
	return status;
}

enum cli_exit cli_explain(const struct cli_arguments *arguments)
{
	struct silt_error err = {0};
	const enum silt_status status = explain(arguments, &err);
	if (status != SILT_OK) {
		cli_say("%s", err.text);
	}
	return cli_exit_of_status(status);
}
