/* Names: their table, their lists of children, and the trail a layer leaves in them. */
#include "rootfs/tree.h"

#include "base/arena.h"
#include "base/secure.h"

#include <assert.h>
#include <stdlib.h>

_Static_assert(sizeof(struct silt_name) <= 48 && sizeof(struct silt_entry_fate) <= 12, "there may be millions");

enum { SLOTS_FIRST = 64 };

/* Odd, so that the same component in different directories falls into different slots; the rest is keyed. */
static const uint64_t parent_factor = 0x9E3779B97F4A7C15U;

void silt_rootfs_give_up(struct silt_rootfs *rootfs, enum silt_status status)
{
	if (rootfs->failure == SILT_OK) {
		rootfs->failure = status;
	}
}

void silt_rootfs_note(struct silt_rootfs *rootfs, enum silt_rootfs_note_kind kind, uint32_t entry)
{
	void *items = rootfs->notes;
	if (!silt_grow(&items, rootfs->note_count, &rootfs->note_capacity, sizeof(*rootfs->notes))) {
		silt_rootfs_give_up(rootfs, SILT_ERR_MEMORY);
		return;
	}
	rootfs->notes = items;
	rootfs->notes[rootfs->note_count++] =
		(struct silt_rootfs_note){.kind = kind, .place = {silt_rootfs_top(rootfs), entry}};
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

/* ---- The table: open addressing, linear probing, at most three quarters full --------------------------------------- */

static uint32_t hash_of(uint32_t parent, struct silt_bytes text)
{
	uint64_t hash = silt_table_hash(text) + parent * parent_factor;
	return (uint32_t)(hash ^ hash >> 32);
}

static struct silt_bytes text_of(const struct silt_name *name)
{
	return silt_bytes(name->text, name->len);
}

/* The slot that holds the child, or the free one where it would go. */
static size_t slot_for(const struct silt_rootfs *rootfs, uint32_t hash, uint32_t parent, struct silt_bytes text)
{
	size_t mask = rootfs->slot_count - 1;
	size_t at = hash & mask;
	while (rootfs->slots[at].name != SILT_NO_NAME) {
		const struct silt_slot *slot = &rootfs->slots[at];
		if (slot->hash == hash && rootfs->names[slot->name].parent == parent &&
		    silt_bytes_equal(text_of(&rootfs->names[slot->name]), text)) {
			break;
		}
		at = (at + 1) & mask;
	}
	return at;
}

static void put_again(struct silt_rootfs *rootfs, struct silt_slot slot)
{
	size_t mask = rootfs->slot_count - 1;
	size_t at = slot.hash & mask;
	while (rootfs->slots[at].name != SILT_NO_NAME) {
		at = (at + 1) & mask;
	}
	rootfs->slots[at] = slot;
}

static bool grow_table(struct silt_rootfs *rootfs)
{
	size_t count = rootfs->slot_count ? rootfs->slot_count * 2 : SLOTS_FIRST;
	size_t bytes;
	if (SILT_MUL_OVERFLOWS(count, sizeof(struct silt_slot), &bytes)) {
		return false;
	}
	struct silt_slot *slots = malloc(bytes);
	if (!slots) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		slots[i] = (struct silt_slot){.name = SILT_NO_NAME};
	}
	struct silt_slot *old = rootfs->slots;
	size_t old_count = rootfs->slot_count;
	rootfs->slots = slots;
	rootfs->slot_count = count;
	for (size_t i = 0; i < old_count; i++) {
		if (old[i].name != SILT_NO_NAME) {
			put_again(rootfs, old[i]);
		}
	}
	free(old);
	return true;
}

/*
 * Frees a slot and moves up what was pushed behind it, so that no probe meets a hole before its goal. A slot may move
 * into the hole unless its own first choice lies behind the hole.
 */
static void free_slot(struct silt_rootfs *rootfs, size_t hole)
{
	size_t mask = rootfs->slot_count - 1;
	for (size_t at = (hole + 1) & mask; rootfs->slots[at].name != SILT_NO_NAME; at = (at + 1) & mask) {
		size_t wanted = rootfs->slots[at].hash & mask;
		if (((at - wanted) & mask) >= ((at - hole) & mask)) {
			rootfs->slots[hole] = rootfs->slots[at];
			hole = at;
		}
	}
	rootfs->slots[hole].name = SILT_NO_NAME;
	rootfs->slots_used--;
}

uint32_t silt_name_find(const struct silt_rootfs *rootfs, uint32_t parent, struct silt_bytes text)
{
	/* Most misses are in directories without children: no need to ask the table. */
	if (rootfs->names[parent].child == SILT_NO_NAME) {
		return SILT_NO_NAME;
	}
	return rootfs->slots[slot_for(rootfs, hash_of(parent, text), parent, text)].name;
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
		silt_rootfs_give_up(rootfs, SILT_ERR_MEMORY);
		return SILT_NO_NAME;
	}
	rootfs->names = items;
	return (uint32_t)rootfs->name_count++;
}

uint32_t silt_name_add(struct silt_rootfs *rootfs, uint32_t parent, struct silt_bytes text)
{
	assert(text.len <= UINT16_MAX);
	if (rootfs->slots_used >= rootfs->slot_count / 4 * 3 && !grow_table(rootfs)) {
		silt_rootfs_give_up(rootfs, SILT_ERR_MEMORY);
		return SILT_NO_NAME;
	}
	uint32_t id = take_name(rootfs);
	if (id == SILT_NO_NAME) {
		return id;
	}
	rootfs->names[id] = (struct silt_name){
		.text = text.ptr,
		.len = (uint16_t)text.len,
		.parent = parent,
		.child = SILT_NO_NAME,
		.next = SILT_NO_NAME,
		.prev = id,
		.change = SILT_NO_CHANGE,
		.meta = SILT_NO_PLACE,
		.content = SILT_NO_PLACE,
		.type = SILT_NAME_ABSENT,
	};
	if (parent == SILT_NO_NAME) {
		return id; /* the root: in no list and no table */
	}
	uint32_t hash = hash_of(parent, text);
	put_again(rootfs, (struct silt_slot){.name = id, .hash = hash});
	rootfs->slots_used++;
	link_last(rootfs, id);
	return id;
}

void silt_name_remove(struct silt_rootfs *rootfs, uint32_t id)
{
	struct silt_name *name = &rootfs->names[id];
	assert(name->child == SILT_NO_NAME && id != SILT_ROOT_NAME);
	free_slot(rootfs, slot_for(rootfs, hash_of(name->parent, text_of(name)), name->parent, text_of(name)));
	unlink_name(rootfs, id);
	*name = (struct silt_name){
		.child = SILT_NO_NAME,
		.next = rootfs->free_name,
		.change = SILT_NO_CHANGE,
		.meta = SILT_NO_PLACE,
		.content = SILT_NO_PLACE,
		.type = SILT_NAME_ABSENT,
	};
	rootfs->free_name = id;
	rootfs->cache.name = SILT_NO_NAME;
}

void silt_name_reach(struct silt_rootfs *rootfs, uint32_t id, unsigned flags)
{
	while (id != SILT_NO_NAME && (flags & ~rootfs->names[id].flags) != 0) {
		struct silt_name *name = &rootfs->names[id];
		if (!(name->flags & SILT_NAME_REACHED) && id != SILT_ROOT_NAME) {
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

bool silt_name_has_lower(const struct silt_rootfs *rootfs, uint32_t id)
{
	const struct silt_name *name = &rootfs->names[id];
	return name->change != SILT_NO_CHANGE || !(name->flags & SILT_NAME_FRESH || name->type == SILT_NAME_ABSENT);
}

struct silt_change *silt_name_change(struct silt_rootfs *rootfs, uint32_t id)
{
	struct silt_name *name = &rootfs->names[id];
	if (name->change != SILT_NO_CHANGE) {
		return &rootfs->changes[name->change];
	}
	assert(silt_name_has_lower(rootfs, id));
	void *items = rootfs->changes;
	if (!silt_grow(&items, rootfs->change_count, &rootfs->change_capacity, sizeof(*rootfs->changes))) {
		silt_rootfs_give_up(rootfs, SILT_ERR_MEMORY);
		return NULL;
	}
	rootfs->changes = items;
	name->change = (uint32_t)rootfs->change_count++;
	rootfs->changes[name->change] = (struct silt_change){
		.before = {.meta = name->meta, .content = name->content, .type = name->type},
		.overwriter = SILT_NO_ENTRY,
		.whiteout = SILT_NO_ENTRY,
		.opaque = SILT_NO_ENTRY,
		.replacer = SILT_NO_ENTRY,
		.implied = SILT_NO_ENTRY,
	};
	return &rootfs->changes[name->change];
}
