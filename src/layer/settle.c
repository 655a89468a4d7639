/* Two sorts and two sweeps: a stream may have a thousand hits of each rule. */
#include "layer/settle.h"

#include <stdlib.h>

struct silt_unsettled_hit {
	struct silt_hit hit; /* preview and facts are those below once the stream has ended */
	char preview[SILT_PREVIEW_SIZE];
	char facts[SILT_FACTS_SIZE];
	struct silt_buffer secret; /* owns; empty unless it shall be kept */
	bool dropped;
};

void silt_unsettled_done(struct silt_unsettled *hits)
{
	silt_unsettled_clear(hits);
	free(hits->hits);
	*hits = (struct silt_unsettled){0};
}

void silt_unsettled_clear(struct silt_unsettled *hits)
{
	for (size_t i = 0; i < hits->count; i++) {
		silt_buffer_done(&hits->hits[i].secret);
	}
	hits->count = 0;
}

enum silt_status silt_unsettled_add(struct silt_unsettled *hits, const struct silt_hit *origin,
				    const struct silt_match *match, struct silt_error *err)
{
	if (!silt_grow((void **)&hits->hits, hits->count, &hits->capacity, sizeof(*hits->hits))) {
		return silt_fail_memory(err);
	}
	struct silt_unsettled_hit *new = &hits->hits[hits->count++];
	*new = (struct silt_unsettled_hit){.hit = *origin};
	new->hit.rule = match->rule;
	new->hit.severity = match->severity;
	new->hit.confidence = match->confidence;
	new->hit.offset += match->offset;
	new->hit.length = match->length;
	new->hit.note = match->note;
	new->hit.via = match->via;
	new->hit.expires = match->expires;
	memcpy(new->hit.value, match->value, sizeof(new->hit.value));
	memcpy(new->hit.public_id, match->public_id, sizeof(new->hit.public_id));
	memcpy(new->preview, match->preview, sizeof(new->preview));
	memcpy(new->facts, match->facts, sizeof(new->facts));
	if (hits->keep_secrets) {
		silt_buffer_add(&new->secret, match->secret);
	}
	return new->secret.failed ? silt_fail_memory(err) : SILT_OK;
}

/* ---- Orders ---------------------------------------------------------------------------------------------------------- */

static uint64_t end_of(const struct silt_hit *hit)
{
	return hit->offset + hit->length;
}

static int compare_numbers(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

/*
 * What begins first, then what is longer, then what is surer, then by name and content: hits that are equal
 * in all of it are equal. */
static int compare_places(const struct silt_hit *a, const struct silt_hit *b)
{
	int order = compare_numbers(a->offset, b->offset);
	order = order != 0 ? order : compare_numbers(b->length, a->length);
	order = order != 0 ? order : compare_numbers(b->confidence, a->confidence);
	order = order != 0 ? order : strcmp(a->rule->id, b->rule->id);
	order = order != 0 ? order : memcmp(a->value, b->value, sizeof(a->value));
	return order != 0 ? order : strcmp(a->via ? a->via : "", b->via ? b->via : "");
}

static int by_place(const void *a, const void *b)
{
	const struct silt_unsettled_hit *left = a, *right = b;
	return compare_places(&left->hit, &right->hit);
}

/* The first word of the rule's id. */
static struct silt_bytes family_of(const struct silt_rule *rule)
{
	return silt_bytes(rule->id, strcspn(rule->id, "-"));
}

static int compare_values(const struct silt_hit *a, const struct silt_hit *b)
{
	int order = memcmp(a->value, b->value, sizeof(a->value));
	return order != 0 ? order : silt_bytes_compare(family_of(a->rule), family_of(b->rule));
}

static int by_value(const void *a, const void *b)
{
	const struct silt_unsettled_hit *left = a, *right = b;
	int order = compare_values(&left->hit, &right->hit);
	return order != 0 ? order : compare_places(&left->hit, &right->hit);
}

/* ---- Sweeps ---------------------------------------------------------------------------------------------------------- */

/* Of one value and family, in order of their places: what ends no later than one before it lies inside that one. */
static void drop_inner(struct silt_unsettled *hits)
{
	qsort(hits->hits, hits->count, sizeof(*hits->hits), by_value);
	uint64_t end = 0;
	for (size_t i = 0; i < hits->count; i++) {
		struct silt_unsettled_hit *here = &hits->hits[i];
		if (i == 0 || compare_values(&hits->hits[i - 1].hit, &here->hit) != 0) {
			end = 0;
		}
		if (here->hit.rule->generic) {
			continue;
		}
		here->dropped = end_of(&here->hit) <= end;
		end = end_of(&here->hit) > end ? end_of(&here->hit) : end;
	}
}

/* The hits sorted by place: a generic one is dropped if it overlaps what came before it, or a specific one behind it. */
static void drop_generic(struct silt_unsettled *hits)
{
	qsort(hits->hits, hits->count, sizeof(*hits->hits), by_place);
	uint64_t next = UINT64_MAX; /* where the nearest specific hit behind begins */
	for (size_t i = hits->count; i > 0; i--) {
		struct silt_unsettled_hit *here = &hits->hits[i - 1];
		if (here->hit.rule->generic) {
			here->dropped = next < end_of(&here->hit);
		} else {
			next = here->hit.offset;
		}
	}
	uint64_t end = 0; /* of all that stand so far */
	for (size_t i = 0; i < hits->count; i++) {
		struct silt_unsettled_hit *here = &hits->hits[i];
		if (here->hit.rule->generic && here->hit.offset < end) {
			here->dropped = true;
		}
		if (!here->dropped && end_of(&here->hit) > end) {
			end = end_of(&here->hit);
		}
	}
}

enum silt_status silt_unsettled_settle(struct silt_unsettled *hits, struct silt_collector *collector,
				       struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	if (hits->count > 1) {
		drop_inner(hits);
		drop_generic(hits);
	}
	for (size_t i = 0; i < hits->count && status == SILT_OK; i++) {
		struct silt_unsettled_hit *here = &hits->hits[i];
		here->hit.preview = here->preview;
		here->hit.facts = here->facts;
		here->hit.secret = silt_buffer_bytes(&here->secret);
		if (!here->dropped) {
			status = silt_collect_hit(collector, &here->hit, err);
		}
	}
	silt_unsettled_clear(hits);
	return status;
}
