/*
 * Hardlinks: names that show the content of another name.
 *
 * The target is a path of the archive, looked up in the tree as it is at that moment: it may be of a lower layer, a
 * hardlink itself, or a symlink (then both names are that symlink). A target that only comes later in the layer is
 * looked up again at the end of it. What such a late one turns out to be opens no way for the paths of others: else it
 * would matter which of them is looked up first.
 */
#include "rootfs/tree.h"

static uint32_t target_of(struct silt_rootfs *rootfs, uint32_t entry)
{
	const struct silt_record *record = silt_rootfs_top_record(rootfs);
	struct silt_bytes link = silt_entry_link(record, &record->entries[entry]);
	struct silt_walk walk = {.steps = rootfs->link_steps};
	uint32_t target = silt_resolve(rootfs, link, SILT_VIEW_NAMES, false, &walk);
	rootfs->link_steps = walk.steps;
	return target;
}

static bool can_be_linked(const struct silt_rootfs *rootfs, uint32_t target)
{
	return target != SILT_NO_NAME && rootfs->names[target].type != SILT_ENTRY_DIRECTORY &&
	       !silt_place_none(rootfs->names[target].content);
}

struct silt_state silt_hardlink_state(struct silt_rootfs *rootfs, uint32_t entry, unsigned *flags)
{
	struct silt_state state = {
		.meta = {silt_rootfs_top(rootfs), entry}, .content = SILT_NO_PLACE, .type = SILT_ENTRY_HARDLINK};
	uint32_t target = target_of(rootfs, entry);
	if (can_be_linked(rootfs, target)) {
		state.content = rootfs->names[target].content;
		state.type = rootfs->names[target].type;
	} else {
		*flags |= SILT_NAME_PENDING;
	}
	return state;
}

/* Collects a pending name, the pending name it links to, and so on. Returns the target of the last one, or none. */
static uint32_t follow_pending(struct silt_rootfs *rootfs, uint32_t id)
{
	rootfs->chain_count = 0;
	while (id != SILT_NO_NAME && rootfs->names[id].flags & SILT_NAME_PENDING) {
		silt_rootfs_remember(rootfs, &rootfs->chain, &rootfs->chain_count, &rootfs->chain_capacity, id);
		rootfs->names[id].flags = (uint8_t)(rootfs->names[id].flags & ~(unsigned)SILT_NAME_PENDING);
		id = target_of(rootfs, rootfs->names[id].meta.entry);
	}
	return id;
}

/* Hardlinks that found their content become what it is. */
static void settle_types(struct silt_rootfs *rootfs)
{
	for (size_t i = 0; i < rootfs->pending_count; i++) {
		struct silt_name *name = &rootfs->names[rootfs->pending[i]];
		if (name->type == SILT_ENTRY_HARDLINK && !silt_place_none(name->content)) {
			const struct silt_record *record = rootfs->layers[name->content.layer].record;
			name->type = record->entries[name->content.entry].type;
		}
	}
}

void silt_hardlinks_settle(struct silt_rootfs *rootfs)
{
	for (size_t i = 0; i < rootfs->pending_count; i++) {
		uint32_t target = follow_pending(rootfs, rootfs->pending[i]);
		bool found = can_be_linked(rootfs, target);
		for (size_t k = 0; k < rootfs->chain_count; k++) {
			struct silt_name *name = &rootfs->names[rootfs->chain[k]];
			if (!found) {
				silt_rootfs_note(rootfs, SILT_ROOTFS_NOTE_DANGLING, name->meta.entry);
				continue;
			}
			name->content = rootfs->names[target].content;
			silt_fate_gain(rootfs, name->content);
		}
	}
	settle_types(rootfs);
	rootfs->pending_count = 0;
}
