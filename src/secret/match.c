/* From rules to a matcher: one literal set of all anchors, one pattern for each rule. */
#include "base/secure.h"
#include "secret/matcher.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

static size_t count_anchors(const struct silt_rule *rules, size_t count)
{
	size_t total = 0;
	for (size_t i = 0; i < count; i++) {
		for (const char *const *anchor = rules[i].anchors; *anchor; anchor++) {
			total++;
		}
	}
	return total;
}

/* Numbers all anchors of all rules in `matcher->anchors`, and their texts, in the same order, in `texts`. */
static void list_anchors(struct silt_matcher *matcher, const char **texts)
{
	for (size_t i = 0; i < matcher->rule_count; i++) {
		for (const char *const *anchor = matcher->rules[i].anchors; *anchor; anchor++) {
			size_t length = strlen(*anchor);
			assert(length > 0 && length <= matcher->rules[i].reach);
			texts[matcher->anchor_count] = *anchor;
			matcher->anchors[matcher->anchor_count++] = (struct silt_anchor){(uint32_t)i, (uint32_t)length};
		}
	}
}

static enum silt_status compile_anchors(struct silt_matcher *matcher, struct silt_error *err)
{
	size_t count = count_anchors(matcher->rules, matcher->rule_count);
	const char **texts = calloc(count, sizeof(*texts));
	matcher->anchors = calloc(count, sizeof(*matcher->anchors));
	enum silt_status status = SILT_ERR_MEMORY;
	if (texts && matcher->anchors) {
		list_anchors(matcher, texts);
		status = silt_literals_new(texts, count, &matcher->literals, err);
	} else {
		silt_fail_memory(err);
	}
	if (status == SILT_OK) {
		status = silt_literals_test(matcher->literals, texts, count, err);
	}
	free(texts);
	return status;
}

/*
 * All of them now, not each at its first hit: 22 patterns take 0.5 ms with the JIT, and once the process is locked
 * into its sandbox no memory can be made executable any more.
 */
static enum silt_status compile_patterns(struct silt_matcher *matcher, struct silt_error *err)
{
	matcher->patterns = calloc(matcher->rule_count, sizeof(*matcher->patterns));
	if (!matcher->patterns) {
		return silt_fail_memory(err);
	}
	for (size_t i = 0; i < matcher->rule_count; i++) {
		const struct silt_rule *rule = &matcher->rules[i];
		enum silt_status status = silt_pattern_new(rule->pattern, rule->back == 0, &matcher->patterns[i], err);
		if (status != SILT_OK) {
			silt_error_at(err, "rule %s", rule->id);
			return status;
		}
	}
	return SILT_OK;
}

/* A window has one byte more behind it, and at least one before it, for what must not stand around a match. */
static size_t longest_window(const struct silt_rule *rules, size_t count)
{
	size_t longest = 0;
	for (size_t i = 0; i < count; i++) {
		size_t window = (size_t)rules[i].context + rules[i].back + rules[i].reach + 2;
		longest = window > longest ? window : longest;
	}
	return longest;
}

enum silt_status silt_matcher_new_of(const struct silt_rule *rules, size_t count, struct silt_matcher **out,
				     struct silt_error *err)
{
	struct silt_matcher *matcher = calloc(1, sizeof(*matcher));
	if (!matcher) {
		return silt_fail_memory(err);
	}
	matcher->rules = rules;
	matcher->rule_count = count;
	matcher->window_max = longest_window(rules, count);
	enum silt_status status = silt_secure_init(err);
	if (status == SILT_OK) {
		status = compile_anchors(matcher, err);
	}
	if (status == SILT_OK) {
		status = compile_patterns(matcher, err);
	}
	if (status != SILT_OK) {
		silt_matcher_free(matcher);
		return status;
	}
	*out = matcher;
	return SILT_OK;
}

enum silt_status silt_matcher_new_taking(struct silt_rule_set *set, struct silt_matcher **out, struct silt_error *err)
{
	size_t count = 0;
	const struct silt_rule *rules = silt_rule_set_rules(set, &count);
	enum silt_status status = silt_matcher_new_of(rules, count, out, err);
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

void silt_matcher_free(struct silt_matcher *matcher)
{
	if (!matcher) {
		return;
	}
	for (size_t i = 0; matcher->patterns && i < matcher->rule_count; i++) {
		silt_pattern_free(matcher->patterns[i]);
	}
	free(matcher->patterns);
	free(matcher->anchors);
	silt_literals_free(matcher->literals);
	silt_rule_set_free(matcher->set);
	free(matcher);
}
