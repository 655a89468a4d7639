/*
 * Deletion marks: which name of lower layers each one is about.
 *
 * A mark takes nothing away by itself; it is left at the name, and the end of the layer settles it (settle.c).
 */
#include "rootfs/tree.h"

#include <assert.h>

enum { WHITEOUT_PREFIX = 4 /* ".wh." */ };

/* The directory a mark stands in, or none: then there is nothing to hide, and nothing is made. */
static uint32_t find_directory(struct silt_rootfs *rootfs, uint32_t entry, struct silt_walk *walk)
{
	const struct silt_record *record = silt_rootfs_top_record(rootfs);
	struct silt_bytes folder = silt_entry_folder(record, &record->entries[entry]);
	*walk = (struct silt_walk){.steps = rootfs->link_steps};
	uint32_t found = silt_resolve(rootfs, folder, SILT_VIEW_MARKS, true, walk);
	rootfs->link_steps = walk->steps;
	return found;
}

/* The same, with notes of how it was found. `*through` is set if a link of a lower layer leads there. */
static uint32_t marked_directory(struct silt_rootfs *rootfs, uint32_t entry, bool *through)
{
	struct silt_walk walk;
	uint32_t found = find_directory(rootfs, entry, &walk);
	*through = walk.through;
	if (walk.through) {
		silt_rootfs_note(rootfs, SILT_ROOTFS_NOTE_THROUGH_LINK, entry);
	}
	if (walk.loop) {
		silt_rootfs_note(rootfs, walk.spent ? SILT_ROOTFS_NOTE_LINK_STEPS : SILT_ROOTFS_NOTE_LINK_LOOP, entry);
	}
	return found;
}

static void leave_mark(struct silt_rootfs *rootfs, uint32_t id, uint32_t *mark, uint32_t entry, bool through)
{
	if (through) {
		silt_rootfs_note(rootfs, SILT_ROOTFS_NOTE_HIDES_THROUGH_LINK, entry);
	}
	if (*mark == SILT_NO_ENTRY || silt_cause_goes_before(rootfs, entry, *mark)) {
		*mark = entry;
	}
	rootfs->hides = true;
	rootfs->cache.name = SILT_NO_NAME;
	silt_name_reach(rootfs, id, SILT_NAME_REACHED);
}

/* The name a whiteout in `directory` (may be none) is about, or none. */
static uint32_t whiteout_target(const struct silt_rootfs *rootfs, uint32_t directory, uint32_t entry)
{
	const struct silt_record *record = silt_rootfs_top_record(rootfs);
	struct silt_bytes text = silt_entry_name(record, &record->entries[entry]);
	assert(text.len > WHITEOUT_PREFIX);
	text = silt_bytes_slice(text, WHITEOUT_PREFIX, text.len);
	return directory == SILT_NO_NAME ? SILT_NO_NAME : silt_name_find(rootfs, directory, text);
}

void silt_whiteout_apply(struct silt_rootfs *rootfs, uint32_t entry)
{
	bool through;
	uint32_t id = whiteout_target(rootfs, marked_directory(rootfs, entry, &through), entry);
	if (id == SILT_NO_NAME || !silt_name_has_lower(rootfs, id)) {
		silt_rootfs_remember(rootfs, &rootfs->late, &rootfs->late_count, &rootfs->late_capacity, entry);
		return;
	}
	struct silt_change *change = silt_name_change(rootfs, id);
	if (change) {
		leave_mark(rootfs, id, &change->whiteout, entry, through);
	}
}

static bool has_own_child(const struct silt_rootfs *rootfs, uint32_t parent)
{
	uint32_t child = rootfs->names[parent].child;
	while (child != SILT_NO_NAME && rootfs->names[child].flags & SILT_NAME_REACHED) {
		if (rootfs->names[child].flags & SILT_NAME_OWN) {
			return true;
		}
		child = rootfs->names[child].next;
	}
	return false;
}

void silt_opaque_apply(struct silt_rootfs *rootfs, uint32_t entry)
{
	bool through;
	uint32_t id = marked_directory(rootfs, entry, &through);
	if (id == SILT_NO_NAME) {
		return;
	}
	struct silt_change *change = silt_name_has_lower(rootfs, id) ? silt_name_change(rootfs, id) : NULL;
	bool first = !change || change->opaque == SILT_NO_ENTRY;
	if (first && has_own_child(rootfs, id)) {
		silt_rootfs_note(rootfs, SILT_ROOTFS_NOTE_LATE_OPAQUE, entry);
	}
	if (id == SILT_ROOT_NAME && silt_rootfs_top(rootfs) > 0) {
		silt_rootfs_note(rootfs, SILT_ROOTFS_NOTE_OPAQUE_ROOT, entry);
	}
	if (change) {
		leave_mark(rootfs, id, &change->opaque, entry, through);
	}
}

void silt_whiteouts_settle(struct silt_rootfs *rootfs)
{
	for (size_t i = 0; i < rootfs->late_count; i++) {
		struct silt_walk walk;
		uint32_t directory = find_directory(rootfs, rootfs->late[i], &walk);
		uint32_t id = whiteout_target(rootfs, directory, rootfs->late[i]);
		if (id != SILT_NO_NAME && rootfs->names[id].flags & SILT_NAME_FRESH) {
			silt_rootfs_note(rootfs, SILT_ROOTFS_NOTE_BOTH, rootfs->late[i]);
		}
	}
	rootfs->late_count = 0;
}
