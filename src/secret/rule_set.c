/* Sets of rules: files in, rules out. */
#include "secret/rule_set.h"

#include "base/escape.h"
#include "base/limits.h"
#include "secret/rule_pack.h"
#include "secret/shipped.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct silt_rule_set {
	struct silt_arena arena; /* owns every string and list of the rules */
	struct silt_rule *rules; /* owns */
	size_t count;
	size_t capacity;
	struct silt_rule_macros macros; /* those that every further file may use */
	bool shipped;                   /* what silt ships, and no others */
};

struct silt_rule_set *silt_rule_set_new(void)
{
	return calloc(1, sizeof(struct silt_rule_set));
}

void silt_rule_set_free(struct silt_rule_set *set)
{
	if (set) {
		silt_arena_done(&set->arena);
		free(set->macros.items);
		free(set->rules);
		free(set);
	}
}

const struct silt_rule *silt_rule_set_rules(const struct silt_rule_set *set, size_t *count)
{
	*count = set->count;
	return set->rules;
}

const struct silt_rule_macros *silt_rule_set_macros(const struct silt_rule_set *set)
{
	return &set->macros;
}

bool silt_rule_set_is_shipped(const struct silt_rule_set *set)
{
	return set->shipped;
}

const struct silt_rule *silt_rule_set_find(const struct silt_rule_set *set, struct silt_bytes id)
{
	for (size_t i = 0; i < set->count; i++) {
		if (silt_bytes_equal(id, silt_bytes_text(set->rules[i].id))) {
			return &set->rules[i];
		}
	}
	return NULL;
}

/* ---- One file ---------------------------------------------------------------------------------------------------- */

enum silt_status silt_rule_fail(const struct silt_rule_reader *reader, const struct silt_yaml_node *node,
				const char *format, ...)
{
	char reason[SILT_ERROR_TEXT_MAX];
	va_list args;
	va_start(args, format);
	vsnprintf(reason, sizeof(reason), format, args);
	va_end(args);
	return silt_fail(reader->err, SILT_ERR_USAGE, "%s:%u: %s%s%s", reader->source, node->place.line,
			 reader->rule ? reader->rule : "", reader->rule ? ": " : "", reason);
}

static enum silt_status add_rule(struct silt_rule_set *set, struct silt_rule_reader *reader,
				 const struct silt_yaml_node *map)
{
	struct silt_rule rule;
	enum silt_status status = silt_rule_read(reader, map, &rule);
	if (status != SILT_OK) {
		return status;
	}
	const struct silt_rule *other = silt_rule_set_find(set, silt_bytes_text(rule.id));
	if (other) {
		return silt_rule_fail(reader, map, "rule %s: the id is taken by the rule at %s:%u", rule.id,
				      other->source, other->line);
	}
	if (set->count == SILT_RULES_MAX) {
		return silt_rule_fail(reader, map, "rule %s: there are %d rules already", rule.id, SILT_RULES_MAX);
	}
	void *rules = set->rules;
	if (!silt_grow(&rules, set->count, &set->capacity, sizeof(rule))) {
		return silt_fail_memory(reader->err);
	}
	set->rules = rules;
	set->rules[set->count++] = rule;
	set->shipped = false;
	return SILT_OK;
}

static enum silt_status add_rules(struct silt_rule_set *set, struct silt_rule_reader *reader,
				  const struct silt_yaml_node *list)
{
	if (list->kind != SILT_YAML_LIST || list->count == 0) {
		return silt_rule_fail(reader, list, "rules: expected a list of rules, found %s", silt_rule_kind(list));
	}
	for (const struct silt_yaml_node *map = list->first; map; map = map->next) {
		enum silt_status status = add_rule(set, reader, map);
		if (status != SILT_OK) {
			return status;
		}
	}
	return SILT_OK;
}

static enum silt_status check_top(const struct silt_rule_reader *reader, const struct silt_yaml_node *root)
{
	if (root->kind != SILT_YAML_MAP || !root->first) {
		return silt_rule_fail(reader, root, "expected a map with the keys define and rules, found %s",
				      silt_rule_kind(root));
	}
	for (const struct silt_yaml_node *node = root->first; node; node = node->next) {
		if (!silt_bytes_equal(node->key, SILT_LITERAL("define")) &&
		    !silt_bytes_equal(node->key, SILT_LITERAL("rules"))) {
			char shown[SILT_RULE_SHOWN_SIZE];
			return silt_rule_fail(reader, node, "unknown key \"%s\"; known are define and rules",
					      silt_rule_show(node->key, shown));
		}
	}
	return SILT_OK;
}

static enum silt_status add_file(struct silt_rule_set *set, struct silt_rule_reader *reader,
				 const struct silt_yaml_node *root)
{
	const struct silt_yaml_node *define = silt_yaml_member(root, SILT_LITERAL("define"));
	const struct silt_yaml_node *rules = silt_yaml_member(root, SILT_LITERAL("rules"));
	size_t shared = set->macros.count;
	enum silt_status status = check_top(reader, root);
	if (status == SILT_OK && define) {
		status = silt_rule_define(reader, define);
	}
	if (status == SILT_OK && rules) {
		status = add_rules(set, reader, rules);
	}
	if (status != SILT_OK || rules) {
		set->macros.count = shared;
	}
	return status;
}

static enum silt_status add_yaml(struct silt_rule_set *set, struct silt_bytes yaml, const char *source, bool own,
				 struct silt_error *err)
{
	struct silt_rule_reader reader = {.arena = &set->arena, .macros = &set->macros, .own = own, .err = err};
	reader.source = silt_escape_cut(&set->arena, silt_bytes_text(source), SILT_RULE_SOURCE_MAX);
	if (!reader.source) {
		return silt_fail_memory(err);
	}
	const struct silt_yaml_node *root = NULL;
	struct silt_error why = {0};
	enum silt_status status = silt_yaml_read(yaml, &set->arena, &root, &why);
	if (status != SILT_OK) {
		return silt_fail(err, status, "%s:%s", reader.source, why.text);
	}
	size_t before = set->count;
	status = add_file(set, &reader, root);
	if (status != SILT_OK) {
		set->count = before;
	}
	return status;
}

enum silt_status silt_rule_set_add(struct silt_rule_set *set, struct silt_bytes yaml, const char *source,
				   struct silt_error *err)
{
	return add_yaml(set, yaml, source, false, err);
}

enum silt_status silt_rule_set_add_own(struct silt_rule_set *set, struct silt_bytes yaml, const char *source,
				       struct silt_error *err)
{
	return add_yaml(set, yaml, source, true, err);
}

/* ---- What silt ships --------------------------------------------------------------------------------------------- */

static bool take_macro(struct silt_rule_set *set, struct silt_rule_pack *pack)
{
	struct silt_rule_macros *macros = &set->macros;
	void *items = macros->items;
	if (!silt_grow(&items, macros->count, &macros->capacity, sizeof(*macros->items))) {
		return false;
	}
	macros->items = items;
	silt_rule_pack_macro(pack, &macros->items[macros->count++]);
	return true;
}

static bool take_rule(struct silt_rule_set *set, struct silt_rule_pack *pack)
{
	void *rules = set->rules;
	if (!silt_grow(&rules, set->count, &set->capacity, sizeof(*set->rules))) {
		return false;
	}
	set->rules = rules;
	silt_rule_pack_rule(pack, &set->rules[set->count++]);
	return true;
}

/* With `basics`, of the rules only those for programs, which come first. The texts of `bytes` stay where they are. */
static enum silt_status add_pack(struct silt_rule_set *set, struct silt_bytes bytes, bool basics,
				 struct silt_error *err)
{
	struct silt_rule_pack pack;
	bool room = true;
	silt_rule_pack_open(&pack, bytes, &set->arena);
	for (size_t i = 0; i < pack.macros && room && !pack.damaged; i++) {
		room = take_macro(set, &pack);
	}
	bool wanted = true;
	for (size_t i = 0; i < pack.rules && wanted && room && !pack.damaged && !pack.starved; i++) {
		room = take_rule(set, &pack);
		wanted = !basics || (room && set->rules[set->count - 1].identity);
	}
	if (!room || pack.starved) {
		return silt_fail_memory(err);
	}
	set->count -= wanted ? 0 : 1;
	bool left = wanted && pack.rest.len > 0;
	return pack.damaged || left ? silt_fail(err, SILT_ERR_INTERNAL, "the rules that silt ships are damaged")
				    : SILT_OK;
}

enum silt_status silt_rule_set_add_packed(struct silt_rule_set *set, struct silt_bytes pack, struct silt_error *err)
{
	struct silt_bytes own = silt_arena_copy(&set->arena, pack);
	return own.ptr ? add_pack(set, own, false, err) : silt_fail_memory(err);
}

static enum silt_status add_shipped(struct silt_rule_set *set, bool basics, struct silt_error *err)
{
	uint8_t *pack = silt_arena_alloc(&set->arena, silt_shipped_rules.size);
	if (!pack) {
		return silt_fail_memory(err);
	}
	silt_shipped_copy(&silt_shipped_rules, pack);
	return add_pack(set, silt_bytes(pack, silt_shipped_rules.size), basics, err);
}

enum silt_status silt_rule_set_add_basics(struct silt_rule_set *set, struct silt_error *err)
{
	return add_shipped(set, true, err);
}

enum silt_status silt_rule_set_add_shipped(struct silt_rule_set *set, struct silt_error *err)
{
	enum silt_status status = add_shipped(set, false, err);
	set->shipped = status == SILT_OK;
	return status;
}
