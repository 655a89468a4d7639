/* Bodies that are kept. */
#include "layer/kept.h"

#include <stdlib.h>

void silt_keeper_done(struct silt_keeper *keeper)
{
	silt_buffer_done(&keeper->body);
}

static bool is_wanted(const struct silt_keeper *keeper, const struct silt_record *record, uint32_t entry)
{
	const struct silt_entry *of = &record->entries[entry];
	const struct silt_bytes name = silt_entry_name(record, of);
	bool wanted = false;
	for (size_t i = 0; i < keeper->count && !wanted; i++) {
		wanted = silt_bytes_equal(keeper->names[i], name);
	}
	return wanted && of->size <= SILT_KEPT_BODY_MAX && of->size <= SILT_KEPT_LAYER_MAX - keeper->kept;
}

static enum silt_status keep(struct silt_keeper *keeper, struct silt_record *record, uint32_t entry,
			     struct silt_error *err)
{
	const struct silt_kept_body kept = {.entry = entry,
					    .body = silt_arena_copy(&record->arena, silt_buffer_bytes(&keeper->body))};
	if (!kept.body.ptr || !silt_grow((void **)&record->kept, record->kept_count, &keeper->capacity, sizeof(kept))) {
		return silt_fail_memory(err);
	}
	record->kept[record->kept_count++] = kept;
	keeper->kept += kept.body.len;
	return SILT_OK;
}

/* A body with holes is not the bytes that it has. */
enum silt_status silt_keeper_data(struct silt_keeper *keeper, struct silt_collector *collector, uint32_t entry,
				  const struct silt_tar_event *data, struct silt_error *err)
{
	struct silt_record *record = collector->record;
	if (keeper->count == 0 || entry == UINT32_MAX) {
		return SILT_OK;
	}
	if (data->offset == 0) {
		silt_buffer_clear(&keeper->body);
		keeper->open = is_wanted(keeper, record, entry);
	}
	keeper->open = keeper->open && data->offset == keeper->body.len;
	if (!keeper->open) {
		return SILT_OK;
	}
	silt_buffer_add(&keeper->body, data->bytes);
	if (keeper->body.failed) {
		return silt_fail_memory(err);
	}
	if (!data->last) {
		return SILT_OK;
	}
	keeper->open = false;
	return keeper->body.len == record->entries[entry].size && keeper->body.len > 0
		       ? keep(keeper, record, entry, err)
		       : SILT_OK;
}

static int order_kept(const void *left, const void *right)
{
	const struct silt_kept_body *a = left, *b = right;
	return (a->entry > b->entry) - (a->entry < b->entry);
}

bool silt_record_kept(const struct silt_record *record, uint32_t index, struct silt_bytes *body)
{
	const struct silt_kept_body key = {.entry = index};
	const struct silt_kept_body *kept =
		record->kept_count > 0 ? bsearch(&key, record->kept, record->kept_count, sizeof(key), order_kept)
				       : NULL;
	*body = kept ? kept->body : silt_bytes(NULL, 0);
	return kept != NULL;
}
