/* From the anchors of each rule to the rules of each anchor. */
#include "secret/anchors.h"

#include "base/ascii.h"

#include <assert.h>
#include <stdlib.h>

/* An anchor of a rule, before the same literals of several rules become one. */
struct mention {
	struct silt_literal literal;
	uint32_t rule;
};

static size_t count_exact(const struct silt_rule *rule)
{
	size_t count = 0;
	while (rule->anchors && rule->anchors[count].ptr) {
		count++;
	}
	return count;
}

static size_t count_any_case(const struct silt_rule *rule)
{
	size_t count = 0;
	while (rule->anchors_any_case && rule->anchors_any_case[count]) {
		count++;
	}
	return count;
}

/* Writes the anchors of a rule to `out` and returns how many there are. */
static size_t mention_all(const struct silt_rule *rule, uint32_t number, struct mention *out)
{
	size_t exact = count_exact(rule), any_case = count_any_case(rule);
	for (size_t i = 0; i < exact + any_case; i++) {
		bool caseless = i >= exact;
		struct silt_bytes text = caseless ? silt_bytes_text(rule->anchors_any_case[i - exact])
						  : rule->anchors[i];
		assert(text.len > 0);
		out[i] = (struct mention){{text, caseless}, number};
	}
	return exact + any_case;
}

static int compare_nocase(struct silt_bytes a, struct silt_bytes b)
{
	size_t at = 0;
	while (at < a.len && at < b.len && silt_lower(a.ptr[at]) == silt_lower(b.ptr[at])) {
		at++;
	}
	if (at < a.len && at < b.len) {
		return silt_lower(a.ptr[at]) - silt_lower(b.ptr[at]);
	}
	return (a.len > b.len) - (a.len < b.len);
}

static int compare_literals(const struct silt_literal *a, const struct silt_literal *b)
{
	if (a->any_case != b->any_case) {
		return a->any_case ? 1 : -1;
	}
	return a->any_case ? compare_nocase(a->text, b->text) : silt_bytes_compare(a->text, b->text);
}

static int compare_mentions(const void *a, const void *b)
{
	const struct mention *left = a, *right = b;
	int order = compare_literals(&left->literal, &right->literal);
	if (order != 0) {
		return order;
	}
	return left->rule < right->rule ? -1 : left->rule > right->rule;
}

/* Equal literals stand together in `list`: each run of them is one, with the rules that mention it. */
static bool merge(struct silt_anchors *anchors, const struct mention *list, size_t count)
{
	anchors->literals = calloc(count + 1, sizeof(*anchors->literals));
	anchors->fans = calloc(count + 1, sizeof(*anchors->fans));
	anchors->rules = calloc(count + 1, sizeof(*anchors->rules));
	if (!anchors->literals || !anchors->fans || !anchors->rules) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || compare_literals(&list[i - 1].literal, &list[i].literal) != 0) {
			anchors->literals[anchors->count] = list[i].literal;
			anchors->fans[anchors->count++] =
				(struct silt_fan){(uint32_t)list[i].literal.text.len, (uint32_t)i, 0};
		}
		anchors->fans[anchors->count - 1].count++;
		anchors->rules[i] = list[i].rule;
	}
	return true;
}

bool silt_anchors_init(struct silt_anchors *anchors, const struct silt_rule *rules, size_t count,
		       const struct silt_literal *signs, size_t sign_count)
{
	*anchors = (struct silt_anchors){0};
	size_t total = sign_count;
	for (size_t i = 0; i < count; i++) {
		total += count_exact(&rules[i]) + count_any_case(&rules[i]);
	}
	struct mention *list = calloc(total + 1, sizeof(*list));
	if (!list) {
		return false;
	}
	size_t used = 0;
	for (size_t i = 0; i < count; i++) {
		used += mention_all(&rules[i], (uint32_t)i, list + used);
	}
	for (size_t i = 0; i < sign_count; i++) {
		list[used++] = (struct mention){signs[i], (uint32_t)(count + i)};
	}
	qsort(list, used, sizeof(*list), compare_mentions);
	bool made = merge(anchors, list, used);
	free(list);
	return made;
}

void silt_anchors_done(struct silt_anchors *anchors)
{
	free(anchors->literals);
	free(anchors->fans);
	free(anchors->rules);
	*anchors = (struct silt_anchors){0};
}
