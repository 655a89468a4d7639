/* Sets of rules as the public header shows them. */
#include "audit/rules.h"

#include "secret/matcher.h"

#include <stdlib.h>

struct silt_rules {
	struct silt_matcher *matcher; /* owns */
};

const struct silt_matcher *silt_rules_matcher(const struct silt_rules *rules)
{
	return rules->matcher;
}

/* ---- Reading --------------------------------------------------------------------------------------------------------- */

/* Rules about programs are no business of those who list, show or try rules. They come first. */
static size_t count_programs(const struct silt_rule *rules, size_t count)
{
	size_t programs = 0;
	while (programs < count && rules[programs].identity) {
		programs++;
	}
	return programs;
}

static bool has_secrets(const struct silt_rule_set *set)
{
	size_t count = 0;
	const struct silt_rule *rules = silt_rule_set_rules(set, &count);
	return count_programs(rules, count) < count;
}

/* Users may use the macros of silt in any case. */
static enum silt_status read_files(struct silt_rule_set *set, bool shipped, const struct silt_rule_file *files,
				   size_t count, struct silt_error *err)
{
	enum silt_status status = shipped ? silt_rule_set_add_shipped(set, err) : silt_rule_set_add_basics(set, err);
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		status = silt_rule_set_add(set, silt_bytes(files[i].text, files[i].size), files[i].name, err);
	}
	if (status == SILT_OK && !has_secrets(set)) {
		status = silt_fail(err, SILT_ERR_USAGE, "there is no rule: name a file with rules, or use silt's own");
	}
	return status;
}

enum silt_status silt_rules_new(bool shipped, const struct silt_rule_file *files, size_t count, struct silt_rules **out,
				struct silt_error *err)
{
	struct silt_rules *rules = calloc(1, sizeof(*rules));
	struct silt_rule_set *set = silt_rule_set_new();
	enum silt_status status = rules && set ? SILT_OK : silt_fail_memory(err);
	if (status == SILT_OK) {
		status = read_files(set, shipped, files, count, err);
	}
	if (status == SILT_OK) {
		status = silt_matcher_new_taking(set, &rules->matcher, err);
		set = NULL;
	}
	silt_rule_set_free(set);
	if (status != SILT_OK) {
		silt_rules_free(rules);
		return status;
	}
	*out = rules;
	return SILT_OK;
}

void silt_rules_free(struct silt_rules *rules)
{
	if (rules) {
		silt_matcher_free(rules->matcher);
		free(rules);
	}
}

/* ---- Looking --------------------------------------------------------------------------------------------------------- */

/* The rules that people see. */
static const struct silt_rule *shown(const struct silt_rules *rules)
{
	const struct silt_matcher *matcher = rules->matcher;
	return matcher->rules + count_programs(matcher->rules, matcher->rule_count);
}

size_t silt_rules_count(const struct silt_rules *rules)
{
	const struct silt_matcher *matcher = rules->matcher;
	return matcher->rule_count - count_programs(matcher->rules, matcher->rule_count);
}

static const char *text_or_nothing(const char *text)
{
	return text ? text : "";
}

static const char *const *list_or_nothing(const char *const *list)
{
	static const char *const nothing[] = {NULL};
	return list ? list : nothing;
}

void silt_rules_get(const struct silt_rules *rules, size_t index, struct silt_rule_info *info)
{
	const struct silt_rule *rule = &shown(rules)[index];
	*info = (struct silt_rule_info){
		.id = rule->id,
		.title = rule->title,
		.provider = text_or_nothing(rule->provider),
		.severity = rule->severity,
		.confidence = rule->confidence,
		.remedy = rule->remedy,
		.references = list_or_nothing(rule->references),
		.anchors = list_or_nothing(rule->anchor_texts),
		.anchors_any_case = list_or_nothing(rule->anchors_any_case),
		.pattern = rule->pattern,
		.files = list_or_nothing(rule->files),
		.keywords = list_or_nothing(rule->keywords),
		.validator = text_or_nothing(rule->validator),
		.generic = rule->generic,
		.never_vendor = rule->never_vendor,
		.positives = rule->positive_count,
		.negatives = rule->negative_count,
		.source = rule->source,
		.line = rule->line,
	};
}

size_t silt_rules_find(const struct silt_rules *rules, const char *id)
{
	for (size_t i = 0; i < silt_rules_count(rules); i++) {
		if (strcmp(shown(rules)[i].id, id) == 0) {
			return i;
		}
	}
	return SIZE_MAX;
}

/* ---- Trying ---------------------------------------------------------------------------------------------------------- */

/* Whether a rule finds anything in a text. */
struct trial {
	const struct silt_rule *rule;
	bool found;
};

static enum silt_status see_match(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)err;
	struct trial *trial = ctx;
	trial->found = trial->found || match->rule == trial->rule;
	return SILT_OK;
}

struct run {
	struct silt_scanner *scanner; /* owns */
	void (*tell)(void *ctx, const struct silt_rule_verdict *verdict);
	void *ctx;
	struct silt_rule_verdict verdict;
};

static enum silt_status try_examples(struct run *run, const struct silt_rule *rule,
				     const struct silt_rule_example *examples, size_t count, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		struct trial trial = {.rule = rule};
		silt_scanner_begin(run->scanner, silt_bytes_text(examples[i].file), see_match, &trial);
		status = silt_scanner_feed(run->scanner, examples[i].text, true, err);
		if (status == SILT_OK) {
			run->verdict.number = i + 1;
			run->verdict.right = trial.found == run->verdict.positive;
			run->tell(run->ctx, &run->verdict);
		}
	}
	return status;
}

enum silt_status silt_rules_try(const struct silt_rules *rules, size_t index,
				void (*tell)(void *ctx, const struct silt_rule_verdict *verdict), void *ctx,
				struct silt_error *err)
{
	const struct silt_rule *rule = &shown(rules)[index];
	struct run run = {.tell = tell, .ctx = ctx, .verdict = {.rule = index, .positive = true}};
	enum silt_status status = silt_scanner_new(rules->matcher, NULL, &run.scanner, err);
	if (status == SILT_OK) {
		status = try_examples(&run, rule, rule->positives, rule->positive_count, err);
	}
	run.verdict.positive = false;
	if (status == SILT_OK) {
		status = try_examples(&run, rule, rule->negatives, rule->negative_count, err);
	}
	silt_scanner_free(run.scanner);
	return status;
}
