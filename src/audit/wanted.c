/* From matches of wanted values to sightings, one list for each value. */
#include "audit/wanted.h"

#include "audit/mask.h"
#include "audit/secret_list.h"
#include "base/attributes.h"

#include <stdlib.h>

static int compare_numbers(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

/* By value, then by place; equal places stand together. */
static int order_places(const void *left, const void *right)
{
	const struct silt_secret *a = left, *b = right;
	int order = compare_numbers(a->rule->wanted, b->rule->wanted);
	order = order != 0 ? order : compare_numbers(a->sighting.image, b->sighting.image);
	order = order != 0 ? order : compare_numbers(a->sighting.layer, b->sighting.layer);
	order = order != 0 ? order : strcmp(a->sighting.place, b->sighting.place);
	order = order != 0 ? order : compare_numbers(a->sighting.offset, b->sighting.offset);
	return order != 0 ? order : strcmp(a->sighting.note, b->sighting.note);
}

/* A decoder and a spelling may find the same, not quite in the same bytes: one place is told once. */
static bool same_place(const struct silt_secret *a, const struct silt_secret *b)
{
	return a->rule->wanted == b->rule->wanted && a->sighting.image == b->sighting.image &&
	       a->sighting.layer == b->sighting.layer && strcmp(a->sighting.place, b->sighting.place) == 0 &&
	       b->sighting.offset - a->sighting.offset < a->sighting.length;
}

/* What is looked for may be the name of the file it is in. */
static enum silt_status mask(struct silt_sighting *sighting, struct silt_line_matches *matches,
			     struct silt_arena *arena, struct silt_error *err)
{
	const char **const texts[] = {&sighting->place, &sighting->member, &sighting->note};
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		*texts[i] = silt_mask_copy(matches, silt_bytes_text(*texts[i]), arena);
		if (!*texts[i]) {
			return silt_fail_memory(err);
		}
	}
	return SILT_OK;
}

static enum silt_status hand_out(struct silt_secret_list *list, struct silt_line_matches *matches,
				 struct silt_wanted_sightings *out, struct silt_error *err)
{
	struct silt_arena *arena = list->context->arena;
	struct silt_sighting *sightings = silt_arena_alloc(arena, list->count * sizeof(*sightings));
	if (!sightings) {
		return silt_fail_memory(err);
	}
	enum silt_status status = SILT_OK;
	size_t kept = 0;
	for (size_t i = 0; i < list->count && status == SILT_OK; i++) {
		const struct silt_secret *secret = &list->items[i];
		if (i > 0 && same_place(&list->items[i - 1], secret)) {
			continue;
		}
		struct silt_wanted_sightings *of = &out[secret->rule->wanted - 1];
		of->items = of->count == 0 ? &sightings[kept] : of->items;
		of->count++;
		sightings[kept] = secret->sighting;
		status = mask(&sightings[kept++], matches, arena, err);
	}
	return status;
}

enum silt_status silt_sight_wanted(const struct silt_context *context, size_t count, struct silt_line_matches *matches,
				   const struct silt_wanted_sightings **out, struct silt_error *err)
{
	struct silt_secret_list list = {.context = context, .wanted = true};
	struct silt_wanted_sightings *wanted = silt_arena_alloc(context->arena, count * sizeof(*wanted));
	if (!wanted) {
		return silt_fail_memory(err);
	}
	enum silt_status status = silt_secrets_in_layers(&list, err);
	if (status == SILT_OK) {
		status = silt_secrets_in_documents(&list, err);
	}
	if (status == SILT_OK && list.count > 0) {
		qsort(list.items, list.count, sizeof(*list.items), order_places);
		status = hand_out(&list, matches, wanted, err);
	}
	silt_secret_list_done(&list);
	*out = wanted;
	return status;
}
