/* Entries that only libarchive reads. */
#include "stream/tar_backlog.h"

#include <stdlib.h>

void silt_tar_backlog_done(struct silt_tar_backlog *backlog)
{
	free(backlog->items);
	silt_arena_done(&backlog->arena);
}

bool silt_tar_backlog_add(struct silt_tar_backlog *backlog, const struct silt_tar_entry *entry, bool told)
{
	size_t weight = silt_tar_entry_weight(entry);
	if (backlog->count >= backlog->max || weight > backlog->max * SILT_KIB - backlog->weight) {
		backlog->dropped++;
		return true;
	}
	void *items = backlog->items;
	if (!silt_grow(&items, backlog->count, &backlog->capacity, sizeof(*backlog->items))) {
		return false;
	}
	backlog->items = items;
	struct silt_tar_backlog_item *item = &backlog->items[backlog->count];
	if (!silt_tar_entry_copy(&backlog->arena, entry, &item->entry)) {
		return false;
	}
	item->told = told;
	item->entry.has_data = false;
	backlog->weight += weight;
	backlog->count++;
	return true;
}

struct silt_tar_backlog_item *silt_tar_backlog_peek(struct silt_tar_backlog *backlog)
{
	if (backlog->next < backlog->count) {
		return &backlog->items[backlog->next];
	}
	if (backlog->count > 0) {
		silt_arena_done(&backlog->arena);
		backlog->count = backlog->next = backlog->weight = 0;
	}
	return NULL;
}

void silt_tar_backlog_pop(struct silt_tar_backlog *backlog)
{
	backlog->next++;
}
