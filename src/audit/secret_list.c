/* Lists of places of secrets, and of hits by field. */
#include "audit/secret_list.h"

#include "base/escape.h"

#include <stdlib.h>

void silt_secret_list_done(struct silt_secret_list *list)
{
	free(list->items);
	list->items = NULL;
	list->count = list->capacity = 0;
}

enum silt_status silt_secret_list_add(struct silt_secret_list *list, const struct silt_secret *secret,
				      struct silt_error *err)
{
	if (!silt_grow((void **)&list->items, list->count, &list->capacity, sizeof(*secret))) {
		return silt_fail_memory(err);
	}
	list->items[list->count++] = *secret;
	return SILT_OK;
}

struct silt_secret silt_secret_of_hit(const struct silt_hit *hit)
{
	struct silt_secret secret = {
		.rule = hit->rule,
		.preview = hit->preview,
		.facts = hit->facts ? hit->facts : "",
		.expires = hit->expires,
		.public_id = hit->public_id,
		.bytes = hit->secret,
		.severity = hit->severity,
		.confidence = hit->confidence,
		.where = SILT_SECRET_IN_CONTENT,
		.sighting = silt_sighting_nowhere(),
		.shown = {.layer = UINT32_MAX},
	};
	memcpy(secret.value, hit->value, sizeof(secret.value));
	return secret;
}

static bool place_inside(struct silt_arena *arena, struct silt_bytes inner, struct silt_sighting *sighting)
{
	if (inner.len == 0) {
		return true;
	}
	const char *text = silt_escape_copy(arena, inner);
	sighting->place = text ? silt_arena_printf(arena, "%s!/%s", sighting->place, text) : NULL;
	return sighting->place != NULL;
}

enum silt_status silt_secret_place_hit(const struct silt_context *context, const struct silt_hit *hit,
				       struct silt_sighting *sighting, struct silt_error *err)
{
	struct silt_arena *arena = context->arena;
	const char *field = hit->place == SILT_HIT_HEADER ? hit->field : NULL;
	const char *via = hit->via ? silt_arena_printf(arena, "written in %s", hit->via) : NULL;
	const char *parts[] = {sighting->note, field, hit->note, via};
	const char *note = "";
	for (size_t i = 0; i < SILT_COUNT(parts) && note; i++) {
		bool first = !*note;
		note = !parts[i] || !*parts[i] ? note
		       : first                 ? parts[i]
					       : silt_arena_printf(arena, "%s; %s", note, parts[i]);
	}
	if (!note || (hit->via && !via) || !place_inside(arena, hit->inner, sighting)) {
		return silt_fail_memory(err);
	}
	sighting->note = note;
	sighting->length = hit->length;
	return SILT_OK;
}

/* ---- Hits by field ------------------------------------------------------------------------------------------------- */

static int order_fields(const void *left, const void *right)
{
	const struct silt_hit *a = *(const struct silt_hit *const *)left;
	const struct silt_hit *b = *(const struct silt_hit *const *)right;
	int order = strcmp(a->field, b->field);
	return order != 0 ? order : (a > b) - (a < b);
}

enum silt_status silt_field_hits_new(const struct silt_hit *hits, size_t count, struct silt_field_hits *out,
				     struct silt_error *err)
{
	*out = (struct silt_field_hits){.hits = calloc(count + 1, sizeof(*out->hits))};
	if (!out->hits) {
		return silt_fail_memory(err);
	}
	for (size_t i = 0; i < count; i++) {
		if (hits[i].place == SILT_HIT_FIELD) {
			out->hits[out->count++] = &hits[i];
		}
	}
	qsort(out->hits, out->count, sizeof(struct silt_hit *), order_fields);
	return SILT_OK;
}

void silt_field_hits_done(struct silt_field_hits *fields)
{
	free(fields->hits);
	fields->hits = NULL;
	fields->count = 0;
}

/* The first hit whose field does not come before `field` (`beyond`: not before and not equal). */
static size_t lower_bound(const struct silt_field_hits *fields, const char *field, bool beyond)
{
	size_t low = 0, high = fields->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(fields->hits[middle]->field, field);
		if (order < 0 || (beyond && order == 0)) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

size_t silt_field_hits_find(const struct silt_field_hits *fields, const char *field, size_t *count)
{
	size_t first = lower_bound(fields, field, false);
	*count = lower_bound(fields, field, true) - first;
	return first;
}
