/* Matches of values that are looked for: apart from hits, of which nothing may change by them. */
#include "layer/collect.h"

static bool keep_text(struct silt_arena *arena, const char **text)
{
	if (*text) {
		*text = (const char *)silt_arena_copy(arena, silt_bytes_text(*text)).ptr;
		return *text != NULL;
	}
	return true;
}

enum silt_status silt_collect_wanted(struct silt_collector *collector, const struct silt_hit *origin,
				     const struct silt_match *match, struct silt_error *err)
{
	struct silt_record *record = collector->record;
	struct silt_hit hit = *origin;
	if (record->wanted_count >= collector->limits->value[SILT_LIMIT_SECRETS]) {
		return silt_collect_limit(collector, SILT_ANOMALY_MATCH_LIMIT, SILT_LIMIT_SECRETS, UINT32_MAX, 0, err,
					  "the layer has what is looked for in more places; the rest was not kept");
	}
	hit.rule = match->rule;
	hit.offset += match->offset;
	hit.length = match->length;
	hit.via = match->via ? match->via : match->rule->spelling;
	hit.preview = "";
	bool kept = keep_text(&record->arena, &hit.field);
	if (hit.inner.len > 0) {
		hit.inner = silt_arena_copy(&record->arena, hit.inner);
		kept = kept && hit.inner.ptr;
	}
	if (!kept ||
	    !silt_grow((void **)&record->wanted, record->wanted_count, &collector->wanted_capacity, sizeof(hit))) {
		return silt_fail_memory(err);
	}
	record->wanted[record->wanted_count++] = hit;
	return SILT_OK;
}
