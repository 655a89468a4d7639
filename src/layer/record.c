/* Looking things up in a layer record, and freeing it. */
#include "layer/record.h"

#include <stdlib.h>

const struct silt_extra *silt_record_extra(const struct silt_record *record, const struct silt_entry *entry)
{
	static const struct silt_extra none;
	return entry->flags & SILT_ENTRY_HAS_EXTRA ? &record->extras[entry->extra] : &none;
}

const struct silt_capture *silt_record_capture(const struct silt_record *record, uint32_t index)
{
	for (size_t i = 0; i < record->capture_count; i++) {
		if (record->captures[i].entry == index) {
			return &record->captures[i];
		}
	}
	return NULL;
}

bool silt_anomaly_is_gap(enum silt_anomaly_kind kind)
{
	static const bool gap[SILT_ANOMALY_KINDS] = {
		[SILT_ANOMALY_TAR_DAMAGED] = true,    [SILT_ANOMALY_TAR_TRUNCATED] = true,
		[SILT_ANOMALY_TAR_FATAL] = true,      [SILT_ANOMALY_TAR_DISPUTED] = true,
		[SILT_ANOMALY_TAR_WARNING] = true,    [SILT_ANOMALY_INFLATE] = true,
		[SILT_ANOMALY_PATH_LIMIT] = true,     [SILT_ANOMALY_ENTRY_LIMIT] = true,
		[SILT_ANOMALY_MATCH_LIMIT] = true,    [SILT_ANOMALY_CAPTURE_LIMIT] = true,
		[SILT_ANOMALY_DOCUMENT_LIMIT] = true, [SILT_ANOMALY_NESTED_DAMAGED] = true,
		[SILT_ANOMALY_NESTED_SEALED] = true,  [SILT_ANOMALY_NESTED_LIMIT] = true,
	};
	return gap[kind];
}

void silt_record_free(struct silt_record *record)
{
	if (!record) {
		return;
	}
	free(record->entries);
	free(record->extras);
	free(record->hits);
	free(record->public_halves);
	free(record->captures);
	free(record->packages);
	free(record->claims);
	free(record->digests);
	free(record->anomalies);
	silt_arena_done(&record->arena);
	free(record);
}
