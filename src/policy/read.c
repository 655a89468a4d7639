/* A policy file as a whole. */
#include "policy/read.h"

#include "base/attributes.h"
#include "base/error.h"
#include "base/escape.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

/* Bytes of the name of a file that mistakes show. */
enum { SOURCE_MAX = 200 };

/* ---- Mistakes ---------------------------------------------------------------------------------------------------- */

static void tell(struct silt_policy_reader *reader, const char *mistake)
{
	if (reader->mistakes++ < SILT_POLICY_MISTAKES_MAX) {
		reader->tell(reader->ctx, mistake);
	}
}

void silt_policy_mistake(struct silt_policy_reader *reader, struct silt_yaml_place place, const char *format, ...)
{
	struct silt_error why = {0};
	char text[SILT_ERROR_TEXT_MAX];
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	/* The error cuts what is too long where it may be cut. */
	silt_fail(&why, SILT_ERR_USAGE, "%s:%u:%u: %s", reader->policy->source, place.line, place.column, text);
	tell(reader, why.text);
}

void *silt_policy_alloc(struct silt_policy_reader *reader, size_t size)
{
	void *memory = silt_arena_alloc(&reader->policy->arena, size);
	reader->starved = reader->starved || !memory;
	return memory;
}

/* ---- The keys at the top ----------------------------------------------------------------------------------------- */

static void read_version(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			 const struct silt_yaml_node *node, void *place)
{
	(void)place;
	if (node->kind != SILT_YAML_SCALAR || !silt_bytes_are(node->text, "1")) {
		silt_policy_unexpected(reader, field, node, "1, the version of the format");
	}
}

static void read_description(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			     const struct silt_yaml_node *node, void *place)
{
	const char *text = NULL;
	(void)place;
	silt_policy_read_line(reader, field, node, &text);
}

#define MEMBER(name) offsetof(struct silt_policy, name)

static const struct silt_policy_field fields[] = {
	{"version", read_version, 0, true},
	{"description", read_description, 0, false},
	{"fail-on", silt_policy_read_severity, MEMBER(threshold), false},
	{"own-layers-only", silt_policy_read_flag, MEMBER(own_layers_only), false},
	{"thresholds", silt_policy_read_thresholds, 0, false},
	{"rules", silt_policy_read_ratings, 0, false},
	{"allow", silt_policy_read_allowed, 0, false},
	{"waivers", silt_policy_read_waivers, 0, false},
};

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

static enum silt_status read_bytes(struct silt_policy_reader *reader, struct silt_bytes bytes, struct silt_error *err)
{
	struct silt_arena arena = {0};
	struct silt_error why = {0};
	const struct silt_yaml_node *root = NULL;
	enum silt_status status = silt_yaml_read(bytes, &arena, &root, &why);
	if (status == SILT_OK) {
		silt_policy_read_map(reader, fields, SILT_COUNT(fields), root, "a policy", reader->policy);
	} else if (status == SILT_ERR_USAGE) {
		struct silt_error placed = {0};
		silt_fail(&placed, status, "%s:%s", reader->policy->source, why.text);
		tell(reader, placed.text);
	}
	silt_arena_done(&arena);
	if (status == SILT_ERR_MEMORY || reader->starved) {
		return silt_fail_memory(err);
	}
	return SILT_OK;
}

/* Keeps the first of the mistakes, on its way to the caller. */
struct first {
	void (*tell)(void *ctx, const char *mistake);
	void *ctx;
	char text[SILT_ERROR_TEXT_MAX];
};

static void keep_first(void *ctx, const char *mistake)
{
	struct first *first = ctx;
	if (!*first->text) {
		(void)snprintf(first->text, sizeof(first->text), "%s", mistake);
	}
	if (first->tell) {
		first->tell(first->ctx, mistake);
	}
}

static enum silt_status fail_reading(const struct first *first, size_t mistakes, struct silt_error *err)
{
	if (mistakes == 1) {
		return silt_fail(err, SILT_ERR_USAGE, "%s", first->text);
	}
	return silt_fail(err, SILT_ERR_USAGE, "%.440s (and %zu more mistake%s)", first->text, mistakes - 1,
			 mistakes == 2 ? "" : "s");
}

static enum silt_status read_file(struct silt_policy *policy, const struct silt_policy_file *file,
				  const struct silt_rules *rules, struct first *first, struct silt_error *err)
{
	struct silt_policy_reader reader = {.policy = policy, .rules = rules, .tell = keep_first, .ctx = first};
	policy->source = silt_escape_cut(&policy->arena, silt_bytes_text(file->name), SOURCE_MAX);
	if (!policy->source) {
		return silt_fail_memory(err);
	}
	enum silt_status status = read_bytes(&reader, silt_bytes(file->text, file->size), err);
	return status == SILT_OK && reader.mistakes > 0 ? fail_reading(first, reader.mistakes, err) : status;
}

enum silt_status silt_policy_read_telling(const struct silt_policy_file *file, const struct silt_rules *rules,
					  void (*tell_mistake)(void *ctx, const char *mistake), void *ctx,
					  struct silt_policy **out, struct silt_error *err)
{
	struct first first = {.tell = tell_mistake, .ctx = ctx};
	struct silt_policy *policy = NULL;
	enum silt_status status = silt_policy_new(&policy, err);
	if (status == SILT_OK) {
		status = read_file(policy, file, rules, &first, err);
	}
	if (status != SILT_OK) {
		silt_policy_free(policy);
		return status;
	}
	*out = policy;
	return SILT_OK;
}

enum silt_status silt_policy_read(const struct silt_policy_file *file, const struct silt_rules *rules,
				  struct silt_policy **out, struct silt_error *err)
{
	return silt_policy_read_telling(file, rules, NULL, NULL, out, err);
}
