/* What became of each entry: names shown by bodies are counted, and the last loss decides. */
#include "rootfs/tree.h"

#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>

/* Where the fate of an entry is kept. */
struct spot {
	struct silt_stacked *layer;
	uint32_t entry; /* in it */
};

static struct spot spot_of(struct silt_rootfs *rootfs, uint32_t number)
{
	struct silt_stacked *layer = &rootfs->layers[silt_layer_of_number(rootfs, number)];
	return (struct spot){layer, number - layer->first};
}

static enum silt_fate fate_at(struct spot spot)
{
	return spot.layer->fates[spot.entry] & SILT_FATE_MASK;
}

static uint32_t note_at(struct spot spot)
{
	return spot.layer->notes ? spot.layer->notes[spot.entry] : 0;
}

static void set_note(struct silt_rootfs *rootfs, struct spot spot, uint32_t note)
{
	if (!spot.layer->notes) {
		spot.layer->notes = calloc(spot.layer->record->entry_count, sizeof(*spot.layer->notes));
	}
	if (!spot.layer->notes) {
		silt_rootfs_give_up(rootfs, SILT_ERR_MEMORY);
		return;
	}
	spot.layer->notes[spot.entry] = note;
}

/* True if the content of the entry (may be none) is more than its name: it stays while any hardlink shows it. */
static bool has_body(const struct silt_rootfs *rootfs, uint32_t number)
{
	if (number == SILT_NO_NUMBER) {
		return false;
	}
	uint8_t type = silt_entry_of_number(rootfs, number)->type;
	return type == SILT_ENTRY_FILE || type == SILT_ENTRY_OTHER;
}

static void hide(struct silt_rootfs *rootfs, struct spot spot, struct silt_removal why)
{
	uint8_t *fate = &spot.layer->fates[spot.entry];
	*fate = (uint8_t)((*fate & SILT_FATE_SHARED) | (unsigned)why.fate);
	set_note(rootfs, spot, silt_number_of_top(rootfs, why.entry) + 1);
}

void silt_fate_gain(struct silt_rootfs *rootfs, uint32_t content)
{
	if (!has_body(rootfs, content)) {
		return;
	}
	struct spot spot = spot_of(rootfs, content);
	uint8_t *fate = &spot.layer->fates[spot.entry];
	assert(fate_at(spot) == SILT_FATE_VISIBLE);
	if (*fate & SILT_FATE_SHOWN) {
		set_note(rootfs, spot, note_at(spot) + 1);
		*fate |= SILT_FATE_SHARED;
	}
	*fate |= SILT_FATE_SHOWN;
}

static void remember_loss(struct silt_rootfs *rootfs, uint32_t body, struct silt_removal why)
{
	void *items = rootfs->losses;
	if (!silt_grow(&items, rootfs->loss_count, &rootfs->loss_capacity, sizeof(*rootfs->losses))) {
		silt_rootfs_give_up(rootfs, SILT_ERR_MEMORY);
		return;
	}
	rootfs->losses = items;
	rootfs->losses[rootfs->loss_count++] = (struct silt_loss){body, why};
}

/* Of a body that has, or had, other names. */
static void remember_name(struct silt_rootfs *rootfs, uint32_t number, struct silt_removal why)
{
	void *items = rootfs->lost_names;
	if (!silt_grow(&items, rootfs->lost_count, &rootfs->lost_capacity, sizeof(*rootfs->lost_names))) {
		silt_rootfs_give_up(rootfs, SILT_ERR_MEMORY);
		return;
	}
	rootfs->lost_names = items;
	rootfs->lost_names[rootfs->lost_count++] =
		(struct silt_lost_name){number, why.fate, silt_number_of_top(rootfs, why.entry)};
}

static void lose_body(struct silt_rootfs *rootfs, uint32_t body, struct silt_removal why)
{
	struct spot spot = spot_of(rootfs, body);
	assert(fate_at(spot) == SILT_FATE_VISIBLE && spot.layer->fates[spot.entry] & SILT_FATE_SHOWN);
	if (spot.layer->fates[spot.entry] & SILT_FATE_SHARED) {
		remember_loss(rootfs, body, why);
	}
	if (note_at(spot) > 0) {
		spot.layer->notes[spot.entry]--;
	} else {
		hide(rootfs, spot, why);
		struct silt_stacked *top = &rootfs->layers[silt_rootfs_top(rootfs)];
		top->effect.bytes_hidden += spot.layer != top ? spot.layer->record->entries[spot.entry].size : 0;
	}
}

void silt_fate_lose(struct silt_rootfs *rootfs, uint32_t name, uint32_t meta, struct silt_removal why)
{
	if (meta == SILT_NO_NUMBER) {
		return;
	}
	uint32_t content = silt_name_content(rootfs, name, meta);
	const struct spot own = spot_of(rootfs, meta);
	if (meta != content || !has_body(rootfs, meta)) {
		hide(rootfs, own, why);
	} else if (own.layer->fates[own.entry] & SILT_FATE_SHARED) {
		remember_name(rootfs, meta, why);
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
		const struct silt_removal *why = &rootfs->losses[i].why;
		struct spot spot = spot_of(rootfs, rootfs->losses[i].body);
		enum silt_fate fate = fate_at(spot);
		if (fate == SILT_FATE_VISIBLE) {
			continue;
		}
		uint32_t cause = note_at(spot) - 1 - silt_number_of_top(rootfs, 0);
		if (why->fate > fate || (why->fate == fate && silt_cause_goes_before(rootfs, why->entry, cause))) {
			hide(rootfs, spot, *why);
		}
	}
	rootfs->loss_count = 0;
}

static int by_number(const void *left, const void *right)
{
	const struct silt_lost_name *a = left, *b = right;
	return (a->number > b->number) - (a->number < b->number);
}

void silt_lost_names_sort(struct silt_rootfs *rootfs)
{
	if (rootfs->lost_count > 0) {
		qsort(rootfs->lost_names, rootfs->lost_count, sizeof(*rootfs->lost_names), by_number);
	}
}

struct silt_fate_of silt_rootfs_name_fate(const struct silt_rootfs *rootfs, struct silt_place place)
{
	assert(rootfs->finished);
	struct silt_fate_of what = silt_rootfs_fate(rootfs, place);
	const struct silt_lost_name wanted = {.number = rootfs->layers[place.layer].first + place.entry};
	const struct silt_lost_name *lost = rootfs->lost_count == 0
						    ? NULL
						    : bsearch(&wanted, rootfs->lost_names, rootfs->lost_count,
							      sizeof(*rootfs->lost_names), by_number);
	if (lost) {
		what.fate = lost->fate;
		what.cause = silt_place_of_number(rootfs, lost->cause);
	}
	return what;
}

struct silt_fate_of silt_rootfs_fate(const struct silt_rootfs *rootfs, struct silt_place place)
{
	assert(place.layer < rootfs->layer_count && rootfs->layers[place.layer].record);
	const struct silt_stacked *layer = &rootfs->layers[place.layer];
	assert(place.entry < layer->record->entry_count);
	enum silt_fate fate = layer->fates[place.entry] & SILT_FATE_MASK;
	bool hidden = fate != SILT_FATE_VISIBLE && fate != SILT_FATE_DISPUTED && layer->notes;
	return (struct silt_fate_of){
		.fate = fate,
		.cause = hidden ? silt_place_of_number(rootfs, layer->notes[place.entry] - 1) : SILT_NO_PLACE,
		.is_mark = layer->record->entries[place.entry].whiteout != SILT_WHITEOUT_NONE,
	};
}
