/* The keys of a rule, and from a map of them to a struct silt_rule. */
#include "secret/rule_read.h"

#include "base/attributes.h"
#include "base/limits.h"
#include "secret/validators.h"

#include <stddef.h>

enum {
	/* The longest escape that %{left} knows is `[38;5;196m`. */
	CONTEXT_DEFAULT = 10,
	REACH_DEFAULT = 256,
	WITHIN_DEFAULT = 60,
	TITLE_MAX = 80,
	SENTENCE_MAX = 300,
	/* A preview never shows more. */
	SHOW_MAX = 8,
	IDENTITY_MAX = 16,
};

#define REMEDY_DEFAULT "Revoke it where it was issued, and issue a new one."

/* ---- Values that only rules have --------------------------------------------------------------------------------- */

static enum silt_status read_limits(struct silt_rule_reader *reader, const struct silt_rule_field *field,
				    const struct silt_yaml_node *node, void *place)
{
#define LIMIT(key, member)                                                                                             \
	{                                                                                                              \
		key, silt_rule_read_number, offsetof(struct silt_rule_limits, member), 0, SILT_RULE_REACH_MAX          \
	}
	static const struct silt_rule_field fields[] = {
		LIMIT("min-length", min_length),
		LIMIT("max-length", max_length),
		LIMIT("digits", digits),
		LIMIT("uppers", uppers),
		LIMIT("lowers", lowers),
		{"entropy", silt_rule_read_tenths, offsetof(struct silt_rule_limits, entropy_tenths), 0, 80},
	};
#undef LIMIT
	if (node->kind != SILT_YAML_MAP) {
		return silt_rule_fail(reader, node, "%s: expected a map such as {min-length: 20}, found %s", field->key,
				      silt_rule_kind(node));
	}
	uint64_t seen;
	return silt_rule_read_map(reader, fields, SILT_COUNT(fields), node, place, &seen);
}

static enum silt_status read_validator(struct silt_rule_reader *reader, const struct silt_rule_field *field,
				       const struct silt_yaml_node *node, void *place)
{
	struct silt_rule *rule = place;
	const struct silt_validator *validator = node->kind == SILT_YAML_SCALAR ? silt_validator_find(node->text)
										: NULL;
	if (!validator) {
		char shown[SILT_RULE_SHOWN_SIZE];
		return silt_rule_fail(reader, node, "%s: no validator is called \"%s\"", field->key,
				      silt_rule_show(node->text, shown));
	}
	rule->validator = validator->name;
	rule->validate = validator->validate;
	return SILT_OK;
}

/* A text, or {file: ..., text: ...}. */
static enum silt_status read_example(struct silt_rule_reader *reader, const struct silt_rule_field *field,
				     const struct silt_yaml_node *node, struct silt_rule_example *example)
{
	static const struct silt_rule_field fields[] = {
		{"text", silt_rule_read_bytes, offsetof(struct silt_rule_example, text), 0, 0},
		{"file", silt_rule_read_line, offsetof(struct silt_rule_example, file), 0, SILT_PATH_MAX},
	};
	example->file = "";
	if (node->kind != SILT_YAML_MAP) {
		return silt_rule_read_bytes(reader, field, node, &example->text);
	}
	uint64_t seen;
	enum silt_status status = silt_rule_read_map(reader, fields, SILT_COUNT(fields), node, example, &seen);
	if (status == SILT_OK && !example->text.ptr) {
		return silt_rule_fail(reader, node, "%s: expected a text in the map, found none", field->key);
	}
	return status;
}

static enum silt_status read_examples(struct silt_rule_reader *reader, const struct silt_rule_field *field,
				      const struct silt_yaml_node *node, const struct silt_rule_example **out,
				      size_t *count)
{
	if (node->kind != SILT_YAML_LIST || node->count == 0 || node->count > SILT_RULE_ITEMS_MAX) {
		return silt_rule_fail(reader, node, "%s: expected a list of 1 to %d examples", field->key,
				      SILT_RULE_ITEMS_MAX);
	}
	struct silt_rule_example *examples = silt_arena_alloc(reader->arena, node->count * sizeof(*examples));
	if (!examples) {
		return silt_fail_memory(reader->err);
	}
	*out = examples;
	*count = node->count;
	for (const struct silt_yaml_node *item = node->first; item; item = item->next) {
		enum silt_status status = read_example(reader, field, item, examples++);
		if (status != SILT_OK) {
			return status;
		}
	}
	return SILT_OK;
}

static enum silt_status read_positives(struct silt_rule_reader *reader, const struct silt_rule_field *field,
				       const struct silt_yaml_node *node, void *place)
{
	struct silt_rule *rule = place;
	return read_examples(reader, field, node, &rule->positives, &rule->positive_count);
}

static enum silt_status read_negatives(struct silt_rule_reader *reader, const struct silt_rule_field *field,
				       const struct silt_yaml_node *node, void *place)
{
	struct silt_rule *rule = place;
	return read_examples(reader, field, node, &rule->negatives, &rule->negative_count);
}

/* ---- Rules ------------------------------------------------------------------------------------------------------- */

#define MEMBER(name) offsetof(struct silt_rule, name)

/* The first rows are those that every rule has, the last are for silt's own files. A row that is given the whole rule
 * sets several members of it. */
enum { REQUIRED = 6, OWN = 3 };
static const struct silt_rule_field fields[] = {
	{"id", silt_rule_read_id, MEMBER(id), 0, 64},
	{"title", silt_rule_read_line, MEMBER(title), 0, TITLE_MAX},
	{"severity", silt_rule_read_severity, MEMBER(severity), 0, 0},
	{"pattern", silt_rule_read_pattern, MEMBER(pattern), 0, 0},
	{"positive", read_positives, 0, 0, 0},
	{"negative", read_negatives, 0, 0, 0},
	{"provider", silt_rule_read_line, MEMBER(provider), 0, TITLE_MAX},
	{"confidence", silt_rule_read_confidence, MEMBER(confidence), 0, 0},
	{"anchors", silt_rule_read_anchors, 0, 0, 0},
	{"anchors-any-case", silt_rule_read_anchors_any_case, MEMBER(anchors_any_case), 0, 0},
	{"back", silt_rule_read_number, MEMBER(back), 0, SILT_RULE_BACK_MAX},
	{"reach", silt_rule_read_number, MEMBER(reach), 1, SILT_FILE_HEAD_MAX},
	{"context", silt_rule_read_number, MEMBER(context), 0, SILT_RULE_BACK_MAX},
	{"show", silt_rule_read_number, MEMBER(show), 0, SHOW_MAX},
	{"files", silt_rule_read_files, MEMBER(files), 0, 0},
	{"keywords", silt_rule_read_keywords, MEMBER(keywords), 0, 0},
	{"within", silt_rule_read_number, MEMBER(within), 1, SILT_RULE_BACK_MAX},
	{"limits", read_limits, MEMBER(limits), 0, 0},
	{"allow", silt_rule_read_patterns, MEMBER(allow), 0, 0},
	{"generic", silt_rule_read_flag, MEMBER(generic), 0, 0},
	{"at-start", silt_rule_read_flag, MEMBER(at_start), 0, 0},
	{"public", silt_rule_read_flag, MEMBER(public_half), 0, 0},
	{"never-vendor", silt_rule_read_flag, MEMBER(never_vendor), 0, 0},
	{"validate", read_validator, 0, 0, 0},
	{"revoke", silt_rule_read_line, MEMBER(remedy), 0, SENTENCE_MAX},
	{"references", silt_rule_read_addresses, MEMBER(references), 0, 0},
	{"identity", silt_rule_read_line, MEMBER(identity), 0, IDENTITY_MAX},
	{"ahead", silt_rule_read_flag, MEMBER(ahead), 0, 0},
	{"alone", silt_rule_read_number, MEMBER(alone), 1, SILT_RULE_BACK_MAX},
};

/* Errors of a rule name it, so its id is read before everything else. */
static enum silt_status name_rule(struct silt_rule_reader *reader, const struct silt_yaml_node *map)
{
	const struct silt_yaml_node *id = silt_yaml_member(map, SILT_LITERAL("id"));
	if (!id) {
		return silt_rule_fail(reader, map, "rule: expected an id, found none");
	}
	const char *text = NULL;
	enum silt_status status = silt_rule_read_id(reader, &fields[0], id, &text);
	if (status != SILT_OK) {
		return status;
	}
	reader->rule = silt_arena_printf(reader->arena, "rule %s", text);
	return reader->rule ? SILT_OK : silt_fail_memory(reader->err);
}

static enum silt_status check_required(struct silt_rule_reader *reader, const struct silt_yaml_node *map, uint64_t seen)
{
	for (size_t i = 0; i < REQUIRED; i++) {
		if (!(seen >> i & 1)) {
			return silt_rule_fail(reader, map, "the key %s is missing", fields[i].key);
		}
	}
	return SILT_OK;
}

static enum silt_status read_named(struct silt_rule_reader *reader, const struct silt_yaml_node *map,
				   struct silt_rule *rule)
{
	uint64_t seen = 0;
	size_t known = SILT_COUNT(fields) - (reader->own ? 0 : OWN);
	enum silt_status status = silt_rule_read_map(reader, fields, known, map, rule, &seen);
	if (status == SILT_OK) {
		status = check_required(reader, map, seen);
	}
	return status == SILT_OK ? silt_rule_check(reader, map, rule) : status;
}

enum silt_status silt_rule_read(struct silt_rule_reader *reader, const struct silt_yaml_node *map,
				struct silt_rule *rule)
{
	if (map->kind != SILT_YAML_MAP) {
		return silt_rule_fail(reader, map, "rules: expected a map for each rule, found %s",
				      silt_rule_kind(map));
	}
	enum silt_status status = name_rule(reader, map);
	if (status != SILT_OK) {
		return status;
	}
	*rule = (struct silt_rule){
		.remedy = REMEDY_DEFAULT,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.reach = REACH_DEFAULT,
		.context = CONTEXT_DEFAULT,
		.within = WITHIN_DEFAULT,
		.source = reader->source,
		.line = map->place.line,
	};
	status = read_named(reader, map, rule);
	reader->rule = NULL;
	return status;
}
