/* Looking things up in a layer record, and freeing it. */
#include "layer/record.h"

#include <assert.h>
#include <stdlib.h>

const struct silt_capture *silt_record_capture(const struct silt_record *record, uint32_t index)
{
	for (size_t i = 0; i < record->capture_count; i++) {
		if (record->captures[i].entry == index) {
			return &record->captures[i];
		}
	}
	return NULL;
}

/* How many of the items, `size` bytes each and beginning with the number of an entry, are of entries below `index`. */
static size_t items_below(const void *items, size_t count, size_t size, uint32_t index)
{
	const uint8_t *bytes = items;
	size_t low = 0;
	while (count > 0) {
		size_t half = count / 2;
		uint32_t entry;
		memcpy(&entry, bytes + (low + half) * size, sizeof(entry));
		if (entry < index) {
			low += half + 1;
			count -= half + 1;
		} else {
			count = half;
		}
	}
	return low;
}

_Static_assert(sizeof(struct silt_entry) <= 40 && sizeof(struct silt_extra) <= 32, "there may be millions");

const struct silt_extra *silt_record_extra(const struct silt_record *record, const struct silt_entry *entry)
{
	static const struct silt_extra none;
	static_assert(offsetof(struct silt_extra, entry) == 0, "items_below reads it there");
	if (!(entry->flags & SILT_ENTRY_HAS_EXTRA)) {
		return &none;
	}
	uint32_t index = (uint32_t)(entry - record->entries);
	return &record->extras[items_below(record->extras, record->extra_count, sizeof(*record->extras), index)];
}

struct silt_bytes silt_entry_link(const struct silt_record *record, const struct silt_entry *entry)
{
	return silt_text_of(&record->texts, silt_record_extra(record, entry)->link);
}

struct silt_bytes silt_entry_capability(const struct silt_record *record, const struct silt_entry *entry)
{
	return silt_text_of(&record->texts, silt_record_extra(record, entry)->capability);
}

int64_t silt_entry_mtime(const struct silt_record *record, const struct silt_entry *entry)
{
	return entry->flags & SILT_ENTRY_ODD_TIME ? silt_record_extra(record, entry)->mtime : (int64_t)entry->time;
}

bool silt_entry_set_path(struct silt_text_pool *texts, struct silt_entry *entry, struct silt_bytes path)
{
	return silt_text_pool_add(texts, silt_path_parent(path), &entry->folder) &&
	       silt_text_pool_add(texts, silt_path_basename(path), &entry->name);
}

struct silt_bytes silt_entry_path(const struct silt_record *record, const struct silt_entry *entry,
				  struct silt_path_room *room)
{
	struct silt_bytes folder = silt_entry_folder(record, entry), name = silt_entry_name(record, entry);
	if (folder.len == 0) {
		return name;
	}
	assert(folder.len < SILT_PATH_MAX && name.len < SILT_PATH_MAX - folder.len);
	memcpy(room->bytes, folder.ptr, folder.len);
	room->bytes[folder.len] = '/';
	memcpy(room->bytes + folder.len + 1, name.ptr, name.len);
	return silt_bytes(room->bytes, folder.len + 1 + name.len);
}

const struct silt_fact *silt_record_facts(const struct silt_record *record, uint32_t index, size_t *count)
{
	static_assert(offsetof(struct silt_fact, entry) == 0, "items_below reads it there");
	size_t first = items_below(record->facts, record->fact_count, sizeof(*record->facts), index), end = first;
	while (end < record->fact_count && record->facts[end].entry == index) {
		end++;
	}
	*count = end - first;
	return *count > 0 ? &record->facts[first] : NULL;
}

const struct silt_program *silt_record_program(const struct silt_record *record, uint32_t index)
{
	static_assert(offsetof(struct silt_program, entry) == 0, "items_below reads it there");
	size_t at = items_below(record->programs, record->program_count, sizeof(*record->programs), index);
	bool found = at < record->program_count && record->programs[at].entry == index;
	return found ? &record->programs[at] : NULL;
}

bool silt_anomaly_is_gap(enum silt_anomaly_kind kind)
{
	static const bool gap[SILT_ANOMALY_KINDS] = {
		[SILT_ANOMALY_TAR_DAMAGED] = true,    [SILT_ANOMALY_TAR_TRUNCATED] = true,
		[SILT_ANOMALY_TAR_FATAL] = true,      [SILT_ANOMALY_TAR_WARNING] = true,
		[SILT_ANOMALY_INFLATE] = true,        [SILT_ANOMALY_INFLATE_LIMIT] = true,
		[SILT_ANOMALY_PATH_LIMIT] = true,     [SILT_ANOMALY_ENTRY_LIMIT] = true,
		[SILT_ANOMALY_MATCH_LIMIT] = true,    [SILT_ANOMALY_CAPTURE_LIMIT] = true,
		[SILT_ANOMALY_DOCUMENT_LIMIT] = true, [SILT_ANOMALY_NESTED_DAMAGED] = true,
		[SILT_ANOMALY_NESTED_SEALED] = true,  [SILT_ANOMALY_NESTED_LIMIT] = true,
	};
	return gap[kind];
}

void silt_record_done(struct silt_record *record)
{
	free(record->entries);
	free(record->extras);
	free(record->hits);
	free(record->wanted);
	free(record->contents);
	free(record->kept);
	free(record->public_halves);
	free(record->captures);
	free(record->facts);
	free(record->programs);
	free(record->packages);
	free(record->claims);
	free(record->digests);
	free(record->anomalies);
	silt_text_pool_done(&record->texts);
	silt_arena_done(&record->arena);
}

void silt_record_free(struct silt_record *record)
{
	if (record) {
		silt_record_done(record);
		free(record);
	}
}

void silt_drop_consequences(struct silt_record *record, uint64_t end)
{
	size_t kept = 0;
	for (size_t i = 0; i < record->anomaly_count; i++) {
		const struct silt_anomaly *anomaly = &record->anomalies[i];
		if (anomaly->kind == SILT_ANOMALY_TAR_TRUNCATED && anomaly->offset == end) {
			record->anomaly_totals[anomaly->kind]--;
		} else {
			record->anomalies[kept++] = *anomaly;
		}
	}
	record->anomaly_count = kept;
}
