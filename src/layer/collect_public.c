/* Public halves of keys, which are facts of a record and no hits. */
#include "layer/collect.h"

#include "base/limits.h"

/* Many certificates stand in one file: its path inside an archive is kept once for a run of them. */
static bool keep_inner(struct silt_record *record, struct silt_public_half *half)
{
	const struct silt_public_half *last =
		record->public_count > 0 ? &record->public_halves[record->public_count - 1] : NULL;
	if (half->inner.len == 0) {
		return true;
	}
	bool same = last && silt_bytes_equal(last->inner, half->inner);
	half->inner = same ? last->inner : silt_arena_copy(&record->arena, half->inner);
	return half->inner.ptr != NULL;
}

enum silt_status silt_collect_public(struct silt_collector *collector, const struct silt_hit *origin,
				     const struct silt_match *match, struct silt_error *err)
{
	struct silt_record *record = collector->record;
	if (origin->place != SILT_HIT_BODY || record->public_count == SILT_PUBLIC_HALVES_MAX ||
	    !silt_public_id_known(match->public_id)) {
		return SILT_OK;
	}
	struct silt_public_half half = {.entry = origin->entry, .what = match->note, .inner = origin->inner};
	memcpy(half.id, match->public_id, sizeof(half.id));
	if (!keep_inner(record, &half) || !silt_grow((void **)&record->public_halves, record->public_count,
						     &collector->public_capacity, sizeof(half))) {
		return silt_fail_memory(err);
	}
	record->public_halves[record->public_count++] = half;
	return SILT_OK;
}
