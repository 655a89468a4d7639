/* Secrets that only the name of a variable gives away: Env, build arguments, exports in a RUN. */
#include "audit/secret_list.h"

#include "audit/credential.h"
#include "audit/history_line.h"
#include "audit/line_matches.h"
#include "base/escape.h"
#include "base/secure.h"

#include <stdlib.h>

enum { NAME_SHOWN_MAX = 80 };

/* One string of a config that may hold assignments. */
struct line {
	size_t image;
	const char *place;      /* for people; NULL: "Env NAME" */
	struct silt_bytes text; /* the whole string */
	struct silt_line_matches *matches;
};

static const struct {
	enum silt_secret_where where;
	enum silt_severity severity;
} kinds[] = {
	[SILT_ASSIGNMENT_ENV] = {SILT_SECRET_IN_ENV, SILT_SEVERITY_MEDIUM},
	[SILT_ASSIGNMENT_BUILD_ARG] = {SILT_SECRET_IN_BUILD_ARG, SILT_SEVERITY_MEDIUM},
	/* Nobody exports a password that is not used: if it looks random as well, it is one. */
	[SILT_ASSIGNMENT_EXPORT] = {SILT_SECRET_IN_HISTORY, SILT_SEVERITY_HIGH},
};

/* The same name and value in Env and in history are one secret; the same value under two names may be chance. */
static void identify(const struct silt_assignment *assignment, uint8_t out[SILT_VALUE_ID_SIZE])
{
	const struct silt_bytes parts[] = {assignment->name, assignment->value};
	silt_keyed_hash("secret-name", parts, SILT_COUNT(parts), out, SILT_VALUE_ID_SIZE);
}

static enum silt_status add(struct silt_secret_list *list, const struct line *line,
			    const struct silt_assignment *assignment, enum silt_confidence confidence,
			    struct silt_error *err)
{
	struct silt_arena *arena = list->context->arena;
	struct silt_secret secret = {
		.severity = kinds[assignment->kind].severity,
		.confidence = confidence,
		.where = kinds[assignment->kind].where,
		.facts = "",
		.shown = {.layer = UINT32_MAX},
	};
	if (confidence == SILT_CONFIDENCE_POSSIBLE) {
		secret.severity = SILT_SEVERITY_MEDIUM;
	}
	if (list->context->keep_secrets) {
		secret.bytes = assignment->value;
	}
	identify(assignment, secret.value);
	silt_value_id(assignment->value, secret.plain);
	const char *name = silt_escape_cut(arena, assignment->name, NAME_SHOWN_MAX);
	const char *place = line->place ? line->place : name ? silt_arena_printf(arena, "Env %s", name) : NULL;
	secret.preview = name ? silt_arena_printf(arena, "value of %s (%zu bytes)", name, assignment->value.len) : NULL;
	if (!place || !secret.preview) {
		return silt_fail_memory(err);
	}
	enum silt_status status = silt_sight_config(list->context, line->image, place, &secret.sighting, err);
	secret.sighting.length = assignment->value.len;
	return status == SILT_OK ? silt_secret_list_add(list, &secret, err) : status;
}

/* What a pattern rule matches as well is a finding that says more. */
static enum silt_status consider(struct silt_secret_list *list, const struct line *line,
				 const struct silt_assignment *assignment, struct silt_error *err)
{
	enum silt_confidence confidence;
	if (!silt_looks_like_credential(assignment->name, assignment->value, &confidence)) {
		return SILT_OK;
	}
	enum silt_status status = silt_line_matches_find(line->matches, line->text, err);
	if (status != SILT_OK || silt_line_matches_overlap(line->matches, assignment->value)) {
		return status;
	}
	return add(list, line, assignment, confidence, err);
}

static enum silt_status look_at_env(struct silt_secret_list *list, size_t image, struct silt_line_matches *matches,
				    struct silt_error *err)
{
	const struct silt_config *config = &list->context->images[image].declared->config;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < config->env_count && status == SILT_OK; i++) {
		size_t equals = silt_bytes_find_byte(config->env[i], '=');
		if (equals == SIZE_MAX) {
			continue;
		}
		struct line line = {.image = image, .text = config->env[i], .matches = matches};
		struct silt_assignment assignment = {
			.kind = SILT_ASSIGNMENT_ENV,
			.name = silt_bytes_slice(line.text, 0, equals),
			.value = silt_bytes_slice(line.text, equals + 1, line.text.len),
		};
		status = consider(list, &line, &assignment, err);
	}
	return status;
}

static enum silt_status look_at_line(struct silt_secret_list *list, const struct line *line, struct silt_error *err)
{
	struct silt_assignments walk = silt_assignments_of(line->text);
	struct silt_assignment assignment;
	enum silt_status status = SILT_OK;
	while (status == SILT_OK && silt_assignment_next(&walk, &assignment)) {
		status = consider(list, line, &assignment, err);
	}
	return status;
}

static enum silt_status look_at_history(struct silt_secret_list *list, size_t image, struct silt_line_matches *matches,
					struct silt_error *err)
{
	const struct silt_config *config = &list->context->images[image].declared->config;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < config->history_count && status == SILT_OK; i++) {
		struct line line = {.image = image, .text = config->history[i].created_by, .matches = matches};
		line.place = silt_arena_printf(list->context->arena, "history line %zu", i + 1);
		if (!line.place) {
			return silt_fail_memory(err);
		}
		status = look_at_line(list, &line, err);
	}
	return status;
}

/* ---- What generic rules found of it ---------------------------------------------------------------------------------- */

/* The values of one image that names gave away. */
struct named {
	uint8_t plain[SILT_VALUE_ID_SIZE];
	size_t image;
};

static int order_named(const void *left, const void *right)
{
	const struct named *a = left, *b = right;
	int order = memcmp(a->plain, b->plain, sizeof(a->plain));
	return order != 0 ? order : (a->image > b->image) - (a->image < b->image);
}

static size_t list_named(const struct silt_secret_list *list, size_t first, struct named *out)
{
	size_t count = 0;
	for (size_t i = first; i < list->count; i++) {
		out[count].image = list->items[i].sighting.image;
		memcpy(out[count++].plain, list->items[i].plain, SILT_VALUE_ID_SIZE);
	}
	qsort(out, count, sizeof(*out), order_named);
	return count;
}

static bool is_named(const struct silt_secret *secret, const struct named *named, size_t count)
{
	struct named key = {.image = secret->sighting.image};
	memcpy(key.plain, secret->value, sizeof(key.plain));
	return secret->rule && secret->rule->generic && secret->where != SILT_SECRET_IN_CONTENT &&
	       bsearch(&key, named, count, sizeof(key), order_named);
}

/* The secrets from `first` on are known by name, which says more than a generic rule in the same config can. */
static enum silt_status drop_generic(struct silt_secret_list *list, size_t first, struct silt_error *err)
{
	if (first == list->count) {
		return SILT_OK;
	}
	struct named *named = calloc(list->count - first, sizeof(*named));
	if (!named) {
		return silt_fail_memory(err);
	}
	size_t count = list_named(list, first, named), kept = 0;
	for (size_t i = 0; i < list->count; i++) {
		if (i >= first || !is_named(&list->items[i], named, count)) {
			list->items[kept++] = list->items[i];
		}
	}
	list->count = kept;
	free(named);
	return SILT_OK;
}

enum silt_status silt_secrets_by_name(struct silt_secret_list *list, struct silt_error *err)
{
	size_t first = list->count;
	struct silt_line_matches matches;
	enum silt_status status = silt_line_matches_init(&matches, list->context->matcher, err);
	for (size_t image = 0; image < list->context->image_count && status == SILT_OK; image++) {
		if (!list->context->images[image].declared) {
			continue;
		}
		status = look_at_env(list, image, &matches, err);
		if (status == SILT_OK) {
			status = look_at_history(list, image, &matches, err);
		}
	}
	silt_line_matches_done(&matches);
	return status == SILT_OK ? drop_generic(list, first, err) : status;
}
