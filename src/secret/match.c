/* From rules to a matcher: one literal set of all anchors, one plan for each rule. */
#include "base/ascii.h"
#include "base/limits.h"
#include "base/secure.h"
#include "secret/matcher.h"
#include "secret/shipped.h"
#include "secret/unwrap_tips.h"
#include "secret/wanted.h"
#include "secret/wanted_rules.h"

#include <pthread.h>
#include <stdlib.h>

enum {
	/* What must not stand before or behind a match is looked at in any case. */
	EDGE = 1,
	/* The name of a value in front of it: a generic rule does not take `sha1 = ...` for a secret. */
	NAME_BEFORE = 40,
	/* A rule about whole files says no context: its lookbehinds have this much. */
	FILE_CONTEXT = 255,
};

static bool is_about_files(const struct silt_rule *rule)
{
	return !rule->anchors && !rule->anchors_any_case;
}

static uint32_t larger(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* Longest literal of a rule: the reach must at least cover it. */
static uint32_t longest_anchor(const struct silt_rule *rule)
{
	uint32_t longest = 0;
	for (const struct silt_bytes *anchor = rule->anchors; anchor && anchor->ptr; anchor++) {
		longest = larger(longest, (uint32_t)anchor->len);
	}
	for (const char *const *anchor = rule->anchors_any_case; anchor && *anchor; anchor++) {
		longest = larger(longest, (uint32_t)strlen(*anchor));
	}
	return longest;
}

/*
 * Pieces of a file. A pattern that begins with the file, or with a line, is tried at few places and may see much behind
 * each; one that may begin anywhere is tried at every byte, and what it may see bounds its cost.
 */
static void plan_pieces(const struct silt_rule *rule, struct silt_plan *plan)
{
	static const uint32_t longest[] = {
		[SILT_PATTERN_AT_ANY_BYTE] = SILT_FILE_MATCH_MAX,
		[SILT_PATTERN_AT_A_LINE] = SILT_FILE_LINE_MAX,
		[SILT_PATTERN_AT_START] = SILT_FILE_HEAD_MAX,
	};
	enum silt_pattern_origin origin =
		rule->origin == SILT_PATTERN_ORIGIN_UNKNOWN ? silt_pattern_origin(plan->pattern) : rule->origin;
	origin = rule->at_start ? SILT_PATTERN_AT_START : origin;
	plan->only_first = origin == SILT_PATTERN_AT_START;
	plan->starts = plan->only_first ? 1 : SILT_FILE_PIECE;
	plan->reach = plan->starts + larger(rule->reach, longest[origin]);
}

static void plan_places(const struct silt_rule *rule, struct silt_plan *plan)
{
	if (is_about_files(rule)) {
		plan_pieces(rule, plan);
	} else {
		plan->only_first = rule->at_start;
		plan->back = rule->back;
		plan->starts = 1;
		plan->reach = larger(rule->reach, longest_anchor(rule));
	}
	plan->before = larger(rule->context, is_about_files(rule) ? FILE_CONTEXT : 0) + EDGE;
	plan->around = rule->keywords ? rule->within : 0;
	plan->around = rule->generic ? larger(plan->around, NAME_BEFORE) : plan->around;
	plan->lead = plan->back + larger(plan->before, plan->around);
	plan->tail = plan->reach + larger(EDGE, plan->around);
}

/*
 * A rule that silt ships was found right when it was built: its patterns can wait for the first candidate, which most of
 * them never have. Some are compiled now, to machine code: once the process is locked into its sandbox
 * no memory becomes code any more.
 */
static enum silt_status make_pattern(const struct silt_rule *rule, const char *text, enum silt_pattern_reach reach,
				     struct silt_pattern **out, struct silt_error *err)
{
	bool later = rule->origin != SILT_PATTERN_ORIGIN_UNKNOWN && !rule->ahead;
	return later ? silt_pattern_new_later(text, reach, out, err) : silt_pattern_new(text, reach, out, err);
}

static enum silt_status make_allow(const struct silt_rule *rule, struct silt_plan *plan, struct silt_error *err)
{
	size_t count = 0;
	while (rule->allow && rule->allow[count]) {
		count++;
	}
	plan->allow = count > 0 ? calloc(count, sizeof(struct silt_pattern *)) : NULL;
	if (count > 0 && !plan->allow) {
		return silt_fail_memory(err);
	}
	enum silt_status status = SILT_OK;
	for (; plan->allow_count < count && status == SILT_OK; plan->allow_count += status == SILT_OK) {
		status = make_pattern(rule, rule->allow[plan->allow_count], SILT_PATTERN_WHOLE,
				      &plan->allow[plan->allow_count], err);
	}
	return status;
}

/* A byte without case is found faster than one with, and it is rarer: the '=' of "uid=". */
static size_t find_mark(struct silt_bytes word)
{
	size_t at = word.len - 1;
	while (at > 0 && silt_is_letter(word.ptr[at])) {
		at--;
	}
	return at;
}

static enum silt_status make_keywords(const struct silt_rule *rule, struct silt_plan *plan, struct silt_error *err)
{
	size_t count = 0;
	while (rule->keywords && rule->keywords[count]) {
		count++;
	}
	plan->keywords = count > 0 ? calloc(count, sizeof(*plan->keywords)) : NULL;
	if (count > 0 && !plan->keywords) {
		return silt_fail_memory(err);
	}
	for (; plan->keyword_count < count; plan->keyword_count++) {
		struct silt_bytes text = silt_bytes_text(rule->keywords[plan->keyword_count]);
		plan->keywords[plan->keyword_count] = (struct silt_keyword){text, find_mark(text)};
	}
	return SILT_OK;
}

static enum silt_status make_plan(const struct silt_rule *rule, struct silt_plan *plan, struct silt_error *err)
{
	bool here = rule->at_start || (rule->back == 0 && !is_about_files(rule));
	enum silt_pattern_reach reach = here ? SILT_PATTERN_HERE : SILT_PATTERN_ANYWHERE;
	enum silt_status status = make_pattern(rule, rule->pattern, reach, &plan->pattern, err);
	if (status == SILT_OK) {
		status = make_allow(rule, plan, err);
	}
	if (status == SILT_OK) {
		status = make_keywords(rule, plan, err);
	}
	if (status != SILT_OK) {
		silt_error_at(err, "rule %s", rule->id);
		return status;
	}
	plan->run = rule->origin == SILT_PATTERN_ORIGIN_UNKNOWN ? silt_pattern_run(rule->pattern) : rule->run;
	plan_places(rule, plan);
	return SILT_OK;
}

/* `base`: whose plans are shared; NULL if none are. */
static enum silt_status make_plans(struct silt_matcher *matcher, const struct silt_matcher *base,
				   struct silt_error *err)
{
	matcher->plans = calloc(matcher->rule_count + 1, sizeof(*matcher->plans));
	if (!matcher->plans) {
		return silt_fail_memory(err);
	}
	for (size_t i = 0; i < matcher->rule_count; i++) {
		const struct silt_rule *rule = &matcher->rules[i];
		struct silt_plan *plan = &matcher->plans[i];
		enum silt_status status = SILT_OK;
		if (base && i < matcher->shared) {
			*plan = base->plans[i];
		} else {
			status = make_plan(rule, plan, err);
		}
		if (status != SILT_OK) {
			return status;
		}
		size_t window = (size_t)plan->lead + plan->tail;
		size_t usual = plan->only_first ? (size_t)plan->lead + longest_anchor(rule) : window;
		matcher->window_usual = usual > matcher->window_usual ? usual : matcher->window_usual;
		matcher->window_max = window > matcher->window_max ? window : matcher->window_max;
	}
	return SILT_OK;
}

static enum silt_status compile_anchors(struct silt_matcher *matcher, struct silt_bytes packed, struct silt_error *err)
{
	struct silt_anchors *anchors = &matcher->anchors;
	const struct silt_wanted_signs *wanted = matcher->wanted ? &matcher->wanted->signs : NULL;
	const struct silt_literal *signs = wanted ? wanted->list : silt_signs;
	const size_t sign_count = wanted ? wanted->count : silt_sign_count;
	if (!silt_anchors_init(anchors, matcher->rules, matcher->rule_count, signs, sign_count) ||
	    !silt_file_names_init(&matcher->names, matcher->rules, matcher->rule_count)) {
		return silt_fail_memory(err);
	}
	if (anchors->count == 0) {
		return SILT_OK;
	}
	enum silt_status status =
		silt_literals_new_packed(packed, anchors->literals, anchors->count, &matcher->literals, err);
	if (status == SILT_OK) {
		status =
			silt_literals_test(matcher->literals, anchors->literals, anchors->count, SILT_TRIAL_SHORT, err);
	}
	return status;
}

/* `packed`: their anchors, by silt_literals_pack; empty: nobody packed them. */
static enum silt_status matcher_of(const struct silt_rule *rules, size_t count, struct silt_bytes packed,
				   struct silt_matcher **out, struct silt_error *err)
{
	struct silt_matcher *matcher = calloc(1, sizeof(*matcher));
	if (!matcher) {
		return silt_fail_memory(err);
	}
	matcher->rules = rules;
	matcher->rule_count = count;
	enum silt_status status = silt_secure_init(err);
	if (status == SILT_OK) {
		status = compile_anchors(matcher, packed, err);
	}
	if (status == SILT_OK) {
		status = make_plans(matcher, NULL, err);
	}
	if (status != SILT_OK) {
		silt_matcher_free(matcher);
		return status;
	}
	*out = matcher;
	return SILT_OK;
}

/* ---- Values beside rules --------------------------------------------------------------------------------------------- */

static enum silt_status want_values(struct silt_matcher *matcher, const struct silt_matcher *base,
				    const struct silt_bytes *values, size_t count, struct silt_error *err)
{
	matcher->wanted = calloc(1, sizeof(*matcher->wanted));
	if (!matcher->wanted || !silt_wanted_rules_begin(matcher->wanted, base->rules, base->rule_count)) {
		return silt_fail_memory(err);
	}
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		status = silt_wanted_rules_add(matcher->wanted, values[i], (uint32_t)(i + 1), err);
	}
	if (status == SILT_OK) {
		status = silt_wanted_rules_end(matcher->wanted, err);
	}
	if (status == SILT_OK) {
		matcher->rules = matcher->wanted->items;
		matcher->rule_count = matcher->wanted->count;
		matcher->shared = base->rule_count;
	}
	return status;
}

/* Of the values alone: its rules are those of `matcher`, so that a match of one is a match of the other. */
static enum silt_status make_values(struct silt_matcher *matcher, struct silt_error *err)
{
	return silt_matcher_new_of(matcher->rules + matcher->shared, matcher->rule_count - matcher->shared,
				   &matcher->values, err);
}

enum silt_status silt_matcher_new_wanting(const struct silt_matcher *base, const struct silt_bytes *values,
					  size_t count, struct silt_matcher **out, struct silt_error *err)
{
	struct silt_matcher *matcher = calloc(1, sizeof(*matcher));
	if (!matcher) {
		return silt_fail_memory(err);
	}
	enum silt_status status = want_values(matcher, base, values, count, err);
	if (status == SILT_OK) {
		status = compile_anchors(matcher, silt_bytes(NULL, 0), err);
	}
	if (status == SILT_OK) {
		status = make_plans(matcher, base, err);
	}
	if (status == SILT_OK) {
		status = make_values(matcher, err);
	}
	if (status != SILT_OK) {
		silt_matcher_free(matcher);
		return status;
	}
	*out = matcher;
	return SILT_OK;
}

/* ---- What silt ships ------------------------------------------------------------------------------------------------- */

enum silt_status silt_matcher_new_of(const struct silt_rule *rules, size_t count, struct silt_matcher **out,
				     struct silt_error *err)
{
	return matcher_of(rules, count, silt_bytes(NULL, 0), out, err);
}

/* What silt ships and nothing else: then its anchors are packed, too. */
static enum silt_status matcher_of_shipped(const struct silt_rule *rules, size_t count, struct silt_matcher **out,
					   struct silt_error *err)
{
	uint8_t *packed = malloc(silt_shipped_anchors.size + 1);
	if (!packed) {
		return silt_fail_memory(err);
	}
	silt_shipped_copy(&silt_shipped_anchors, packed);
	enum silt_status status = matcher_of(rules, count, silt_bytes(packed, silt_shipped_anchors.size), out, err);
	free(packed);
	return status;
}

enum silt_status silt_matcher_new_taking(struct silt_rule_set *set, struct silt_matcher **out, struct silt_error *err)
{
	size_t count = 0;
	const struct silt_rule *rules = silt_rule_set_rules(set, &count);
	enum silt_status status = silt_rule_set_is_shipped(set) ? matcher_of_shipped(rules, count, out, err)
								: silt_matcher_new_of(rules, count, out, err);
	if (status != SILT_OK) {
		silt_rule_set_free(set);
		return status;
	}
	(*out)->set = set;
	return SILT_OK;
}

enum silt_status silt_matcher_new(struct silt_matcher **out, struct silt_error *err)
{
	enum silt_status status = silt_literals_test_small(err);
	if (status != SILT_OK) {
		return status;
	}
	struct silt_rule_set *set = silt_rule_set_new();
	if (!set) {
		return silt_fail_memory(err);
	}
	status = silt_rule_set_add_shipped(set, err);
	if (status != SILT_OK) {
		silt_rule_set_free(set);
		return status;
	}
	return silt_matcher_new_taking(set, out, err);
}

/*
 * Made by the first who asks and kept until the process ends: compiling and proving it costs more than the audit of a
 * small image. The lock guards the pointer only; what it points to never changes. A failure is not kept: memory that
 * ran out may be there the next time.
 */
static pthread_mutex_t shared_lock = PTHREAD_MUTEX_INITIALIZER;
static struct silt_matcher *shared;

enum silt_status silt_matcher_shared(const struct silt_matcher **out, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	pthread_mutex_lock(&shared_lock);
	if (!shared) {
		status = silt_matcher_new(&shared, err);
	}
	if (status == SILT_OK) {
		*out = shared;
	}
	pthread_mutex_unlock(&shared_lock);
	return status;
}

static void plan_done(struct silt_plan *plan)
{
	silt_pattern_free(plan->pattern);
	for (size_t i = 0; i < plan->allow_count; i++) {
		silt_pattern_free(plan->allow[i]);
	}
	free(plan->allow);
	free(plan->keywords);
}

void silt_matcher_free(struct silt_matcher *matcher)
{
	if (!matcher) {
		return;
	}
	for (size_t i = matcher->shared; matcher->plans && i < matcher->rule_count; i++) {
		plan_done(&matcher->plans[i]);
	}
	free(matcher->plans);
	silt_anchors_done(&matcher->anchors);
	silt_file_names_done(&matcher->names);
	silt_literals_free(matcher->literals);
	silt_rule_set_free(matcher->set);
	silt_matcher_free(matcher->values);
	if (matcher->wanted) {
		silt_wanted_rules_done(matcher->wanted);
		free(matcher->wanted);
	}
	free(matcher);
}
