/* Secrets that only their surroundings give away: the name of a variable or option, the program they are for. */
#include "audit/secret_list.h"

#include "audit/config_commands.h"
#include "audit/credential.h"
#include "audit/history_line.h"
#include "audit/line_matches.h"
#include "base/escape.h"
#include "base/secure.h"
#include "secret/placeholder.h"

#include <stdlib.h>

enum { NAME_SHOWN_MAX = 80 };

/* Values shorter than this are not told: they would be words of every line that they are cut out of (redact.c). */
enum { COMMAND_VALUE_MIN = 4 };

/* One string of a config that may hold assignments. */
struct line {
	size_t image;
	const char *place;       /* for people; NULL: "Env NAME" */
	size_t history;          /* line of it, from 0; SIZE_MAX: none */
	bool runs;               /* a command of the container: not of history */
	struct silt_bytes whole; /* the string that a value is looked for in by pattern rules */
	struct silt_line_matches *matches;
};

/* Where an assignment counts, and how much. */
static const struct kind {
	enum silt_secret_where where;
	enum silt_severity likely, possible;
} kinds[] = {
	[SILT_ASSIGNMENT_ENV] = {SILT_SECRET_IN_ENV, SILT_SEVERITY_MEDIUM, SILT_SEVERITY_MEDIUM},
	[SILT_ASSIGNMENT_BUILD_ARG] = {SILT_SECRET_IN_BUILD_ARG, SILT_SEVERITY_HIGH, SILT_SEVERITY_MEDIUM},
	/* Nobody gives a password to a command that is not used; but builds are given words in place of one. */
	[SILT_ASSIGNMENT_COMMAND] = {SILT_SECRET_IN_HISTORY, SILT_SEVERITY_HIGH, SILT_SEVERITY_HIGH},
};

static enum silt_severity severity_of(const struct silt_assignment *assignment, enum silt_confidence confidence)
{
	const struct kind *kind = &kinds[assignment->kind];
	if (confidence != SILT_CONFIDENCE_POSSIBLE) {
		return kind->likely;
	}
	return silt_is_placeholder_words(assignment->value) ? SILT_SEVERITY_MEDIUM : kind->possible;
}

/* The same name and value in Env and in history are one secret; the same value under two names may be chance. */
static void identify(const struct silt_assignment *assignment, uint8_t out[SILT_VALUE_ID_SIZE])
{
	const struct silt_bytes parts[] = {assignment->name, assignment->value};
	silt_keyed_hash("secret-name", parts, SILT_COUNT(parts), out, SILT_VALUE_ID_SIZE);
}

static enum silt_status add_at(struct silt_secret_list *list, const struct line *line, const char *place,
			       struct silt_secret *secret, struct silt_bytes value, struct silt_error *err)
{
	secret->facts = "";
	secret->shown.layer = UINT32_MAX;
	if (list->context->keep_secrets) {
		secret->bytes = value;
	}
	if (!place || !secret->preview) {
		return silt_fail_memory(err);
	}
	enum silt_status status =
		line->history == SIZE_MAX
			? silt_sight_config(list->context, line->image, place, &secret->sighting, err)
			: silt_sight_history(list->context, line->image, line->history, place, &secret->sighting, err);
	secret->sighting.length = value.len;
	return status == SILT_OK ? silt_secret_list_add(list, secret, err) : status;
}

static enum silt_status add(struct silt_secret_list *list, const struct line *line,
			    const struct silt_assignment *assignment, enum silt_confidence confidence,
			    struct silt_error *err)
{
	struct silt_arena *arena = list->context->arena;
	const char *name = silt_escape_cut(arena, assignment->name, NAME_SHOWN_MAX);
	struct silt_secret secret = {
		.severity = severity_of(assignment, confidence),
		.confidence = confidence,
		.where = line->runs ? SILT_SECRET_IN_COMMAND : kinds[assignment->kind].where,
		.preview = name ? silt_arena_printf(arena, "value of %s (%zu bytes)", name, assignment->value.len)
				: NULL,
	};
	identify(assignment, secret.value);
	silt_value_id(assignment->value, secret.plain);
	const char *place = line->place ? line->place : name ? silt_arena_printf(arena, "Env %s", name) : NULL;
	return add_at(list, line, place, &secret, assignment->value, err);
}

/* Once for each string, however many names are in it. */
static enum silt_status search(const struct line *line, struct silt_error *err)
{
	struct silt_bytes last = line->matches->line;
	bool done = last.ptr == line->whole.ptr && last.len == line->whole.len;
	return done ? SILT_OK : silt_line_matches_find(line->matches, line->whole, err);
}

/* What a pattern rule matches as well is a finding that says more. */
static enum silt_status consider(struct silt_secret_list *list, const struct line *line,
				 const struct silt_assignment *assignment, struct silt_error *err)
{
	enum silt_confidence confidence;
	if (!silt_looks_like_credential(assignment->name, assignment->value, &confidence)) {
		return SILT_OK;
	}
	enum silt_status status = search(line, err);
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
		struct line line = {.image = image, .history = SIZE_MAX, .whole = config->env[i], .matches = matches};
		struct silt_assignment assignment = {
			.kind = SILT_ASSIGNMENT_ENV,
			.name = silt_bytes_slice(line.whole, 0, equals),
			.value = silt_bytes_slice(line.whole, equals + 1, line.whole.len),
		};
		status = consider(list, &line, &assignment, err);
	}
	return status;
}

/* ---- Commands ------------------------------------------------------------------------------------------------------ */

static enum silt_status line_of(const struct silt_secret_list *list, size_t image,
				const struct silt_config_command *command, struct silt_line_matches *matches,
				struct line *out, struct silt_error *err)
{
	*out = (struct line){.image = image, .runs = command->field != NULL, .matches = matches};
	out->history = command->field ? SIZE_MAX : command->line;
	out->place = silt_config_command_place(command, list->context->arena);
	return out->place ? SILT_OK : silt_fail_memory(err);
}

static enum silt_status look_at_names(struct silt_secret_list *list, struct line *line,
				      const struct silt_config_command *command, struct silt_error *err)
{
	struct silt_assignments walk = silt_assignments_of_command(command);
	struct silt_assignment assignment;
	enum silt_status status = SILT_OK;
	while (status == SILT_OK && silt_assignment_next(&walk, &assignment)) {
		line->whole = command->is_text ? command->words[0] : assignment.value;
		status = consider(list, line, &assignment, err);
	}
	return status;
}

/* A password that no name gives away, but the program that it is for. */
static enum silt_status add_password(struct silt_secret_list *list, const struct line *line,
				     const struct silt_line_match *match, struct silt_bytes value,
				     struct silt_error *err)
{
	struct silt_secret secret = {
		.rule = match->rule,
		.severity = match->severity,
		.confidence = match->confidence,
		.where = line->runs ? SILT_SECRET_IN_COMMAND : SILT_SECRET_IN_HISTORY,
		.preview = silt_arena_printf(list->context->arena, "password (%zu bytes)", value.len),
	};
	silt_value_id(value, secret.value);
	return add_at(list, line, line->place, &secret, value, err);
}

static enum silt_status look_at_passwords(struct silt_secret_list *list, struct line *line,
					  const struct silt_config_command *command, struct silt_error *err)
{
	struct silt_buffer text = {0};
	silt_config_command_text(command, &text);
	struct silt_bytes whole = silt_buffer_bytes(&text);
	enum silt_status status = text.failed ? silt_fail_memory(err)
					      : silt_line_matches_find_command(line->matches, whole, err);
	for (size_t i = 0; i < line->matches->count && status == SILT_OK; i++) {
		const struct silt_line_match *match = &line->matches->items[i];
		size_t offset = (size_t)(match->value.ptr - whole.ptr);
		struct silt_bytes value = silt_config_command_span(command, offset, match->value.len);
		if (silt_line_match_is_of_command(match) && value.len >= COMMAND_VALUE_MIN) {
			status = add_password(list, line, match, value, err);
		}
	}
	silt_buffer_done(&text);
	return status;
}

typedef enum silt_status look_fn(struct silt_secret_list *list, struct line *line,
				 const struct silt_config_command *command, struct silt_error *err);

static enum silt_status look_at_commands(struct silt_secret_list *list, size_t image, struct silt_line_matches *matches,
					 look_fn *look, struct silt_error *err)
{
	const struct silt_config *config = &list->context->images[image].declared->config;
	struct silt_config_command command;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; status == SILT_OK && silt_config_command(config, i, &command); i++) {
		struct line line;
		status = line_of(list, image, &command, matches, &line, err);
		if (status == SILT_OK) {
			status = look(list, &line, &command, err);
		}
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
	return secret->rule && secret->rule->generic && secret->where > SILT_SECRET_IN_CONTENT &&
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

static enum silt_status look_at_all(struct silt_secret_list *list, struct silt_line_matches *matches, bool by_name,
				    struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t image = 0; image < list->context->image_count && status == SILT_OK; image++) {
		if (!list->context->images[image].declared) {
			continue;
		}
		status = look_at_commands(list, image, matches, by_name ? look_at_names : look_at_passwords, err);
		if (status == SILT_OK && by_name) {
			status = look_at_env(list, image, matches, err);
		}
	}
	return status;
}

enum silt_status silt_secrets_by_name(struct silt_secret_list *list, struct silt_error *err)
{
	struct silt_line_matches matches;
	enum silt_status status = silt_line_matches_init(&matches, list->context->matcher, err);
	if (status == SILT_OK) {
		status = look_at_all(list, &matches, false, err);
	}
	size_t first = list->count;
	if (status == SILT_OK) {
		status = look_at_all(list, &matches, true, err);
	}
	silt_line_matches_done(&matches);
	return status == SILT_OK ? drop_generic(list, first, err) : status;
}
