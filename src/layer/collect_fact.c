/* Facts of a record, while it grows. */
#include "base/limits.h"
#include "layer/collect.h"

enum silt_status silt_collect_fact(struct silt_collector *collector, uint32_t entry, const struct silt_fact_seen *fact,
				   struct silt_error *err)
{
	struct silt_record *record = collector->record;
	if (record->fact_count >= collector->limits->value[SILT_LIMIT_FACTS]) {
		return silt_collect_limit(collector, SILT_ANOMALY_CAPTURE_LIMIT, SILT_LIMIT_FACTS, entry,
					  silt_entry_offset(&record->entries[entry]), err,
					  "the layer tells more facts; the rest was not kept");
	}
	struct silt_fact kept = {.entry = entry, .line = fact->line, .kind = fact->kind};
	kept.text = silt_arena_copy(&record->arena, silt_bytes_slice(fact->text, 0, SILT_FACT_TEXT_MAX));
	if (!kept.text.ptr ||
	    !silt_grow((void **)&record->facts, record->fact_count, &collector->fact_capacity, sizeof(kept))) {
		return silt_fail_memory(err);
	}
	record->facts[record->fact_count++] = kept;
	return SILT_OK;
}
