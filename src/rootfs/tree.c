/* Names: their table, their lists of children, and the trail a layer leaves in them. */
#include "rootfs/tree.h"

#include "base/arena.h"
#include "base/secure.h"

#include <assert.h>
#include <stdlib.h>

_Static_assert(sizeof(struct silt_name) <= 24, "there may be millions");

enum { SLOTS_FIRST = 64 };

/* Odd, so that the same component in different directories falls into different slots; the rest is keyed. */
static const uint64_t parent_factor = 0x9E3779B97F4A7C15U;

void silt_rootfs_give_up(struct silt_rootfs *rootfs, enum silt_status status)
{
	if (rootfs->failure == SILT_OK) {
		rootfs->failure = status;
	}
}

void silt_rootfs_note_at(struct silt_rootfs *rootfs, enum silt_rootfs_note_kind kind, struct silt_place place)
{
	void *items = rootfs->notes;
	if (!silt_grow(&items, rootfs->note_count, &rootfs->note_capacity, sizeof(*rootfs->notes))) {
		silt_rootfs_give_up(rootfs, SILT_ERR_MEMORY);
		return;
	}
	rootfs->notes = items;
	rootfs->notes[rootfs->note_count++] = (struct silt_rootfs_note){.kind = kind, .place = place};
}

void silt_rootfs_note(struct silt_rootfs *rootfs, enum silt_rootfs_note_kind kind, uint32_t entry)
{
	silt_rootfs_note_at(rootfs, kind, (struct silt_place){silt_rootfs_top(rootfs), entry});
}

void silt_rootfs_remember(struct silt_rootfs *rootfs, uint32_t **items, size_t *count, size_t *capacity, uint32_t item)
{
	void *grown = *items;
	if (!silt_grow(&grown, *count, capacity, sizeof(**items))) {
		silt_rootfs_give_up(rootfs, SILT_ERR_MEMORY);
		return;
	}
	*items = grown;
	(*items)[(*count)++] = item;
}

/* ---- Texts --------------------------------------------------------------------------------------------------------- */

struct silt_bytes silt_name_text(const struct silt_rootfs *rootfs, uint32_t id)
{
	const struct silt_name *name = &rootfs->names[id];
	if (name->flags & SILT_NAME_APART) {
		return rootfs->apart[name->entry];
	}
	const struct silt_stacked *layer = &rootfs->layers[silt_layer_of_number(rootfs, name->entry)];
	return silt_entry_name(layer->record, &layer->record->entries[name->entry - layer->first]);
}

/* Keeps the text of a name that no entry brings. False if memory ran out. */
static bool keep_apart(struct silt_rootfs *rootfs, struct silt_bytes text, uint32_t *index)
{
	void *items = rootfs->apart;
	if (!silt_grow(&items, rootfs->apart_count, &rootfs->apart_capacity, sizeof(*rootfs->apart))) {
		return false;
	}
	rootfs->apart = items;
	*index = (uint32_t)rootfs->apart_count;
	rootfs->apart[rootfs->apart_count++] = text;
	return true;
}

/* ---- The table: open addressing, linear probing, at most three quarters full --------------------------------------- */

size_t silt_name_slot(const struct silt_rootfs *rootfs, uint32_t parent, uint64_t hash)
{
	hash += parent * parent_factor;
	return (size_t)(hash ^ hash >> 32) & (rootfs->slot_count - 1);
}

/* The slot where a name would be, were there no other. */
static size_t first_choice(const struct silt_rootfs *rootfs, uint32_t id)
{
	return silt_name_slot(rootfs, rootfs->names[id].parent, silt_table_hash(silt_name_text(rootfs, id)));
}

/* The slot that holds the child, or the free one where it would go. `hash` is that of the text. */
static size_t slot_for(const struct silt_rootfs *rootfs, uint32_t parent, struct silt_bytes text, uint64_t hash)
{
	size_t mask = rootfs->slot_count - 1;
	size_t at = silt_name_slot(rootfs, parent, hash);
	for (; rootfs->slots[at] != SILT_NO_NAME; at = (at + 1) & mask) {
		uint32_t id = rootfs->slots[at];
		if (rootfs->names[id].parent == parent && silt_bytes_equal(silt_name_text(rootfs, id), text)) {
			break;
		}
	}
	return at;
}

static void put(struct silt_rootfs *rootfs, uint32_t id)
{
	size_t mask = rootfs->slot_count - 1;
	size_t at = first_choice(rootfs, id);
	while (rootfs->slots[at] != SILT_NO_NAME) {
		at = (at + 1) & mask;
	}
	rootfs->slots[at] = id;
}

static bool resize_table(struct silt_rootfs *rootfs, size_t count)
{
	size_t bytes;
	uint32_t *slots = SILT_MUL_OVERFLOWS(count, sizeof(*slots), &bytes) ? NULL : malloc(bytes);
	if (!slots) {
		return false;
	}
	memset(slots, 0xff, bytes); /* SILT_NO_NAME */
	free(rootfs->slots);
	rootfs->slots = slots;
	rootfs->slot_count = count;
	for (uint32_t id = 0; id < rootfs->name_count; id++) {
		if (rootfs->names[id].parent != SILT_NO_NAME) {
			put(rootfs, id);
		}
	}
	return true;
}

bool silt_names_reserve(struct silt_rootfs *rootfs, size_t more)
{
	size_t count = rootfs->slot_count ? rootfs->slot_count : SLOTS_FIRST;
	while (more > count / 4 * 3 - rootfs->slots_used) {
		if (SILT_MUL_OVERFLOWS(count, 2, &count)) {
			return false;
		}
	}
	return count == rootfs->slot_count || resize_table(rootfs, count);
}

/*
 * Frees a slot and moves up what was pushed behind it, so that no probe meets a hole before its goal. A slot may move
 * into the hole unless its own first choice lies behind the hole.
 */
static void free_slot(struct silt_rootfs *rootfs, size_t hole)
{
	size_t mask = rootfs->slot_count - 1;
	for (size_t at = (hole + 1) & mask; rootfs->slots[at] != SILT_NO_NAME; at = (at + 1) & mask) {
		size_t wanted = first_choice(rootfs, rootfs->slots[at]);
		if (((at - wanted) & mask) >= ((at - hole) & mask)) {
			rootfs->slots[hole] = rootfs->slots[at];
			hole = at;
		}
	}
	rootfs->slots[hole] = SILT_NO_NAME;
	rootfs->slots_used--;
}

uint32_t silt_name_find(const struct silt_rootfs *rootfs, uint32_t parent, struct silt_bytes text)
{
	/* Most misses are in directories without children: no need to ask the table. */
	if (rootfs->names[parent].child == SILT_NO_NAME) {
		return SILT_NO_NAME;
	}
	return rootfs->slots[slot_for(rootfs, parent, text, silt_table_hash(text))];
}

/* ---- Lists of children --------------------------------------------------------------------------------------------- */

static void link_first(struct silt_rootfs *rootfs, uint32_t id)
{
	struct silt_name *name = &rootfs->names[id];
	struct silt_name *parent = &rootfs->names[name->parent];
	name->next = parent->child;
	if (parent->child == SILT_NO_NAME) {
		name->prev = id;
	} else {
		name->prev = rootfs->names[parent->child].prev;
		rootfs->names[parent->child].prev = id;
	}
	parent->child = id;
}

static void link_last(struct silt_rootfs *rootfs, uint32_t id)
{
	struct silt_name *name = &rootfs->names[id];
	uint32_t first = rootfs->names[name->parent].child;
	if (first == SILT_NO_NAME) {
		link_first(rootfs, id);
		return;
	}
	name->next = SILT_NO_NAME;
	name->prev = rootfs->names[first].prev;
	rootfs->names[name->prev].next = id;
	rootfs->names[first].prev = id;
}

static void unlink_name(struct silt_rootfs *rootfs, uint32_t id)
{
	const struct silt_name *name = &rootfs->names[id];
	struct silt_name *parent = &rootfs->names[name->parent];
	if (parent->child == id) {
		parent->child = name->next;
	} else {
		rootfs->names[name->prev].next = name->next;
	}
	if (name->next != SILT_NO_NAME) {
		rootfs->names[name->next].prev = name->prev;
	} else if (parent->child != SILT_NO_NAME) {
		rootfs->names[parent->child].prev = name->prev;
	}
}

/* ---- Names --------------------------------------------------------------------------------------------------------- */

/* Memory for one more name; none if it ran out. */
static uint32_t take_name(struct silt_rootfs *rootfs)
{
	if (rootfs->free_name != SILT_NO_NAME) {
		uint32_t id = rootfs->free_name;
		rootfs->free_name = rootfs->names[id].next;
		return id;
	}
	void *items = rootfs->names;
	if (rootfs->name_count == SILT_NO_NAME ||
	    !silt_grow(&items, rootfs->name_count, &rootfs->name_capacity, sizeof(*rootfs->names))) {
		return SILT_NO_NAME;
	}
	rootfs->names = items;
	return (uint32_t)rootfs->name_count++;
}

/* The text of a new name. False if memory ran out. */
static bool set_text(struct silt_rootfs *rootfs, struct silt_name *name, struct silt_bytes text, uint32_t entry)
{
	if (entry != SILT_NO_ENTRY) {
		name->entry = silt_number_of_top(rootfs, entry);
		name->flags = SILT_NAME_BARE;
		return true;
	}
	name->flags = SILT_NAME_APART;
	return keep_apart(rootfs, text, &name->entry);
}

uint32_t silt_name_new(struct silt_rootfs *rootfs, uint32_t parent, struct silt_bytes text, uint32_t entry)
{
	struct silt_name name = {
		.parent = parent,
		.child = SILT_NO_NAME,
		.next = SILT_NO_NAME,
		.type = SILT_NAME_ABSENT,
	};
	uint32_t id = set_text(rootfs, &name, text, entry) ? take_name(rootfs) : SILT_NO_NAME;
	if (id == SILT_NO_NAME) {
		silt_rootfs_give_up(rootfs, SILT_ERR_MEMORY);
		return id;
	}
	name.prev = id;
	rootfs->names[id] = name;
	return id;
}

uint32_t silt_name_take(struct silt_rootfs *rootfs, uint32_t parent, struct silt_bytes text, uint32_t entry)
{
	if (!silt_names_reserve(rootfs, 1)) {
		silt_rootfs_give_up(rootfs, SILT_ERR_MEMORY);
		return SILT_NO_NAME;
	}
	size_t slot = slot_for(rootfs, parent, text, silt_ahead_hash(rootfs, text, entry));
	if (rootfs->slots[slot] != SILT_NO_NAME) {
		return rootfs->slots[slot];
	}
	uint32_t id = silt_name_new(rootfs, parent, text, entry);
	if (id != SILT_NO_NAME) {
		rootfs->slots[slot] = id;
		rootfs->slots_used++;
		link_last(rootfs, id);
	}
	return id;
}

void silt_name_remove(struct silt_rootfs *rootfs, uint32_t id)
{
	struct silt_name *name = &rootfs->names[id];
	assert(name->child == SILT_NO_NAME && id != SILT_ROOT_NAME);
	const struct silt_bytes text = silt_name_text(rootfs, id);
	free_slot(rootfs, slot_for(rootfs, name->parent, text, silt_table_hash(text)));
	unlink_name(rootfs, id);
	*name = (struct silt_name){
		.parent = SILT_NO_NAME,
		.child = SILT_NO_NAME,
		.next = rootfs->free_name,
		.type = SILT_NAME_ABSENT,
	};
	rootfs->free_name = id;
	rootfs->cache.name = SILT_NO_NAME;
}

uint32_t silt_name_content(const struct silt_rootfs *rootfs, uint32_t id, uint32_t meta)
{
	if (meta == SILT_NO_NUMBER) {
		return meta;
	}
	const struct silt_stacked *layer = &rootfs->layers[silt_layer_of_number(rootfs, meta)];
	uint8_t type = layer->record->entries[meta - layer->first].type;
	if (id == SILT_ROOT_NAME) {
		/* The root stays a directory, whatever an entry says: only attributes apply. */
		return type == SILT_ENTRY_DIRECTORY ? meta : SILT_NO_NUMBER;
	}
	if (type != SILT_ENTRY_HARDLINK) {
		return meta;
	}
	return layer->targets ? layer->targets[meta - layer->first] - 1 : SILT_NO_NUMBER;
}

/* It is the first of its list, or comes right behind the reached ones: the last of what an archive adds to a new folder. */
static bool stands_with_reached(const struct silt_rootfs *rootfs, uint32_t id)
{
	const struct silt_name *name = &rootfs->names[id];
	return rootfs->names[name->parent].child == id || rootfs->names[name->prev].flags & SILT_NAME_REACHED;
}

void silt_name_reach(struct silt_rootfs *rootfs, uint32_t id, unsigned flags)
{
	while (id != SILT_NO_NAME && (flags & ~rootfs->names[id].flags) != 0) {
		struct silt_name *name = &rootfs->names[id];
		if (!(name->flags & SILT_NAME_REACHED) && id != SILT_ROOT_NAME && !stands_with_reached(rootfs, id)) {
			unlink_name(rootfs, id);
			link_first(rootfs, id);
		}
		name->flags = (uint8_t)(name->flags | flags);
		id = name->parent;
	}
}

void silt_name_unreach(struct silt_rootfs *rootfs, uint32_t id)
{
	struct silt_name *name = &rootfs->names[id];
	name->flags = (uint8_t)(name->flags & ~(unsigned)(SILT_NAME_REACHED | SILT_NAME_OWN));
	unlink_name(rootfs, id);
	link_last(rootfs, id);
}
