/* What became of each entry: names shown by bodies are counted, and the last loss decides. */
#include "rootfs/tree.h"

#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>

struct silt_entry_fate *silt_fates_new(const struct silt_record *record)
{
	size_t count = record->entry_count ? record->entry_count : 1;
	struct silt_entry_fate *fates = calloc(count, sizeof(*fates));
	for (size_t i = 0; fates && i < record->entry_count; i++) {
		bool disputed = record->entries[i].flags & SILT_ENTRY_DISPUTED;
		fates[i].fate = disputed ? SILT_FATE_DISPUTED : SILT_FATE_VISIBLE;
	}
	return fates;
}

static const struct silt_entry *entry_at(const struct silt_rootfs *rootfs, struct silt_place place)
{
	return &rootfs->layers[place.layer].record->entries[place.entry];
}

static struct silt_entry_fate *fate_at(struct silt_rootfs *rootfs, struct silt_place place)
{
	return &rootfs->layers[place.layer].fates[place.entry];
}

/* True if the content of the entry is more than its name: it stays while any hardlink shows it. */
static bool has_body(const struct silt_rootfs *rootfs, struct silt_place place)
{
	if (silt_place_none(place)) {
		return false;
	}
	uint8_t type = entry_at(rootfs, place)->type;
	return type == SILT_ENTRY_FILE || type == SILT_ENTRY_OTHER;
}

static bool is_same(struct silt_place a, struct silt_place b)
{
	return a.layer == b.layer && a.entry == b.entry;
}

static void hide(struct silt_rootfs *rootfs, struct silt_place place, struct silt_removal why)
{
	struct silt_entry_fate *fate = fate_at(rootfs, place);
	fate->fate = (uint8_t)why.fate;
	fate->layer = silt_rootfs_top(rootfs);
	fate->entry = why.entry;
}

void silt_fate_gain(struct silt_rootfs *rootfs, struct silt_place content)
{
	if (has_body(rootfs, content)) {
		struct silt_entry_fate *fate = fate_at(rootfs, content);
		assert(fate->fate == SILT_FATE_VISIBLE);
		fate->entry++;
		fate->shared |= fate->entry > 1;
	}
}

static void remember_loss(struct silt_rootfs *rootfs, struct silt_place body, struct silt_removal why)
{
	void *items = rootfs->losses;
	if (!silt_grow(&items, rootfs->loss_count, &rootfs->loss_capacity, sizeof(*rootfs->losses))) {
		silt_rootfs_give_up(rootfs, SILT_ERR_MEMORY);
		return;
	}
	rootfs->losses = items;
	rootfs->losses[rootfs->loss_count++] = (struct silt_loss){body, why};
}

static void lose_body(struct silt_rootfs *rootfs, struct silt_place body, struct silt_removal why)
{
	struct silt_entry_fate *fate = fate_at(rootfs, body);
	assert(fate->fate == SILT_FATE_VISIBLE && fate->entry > 0);
	if (fate->shared) {
		remember_loss(rootfs, body, why);
	}
	if (--fate->entry == 0) {
		hide(rootfs, body, why);
	}
}

void silt_fate_lose(struct silt_rootfs *rootfs, struct silt_place meta, struct silt_place content,
		    struct silt_removal why)
{
	if (silt_place_none(meta)) {
		return;
	}
	if (!is_same(meta, content) || !has_body(rootfs, meta)) {
		hide(rootfs, meta, why);
	}
	if (has_body(rootfs, content)) {
		lose_body(rootfs, content, why);
	}
}

bool silt_cause_goes_before(const struct silt_rootfs *rootfs, uint32_t a, uint32_t b)
{
	const struct silt_record *record = silt_rootfs_top_record(rootfs);
	struct silt_path_room rooms[2];
	int order = silt_bytes_compare(silt_entry_path(record, &record->entries[a], &rooms[0]),
				       silt_entry_path(record, &record->entries[b], &rooms[1]));
	return order != 0 ? order > 0 : a > b;
}

/* The more exposed fate; of equal ones, the cause last in the order of paths, which is mostly that of the archive. */
void silt_fates_settle(struct silt_rootfs *rootfs)
{
	for (size_t i = 0; i < rootfs->loss_count; i++) {
		const struct silt_loss *loss = &rootfs->losses[i];
		const struct silt_entry_fate *fate = fate_at(rootfs, loss->body);
		if (fate->fate == SILT_FATE_VISIBLE) {
			continue;
		}
		if (loss->why.fate > fate->fate ||
		    (loss->why.fate == fate->fate && silt_cause_goes_before(rootfs, loss->why.entry, fate->entry))) {
			hide(rootfs, loss->body, loss->why);
		}
	}
	rootfs->loss_count = 0;
}

struct silt_fate_of silt_rootfs_fate(const struct silt_rootfs *rootfs, struct silt_place place)
{
	assert(place.layer < rootfs->layer_count && rootfs->layers[place.layer].record);
	assert(place.entry < rootfs->layers[place.layer].record->entry_count);
	const struct silt_entry_fate *fate = &rootfs->layers[place.layer].fates[place.entry];
	bool uncaused = fate->fate == SILT_FATE_VISIBLE || fate->fate == SILT_FATE_DISPUTED;
	return (struct silt_fate_of){
		.fate = fate->fate,
		.cause = uncaused ? SILT_NO_PLACE : (struct silt_place){fate->layer, fate->entry},
		.is_mark = entry_at(rootfs, place)->whiteout != SILT_WHITEOUT_NONE,
	};
}
