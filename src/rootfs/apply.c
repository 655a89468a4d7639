/*
 * One layer on top of the tree: its entries in archive order, in one pass.
 *
 * Entries take their place at once. Whiteouts and opaque marks only leave a note at the name they are about
 * (marks.c), because what they hide does not depend on where in the layer they stand (image-spec layer.md).
 */
#include "rootfs/tree.h"

#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>

/* A fresh name below a directory that `entry` replaced, or a lower one that is on the way to it, is done with. */
static void drop_one(struct silt_rootfs *rootfs, uint32_t id, uint32_t entry)
{
	struct silt_name *name = &rootfs->names[id];
	if (name->flags & SILT_NAME_FRESH) {
		silt_fate_lose(rootfs, id, silt_name_meta(rootfs, id),
			       (struct silt_removal){SILT_FATE_SHADOWED, entry});
		if (!silt_name_change_if_any(rootfs, id)) {
			silt_name_remove(rootfs, id);
			return;
		}
		silt_name_bare(rootfs, id);
		name->type = SILT_NAME_ABSENT;
		name->flags = (uint8_t)(name->flags & ~(unsigned)(SILT_NAME_FRESH | SILT_NAME_PENDING));
	}
	silt_name_unreach(rootfs, id);
}

/*
 * Drops all fresh names below a directory. Reached children stand first, and each leaves that place when it is done
 * with: so going down to the first child again and again visits every one, children before parents.
 */
static void drop_fresh_below(struct silt_rootfs *rootfs, uint32_t top, uint32_t entry)
{
	uint32_t at = top;
	for (;;) {
		uint32_t child = rootfs->names[at].child;
		if (child != SILT_NO_NAME && rootfs->names[child].flags & SILT_NAME_REACHED) {
			at = child;
		} else if (at == top) {
			return;
		} else {
			uint32_t parent = rootfs->names[at].parent;
			drop_one(rootfs, at, entry);
			at = parent;
		}
	}
}

/* overlayfs knows nothing of what was in the place of a directory for a while: it shows what is below, as it was. */
static bool is_made_again(const struct silt_name *name, const struct silt_change *change, uint8_t type)
{
	return type == SILT_ENTRY_DIRECTORY && name->type != SILT_ENTRY_DIRECTORY && name->flags & SILT_NAME_FRESH &&
	       change && change->replacer != SILT_NO_ENTRY;
}

/* What goes when `entry`, of this type, takes a name. Directory over directory keeps the children. */
static void replace(struct silt_rootfs *rootfs, uint32_t id, uint32_t entry, uint8_t type)
{
	const struct silt_name *name = &rootfs->names[id];
	if (name->flags & SILT_NAME_FRESH) {
		silt_fate_lose(rootfs, id, silt_name_meta(rootfs, id),
			       (struct silt_removal){SILT_FATE_SHADOWED, entry});
	}
	struct silt_change *change = silt_name_has_lower(rootfs, id) ? silt_name_change(rootfs, id) : NULL;
	if (change && change->overwriter == SILT_NO_ENTRY) {
		change->overwriter = entry;
	}
	if (is_made_again(name, change, type)) {
		silt_rootfs_note(rootfs, SILT_ROOTFS_NOTE_MADE_AGAIN, entry);
	}
	bool stays_directory = name->type == SILT_ENTRY_DIRECTORY && type == SILT_ENTRY_DIRECTORY;
	if (name->type == SILT_ENTRY_DIRECTORY && !stays_directory) {
		drop_fresh_below(rootfs, id, entry);
		if (change && change->type == SILT_ENTRY_DIRECTORY && change->replacer == SILT_NO_ENTRY) {
			change->replacer = entry;
			rootfs->hides = true;
		}
	}
	if ((name->type == SILT_ENTRY_DIRECTORY && !stays_directory) || name->type == SILT_ENTRY_SYMLINK) {
		/* It may have been on the way to the parent that is remembered. */
		rootfs->cache.name = SILT_NO_NAME;
	}
}

static void occupy(struct silt_rootfs *rootfs, uint32_t id, uint32_t entry, uint8_t type, unsigned flags)
{
	replace(rootfs, id, entry, type);
	struct silt_name *name = &rootfs->names[id];
	silt_name_stand(rootfs, id, silt_number_of_top(rootfs, entry));
	name->type = type;
	name->flags = (uint8_t)((name->flags & ~(unsigned)SILT_NAME_PENDING) | SILT_NAME_FRESH | flags);
	silt_name_reach(rootfs, id, SILT_NAME_REACHED | SILT_NAME_OWN);
	if (flags & SILT_NAME_PENDING) {
		silt_rootfs_remember(rootfs, &rootfs->pending, &rootfs->pending_count, &rootfs->pending_capacity, id);
	}
}

/* What the entry makes of its name. The root stays a directory, whatever an entry says. */
static uint8_t type_of(struct silt_rootfs *rootfs, uint32_t entry, unsigned *flags)
{
	const struct silt_entry *given = &silt_rootfs_top_record(rootfs)->entries[entry];
	if (given->name == 0) {
		if (given->type != SILT_ENTRY_DIRECTORY) {
			silt_rootfs_note(rootfs, SILT_ROOTFS_NOTE_ROOT, entry);
		}
		return SILT_ENTRY_DIRECTORY;
	}
	return given->type == SILT_ENTRY_HARDLINK ? silt_hardlink_resolve(rootfs, entry, flags) : given->type;
}

/* The length of the folder that both clean paths are in, or one of them is. */
static size_t common_length(struct silt_bytes a, struct silt_bytes b)
{
	size_t at = 0, end = 0;
	while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at]) {
		end = a.ptr[at] == '/' ? at : end;
		at++;
	}
	bool a_ends = at == a.len || a.ptr[at] == '/', b_ends = at == b.len || b.ptr[at] == '/';
	return a_ends && b_ends ? at : end;
}

/*
 * Where the way to a directory may begin: archives are in order, so that most of it is that of the last one. Cuts off
 * `*path` what is behind. No name of that way is anything but a directory, or it would not be remembered any more.
 */
static uint32_t start_of_way(const struct silt_rootfs *rootfs, struct silt_bytes *path)
{
	struct silt_bytes last = rootfs->cache.path;
	uint32_t at = rootfs->cache.name;
	if (at == SILT_NO_NAME || !rootfs->cache.plain) {
		return SILT_ROOT_NAME;
	}
	size_t common = common_length(last, *path);
	for (; last.len > common; last = silt_path_parent(last)) {
		at = rootfs->names[at].parent;
	}
	*path = common > 0 ? silt_bytes_slice(*path, common + 1, path->len) : *path;
	return at;
}

/* The directory an entry stands in. Entries of one directory follow each other: the last answer is kept. */
static uint32_t parent_for(struct silt_rootfs *rootfs, struct silt_bytes path, uint32_t entry)
{
	if (rootfs->cache.name == SILT_NO_NAME || rootfs->cache.passing ||
	    !silt_bytes_equal(path, rootfs->cache.path)) {
		struct silt_walk walk = {.steps = rootfs->link_steps};
		struct silt_bytes rest = path;
		uint32_t start = start_of_way(rootfs, &rest);
		uint32_t found = silt_resolve_parents(rootfs, start, rest, entry, &walk);
		rootfs->link_steps = walk.steps;
		if (walk.loop) {
			silt_rootfs_note(rootfs, walk.spent ? SILT_ROOTFS_NOTE_LINK_STEPS : SILT_ROOTFS_NOTE_LINK_LOOP,
					 entry);
		}
		rootfs->cache.path = path;
		rootfs->cache.name = found;
		rootfs->cache.through = walk.through;
		rootfs->cache.plain = walk.plain;
		rootfs->cache.passing = walk.passing;
	}
	if (rootfs->cache.name == SILT_NO_NAME && rootfs->failure == SILT_OK) {
		silt_rootfs_note(rootfs, SILT_ROOTFS_NOTE_UNPLACED, entry);
	} else if (rootfs->cache.through) {
		silt_rootfs_note(rootfs, SILT_ROOTFS_NOTE_THROUGH_LINK, entry);
	}
	return rootfs->cache.name;
}

/* The name an entry is about. `*through` is set if a link of a lower layer leads there. */
static uint32_t name_for(struct silt_rootfs *rootfs, uint32_t entry, bool *through)
{
	const struct silt_record *record = silt_rootfs_top_record(rootfs);
	struct silt_bytes text = silt_entry_name(record, &record->entries[entry]);
	if (text.len == 0) {
		return SILT_ROOT_NAME;
	}
	uint32_t parent = parent_for(rootfs, silt_entry_folder(record, &record->entries[entry]), entry);
	*through = rootfs->cache.through;
	if (parent == SILT_NO_NAME) {
		return parent;
	}
	return silt_name_take(rootfs, parent, text, entry);
}

/* True if a lower layer's name goes when something of this type takes its place; a directory stays one. */
static bool takes_away(const struct silt_rootfs *rootfs, uint32_t id, uint8_t type)
{
	bool stays_directory = rootfs->names[id].type == SILT_ENTRY_DIRECTORY && type == SILT_ENTRY_DIRECTORY;
	return silt_name_has_lower(rootfs, id) && !stays_directory;
}

static void place(struct silt_rootfs *rootfs, uint32_t entry)
{
	unsigned flags = 0;
	uint8_t type = type_of(rootfs, entry, &flags);
	bool is_root = silt_rootfs_top_record(rootfs)->entries[entry].name == 0;
	/* Before anything is replaced: the target of a hardlink may be what stands in its way. */
	uint32_t some_name = is_root ? SILT_ROOT_NAME : SILT_NO_NAME;
	silt_fate_gain(rootfs, silt_name_content(rootfs, some_name, silt_number_of_top(rootfs, entry)));
	bool through = false;
	uint32_t id = name_for(rootfs, entry, &through);
	if (id != SILT_NO_NAME) {
		if (through && takes_away(rootfs, id, type)) {
			silt_rootfs_note(rootfs, SILT_ROOTFS_NOTE_HIDES_THROUGH_LINK, entry);
		}
		occupy(rootfs, id, entry, type, flags);
	}
}

static void apply_entry(struct silt_rootfs *rootfs, uint32_t number)
{
	const struct silt_entry *entry = &silt_rootfs_top_record(rootfs)->entries[number];
	if (entry->flags & SILT_ENTRY_DISPUTED) { /* no runtime reads it */
		rootfs->layers[silt_rootfs_top(rootfs)].fates[number] = SILT_FATE_DISPUTED;
		return;
	}
	switch ((enum silt_whiteout)entry->whiteout) {
	case SILT_WHITEOUT_NONE:
		place(rootfs, number);
		break;
	case SILT_WHITEOUT_FILE:
		silt_whiteout_apply(rootfs, number);
		break;
	case SILT_WHITEOUT_OPAQUE:
		silt_opaque_apply(rootfs, number);
		break;
	case SILT_WHITEOUT_INVALID:
		break;
	}
}

/* All visible. NULL: memory ran out. */
static uint8_t *new_fates(const struct silt_record *record)
{
	uint8_t *fates = malloc(record->entry_count + 1);
	if (fates) {
		memset(fates, SILT_FATE_VISIBLE, record->entry_count);
	}
	return fates;
}

static enum silt_status add_layer(struct silt_rootfs *rootfs, const struct silt_record *record, struct silt_error *err)
{
	void *items = rootfs->layers;
	const struct silt_stacked *below = rootfs->layer_count > 0 ? &rootfs->layers[rootfs->layer_count - 1] : NULL;
	size_t first = below ? below->first + (below->record ? below->record->entry_count : 0) : 0;
	size_t count = record ? record->entry_count : 0;
	if (count >= SILT_NO_NUMBER - first ||
	    !silt_grow(&items, rootfs->layer_count, &rootfs->layer_capacity, sizeof(*rootfs->layers))) {
		return silt_fail_memory(err);
	}
	rootfs->layers = items;
	uint8_t *fates = record ? new_fates(record) : NULL;
	if (record && !fates) {
		return silt_fail_memory(err);
	}
	rootfs->layers[rootfs->layer_count++] =
		(struct silt_stacked){.record = record, .first = (uint32_t)first, .fates = fates};
	rootfs->remade_count = 0;
	return SILT_OK;
}

enum silt_status silt_rootfs_expect(struct silt_rootfs *rootfs, size_t entries, struct silt_error *err)
{
	return silt_names_reserve(rootfs, entries) ? SILT_OK : silt_fail_memory(err);
}

enum silt_status silt_rootfs_push(struct silt_rootfs *rootfs, const struct silt_record *record, struct silt_error *err)
{
	assert(!rootfs->finished);
	if (rootfs->failure != SILT_OK) {
		return silt_fail_memory(err);
	}
	enum silt_status status = add_layer(rootfs, record, err);
	if (status != SILT_OK || !record) {
		return status;
	}
	rootfs->link_steps = SILT_LINK_STEPS_BASE + SILT_LINK_STEPS_PER_ENTRY * (uint64_t)record->entry_count;
	silt_ahead_forget(rootfs);
	for (size_t i = 0; i < record->entry_count && rootfs->failure == SILT_OK; i++) {
		silt_ahead_look(rootfs, record, i);
		apply_entry(rootfs, (uint32_t)i);
	}
	if (rootfs->failure == SILT_OK) {
		silt_hardlinks_settle(rootfs);
		silt_whiteouts_settle(rootfs);
		silt_rootfs_settle(rootfs);
	}
	return rootfs->failure == SILT_OK ? SILT_OK : silt_fail_memory(err);
}
