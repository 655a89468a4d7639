/* What a policy says of checks and rules, and what findings have to reach to count. */
#include "policy/read.h"

#include "base/attributes.h"
#include "policy/names.h"

#include <stddef.h>

/* ---- Names ------------------------------------------------------------------------------------------------------- */

void silt_policy_unknown_name(struct silt_policy_reader *reader, struct silt_yaml_place place, struct silt_bytes name)
{
	char shown[SILT_POLICY_SHOWN_SIZE];
	const char *near = silt_policy_name_near((const char *)name.ptr, reader->rules);
	silt_policy_show(name, shown);
	if (near) {
		silt_policy_mistake(reader, place, "no check and no rule is called \"%s\": did you mean \"%s\"?", shown,
				    near);
	} else {
		silt_policy_mistake(reader, place,
				    "no check and no rule is called \"%s\"; silt rules list shows them all", shown);
	}
}

/* A name that nothing has is told by silt_policy_read_names, which knows what is near. */
static const char *any_name(const struct silt_policy_reader *reader, struct silt_bytes text)
{
	(void)reader;
	(void)text;
	return NULL;
}

void silt_policy_read_names(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			    const struct silt_yaml_node *node, void *place)
{
	const struct silt_policy_text **list = place;
	silt_policy_read_texts(reader, field, node, any_name, place);
	for (const struct silt_policy_text *item = *list; item; item = item->next) {
		if (!silt_policy_name_known(item->text, reader->rules)) {
			silt_policy_unknown_name(reader, node->place, item->bytes);
		}
	}
}

/* ---- rules: ------------------------------------------------------------------------------------------------------ */

/* "off", "on", or a severity. */
static bool read_action(const struct silt_yaml_node *node, struct silt_policy_rating *rating)
{
	if (node->kind != SILT_YAML_SCALAR || node->binary) {
		return false;
	}
	if (silt_bytes_are(node->text, "off") || silt_bytes_are(node->text, "on")) {
		rating->action = node->text.len == 2 ? SILT_POLICY_ON : SILT_POLICY_OFF;
		return true;
	}
	rating->action = SILT_POLICY_RATE;
	return silt_yaml_severity(node, &rating->severity);
}

static struct silt_policy_rating *read_rating(struct silt_policy_reader *reader, const struct silt_yaml_node *node)
{
	struct silt_policy_rating *rating = silt_policy_alloc(reader, sizeof(*rating));
	struct silt_bytes name = silt_arena_copy(&reader->policy->arena, node->key);
	reader->starved = reader->starved || !name.ptr;
	if (reader->starved) {
		return NULL;
	}
	rating->name = (const char *)name.ptr;
	rating->line = node->at.line;
	if (memchr(name.ptr, '\0', name.len) || !silt_policy_name_known(rating->name, reader->rules)) {
		silt_policy_unknown_name(reader, node->at, name);
	}
	if (!read_action(node, rating)) {
		char shown[SILT_POLICY_SHOWN_SIZE];
		const struct silt_policy_field field = {silt_policy_show(name, shown), NULL, 0, false};
		silt_policy_unexpected(reader, &field, node, "off, on, critical, high, medium, low or info");
	}
	return rating;
}

void silt_policy_read_ratings(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			      const struct silt_yaml_node *node, void *place)
{
	struct silt_policy_rating **end = &((struct silt_policy *)place)->ratings;
	if (node->kind != SILT_YAML_MAP) {
		silt_policy_unexpected(reader, field, node, "a map such as {user-root: critical, history-add: off}");
		return;
	}
	for (const struct silt_yaml_node *child = node->first; child && !reader->starved; child = child->next) {
		struct silt_policy_rating *rating = read_rating(reader, child);
		if (rating) {
			*end = rating;
			end = &rating->next;
		}
	}
}

/* ---- thresholds: ------------------------------------------------------------------------------------------------- */

static struct silt_policy_threshold *read_threshold(struct silt_policy_reader *reader,
						    const struct silt_yaml_node *node)
{
	static const struct silt_policy_field fields[] = {
		{"fail-on", silt_policy_read_level, offsetof(struct silt_policy_threshold, severity), true},
		{"family", silt_policy_read_families, offsetof(struct silt_policy_threshold, families), false},
		{"fate", silt_policy_read_fates, offsetof(struct silt_policy_threshold, fates), false},
		{"confidence", silt_policy_read_confidences, offsetof(struct silt_policy_threshold, confidences),
		 false},
		{"heritage", silt_policy_read_heritages, offsetof(struct silt_policy_threshold, heritages), false},
	};
	struct silt_policy_threshold *threshold = silt_policy_alloc(reader, sizeof(*threshold));
	if (!threshold) {
		return NULL;
	}
	silt_policy_read_map(reader, fields, SILT_COUNT(fields), node, "a threshold", threshold);
	if (node->kind == SILT_YAML_MAP && node->count == 1 && silt_yaml_member(node, SILT_LITERAL("fail-on"))) {
		silt_policy_mistake(reader, node->place,
				    "a threshold needs a condition: family, fate, confidence or heritage");
	}
	return threshold;
}

void silt_policy_read_thresholds(struct silt_policy_reader *reader, const struct silt_policy_field *field,
				 const struct silt_yaml_node *node, void *place)
{
	struct silt_policy_threshold **end = &((struct silt_policy *)place)->thresholds;
	if (!silt_policy_is_list(reader, field, node, "a list of maps such as {family: secret, fail-on: low}")) {
		return;
	}
	for (const struct silt_yaml_node *child = node->first; child && !reader->starved; child = child->next) {
		struct silt_policy_threshold *threshold = read_threshold(reader, child);
		if (threshold) {
			*end = threshold;
			end = &threshold->next;
		}
	}
}
