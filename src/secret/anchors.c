/* From the anchors of each rule to the rules of each anchor. */
#include "secret/anchors.h"

#include <assert.h>
#include <stdlib.h>

/* An anchor of a rule, before the same literals of several rules become one. */
struct mention {
	struct silt_literal literal;
	uint32_t rule;
	bool covered; /* another anchor of the rule stands inside it */
};

static size_t length_of(const char *const *list)
{
	size_t count = 0;
	while (list && list[count]) {
		count++;
	}
	return count;
}

/* Writes the anchors of a rule to `out` and returns how many there are. */
static size_t mention_all(const struct silt_rule *rule, uint32_t number, struct mention *out)
{
	size_t exact = length_of(rule->anchors), any_case = length_of(rule->anchors_any_case);
	for (size_t i = 0; i < exact + any_case; i++) {
		bool caseless = i >= exact;
		const char *text = caseless ? rule->anchors_any_case[i - exact] : rule->anchors[i];
		assert(text[0] != '\0');
		out[i] = (struct mention){{text, caseless}, number, false};
	}
	return exact + any_case;
}

/* Where `inner` stands wherever `outer` does, as an offset in it; SIZE_MAX: it need not. */
static size_t place_inside(const struct silt_literal *outer, const struct silt_literal *inner)
{
	struct silt_bytes whole = silt_bytes_text(outer->text), part = silt_bytes_text(inner->text);
	if (outer->any_case && !inner->any_case) {
		return SIZE_MAX;
	}
	for (size_t at = 0; part.len <= whole.len - at; at++) {
		struct silt_bytes here = silt_bytes_slice(whole, at, part.len);
		if (inner->any_case ? silt_bytes_equal_nocase(here, part) : silt_bytes_equal(here, part)) {
			return at;
		}
	}
	return SIZE_MAX;
}

/*
 * Where a caseless anchor holds an exact one, in any case, neither finds the other's places. The inner one becomes
 * caseless: it is found more often, and nothing is missed.
 */
static void loosen(struct mention *outer, struct mention *inner)
{
	struct silt_literal loose = {inner->literal.text, true};
	if (outer->literal.any_case && place_inside(&outer->literal, &loose) != SIZE_MAX) {
		inner->literal.any_case = true;
	}
}

/* Of two that are the same, the first one stays. */
static bool covers(const struct mention *list, size_t inner, size_t outer)
{
	if (inner == outer || place_inside(&list[outer].literal, &list[inner].literal) == SIZE_MAX) {
		return false;
	}
	bool same = place_inside(&list[inner].literal, &list[outer].literal) != SIZE_MAX;
	return !same || inner < outer;
}

/* How far a match of the covered anchor may begin before the nearest anchor that stays. */
static uint32_t back_for(const struct mention *list, size_t count, size_t outer)
{
	size_t nearest = SIZE_MAX;
	for (size_t inner = 0; inner < count; inner++) {
		size_t at = list[inner].covered ? SIZE_MAX : place_inside(&list[outer].literal, &list[inner].literal);
		nearest = at < nearest ? at : nearest;
	}
	return (uint32_t)nearest;
}

/* Marks the anchors of one rule that hold others, and returns how far the rule must look back for their sake. */
static uint32_t cover(struct mention *list, size_t count, uint32_t back)
{
	for (size_t i = 0; i < count * count; i++) {
		loosen(&list[i / count], &list[i % count]);
	}
	for (size_t outer = 0; outer < count; outer++) {
		for (size_t inner = 0; inner < count && !list[outer].covered; inner++) {
			list[outer].covered = covers(list, inner, outer);
		}
	}
	uint32_t furthest = 0;
	for (size_t outer = 0; outer < count; outer++) {
		uint32_t further = list[outer].covered ? back_for(list, count, outer) : 0;
		furthest = further > furthest ? further : furthest;
	}
	return back + furthest;
}

static size_t drop_covered(struct mention *list, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		if (!list[i].covered) {
			list[kept++] = list[i];
		}
	}
	return kept;
}

static int lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c | 0x20 : (unsigned char)c;
}

static int compare_nocase(const char *a, const char *b)
{
	while (*a != '\0' && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return lower(*a) - lower(*b);
}

static int compare_literals(const struct silt_literal *a, const struct silt_literal *b)
{
	if (a->any_case != b->any_case) {
		return a->any_case ? 1 : -1;
	}
	return a->any_case ? compare_nocase(a->text, b->text) : strcmp(a->text, b->text);
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
				(struct silt_fan){(uint32_t)strlen(list[i].literal.text), (uint32_t)i, 0};
		}
		anchors->fans[anchors->count - 1].count++;
		anchors->rules[i] = list[i].rule;
	}
	return true;
}

bool silt_anchors_init(struct silt_anchors *anchors, const struct silt_rule *rules, size_t count)
{
	*anchors = (struct silt_anchors){0};
	size_t total = 0;
	for (size_t i = 0; i < count; i++) {
		total += length_of(rules[i].anchors) + length_of(rules[i].anchors_any_case);
	}
	struct mention *list = calloc(total + 1, sizeof(*list));
	anchors->backs = calloc(count + 1, sizeof(*anchors->backs));
	size_t used = 0;
	for (size_t i = 0; list && anchors->backs && i < count; i++) {
		size_t own = mention_all(&rules[i], (uint32_t)i, list + used);
		anchors->backs[i] = cover(list + used, own, rules[i].back);
		used += drop_covered(list + used, own);
	}
	if (list) {
		qsort(list, used, sizeof(*list), compare_mentions);
	}
	bool made = list && anchors->backs && merge(anchors, list, used);
	free(list);
	return made;
}

void silt_anchors_done(struct silt_anchors *anchors)
{
	free(anchors->literals);
	free(anchors->fans);
	free(anchors->rules);
	free(anchors->backs);
	*anchors = (struct silt_anchors){0};
}
