/*
 * Hardlinks: names that show the content of another name.
 *
 * The target is a path of the archive, looked up in the tree as it is at that moment: it may be of a lower layer, a
 * hardlink itself, or a symlink (then both names are that symlink). A target that only comes later in the layer is
 * looked up again at the end of it. What such a late one turns out to be opens no way for the paths of others: else it
 * would matter which of them is looked up first.
 */
#include "rootfs/tree.h"

#include <stdlib.h>

static uint32_t target_of(struct silt_rootfs *rootfs, uint32_t entry)
{
	const struct silt_record *record = silt_rootfs_top_record(rootfs);
	struct silt_bytes link = silt_entry_link(record, &record->entries[entry]);
	struct silt_walk walk = {.steps = rootfs->link_steps};
	uint32_t target = silt_resolve(rootfs, link, SILT_VIEW_NAMES, false, &walk);
	rootfs->link_steps = walk.steps;
	return target;
}

/* The number of the entry whose content a hardlink to that name shows; none if it cannot be linked to. */
static uint32_t content_of(const struct silt_rootfs *rootfs, uint32_t target)
{
	if (target == SILT_NO_NAME || rootfs->names[target].type == SILT_ENTRY_DIRECTORY) {
		return SILT_NO_NUMBER;
	}
	return silt_name_content(rootfs, target, silt_name_meta(rootfs, target));
}

static void set_target(struct silt_rootfs *rootfs, uint32_t entry, uint32_t content)
{
	struct silt_stacked *layer = &rootfs->layers[silt_rootfs_top(rootfs)];
	if (!layer->targets) {
		layer->targets = calloc(layer->record->entry_count, sizeof(*layer->targets));
	}
	if (!layer->targets) {
		silt_rootfs_give_up(rootfs, SILT_ERR_MEMORY);
		return;
	}
	layer->targets[entry] = content + 1;
}

uint8_t silt_hardlink_resolve(struct silt_rootfs *rootfs, uint32_t entry, unsigned *flags)
{
	uint32_t target = target_of(rootfs, entry), content = content_of(rootfs, target);
	if (content == SILT_NO_NUMBER) {
		*flags |= SILT_NAME_PENDING;
		return SILT_ENTRY_HARDLINK;
	}
	set_target(rootfs, entry, content);
	return rootfs->names[target].type;
}

/* The entry of the layer under way that a name of it stands for. */
static uint32_t own_entry(const struct silt_rootfs *rootfs, uint32_t id)
{
	return silt_name_meta(rootfs, id) - silt_number_of_top(rootfs, 0);
}

/* Collects a pending name, the pending name it links to, and so on. Returns the target of the last one, or none. */
static uint32_t follow_pending(struct silt_rootfs *rootfs, uint32_t id)
{
	rootfs->chain_count = 0;
	while (id != SILT_NO_NAME && rootfs->names[id].flags & SILT_NAME_PENDING) {
		silt_rootfs_remember(rootfs, &rootfs->chain, &rootfs->chain_count, &rootfs->chain_capacity, id);
		rootfs->names[id].flags = (uint8_t)(rootfs->names[id].flags & ~(unsigned)SILT_NAME_PENDING);
		id = target_of(rootfs, own_entry(rootfs, id));
	}
	return id;
}

/* All of a chain show what its last one links to. */
static void settle_chain(struct silt_rootfs *rootfs, uint32_t content)
{
	for (size_t k = 0; k < rootfs->chain_count; k++) {
		uint32_t entry = own_entry(rootfs, rootfs->chain[k]);
		if (content == SILT_NO_NUMBER) {
			silt_rootfs_note(rootfs, SILT_ROOTFS_NOTE_DANGLING, entry);
			continue;
		}
		set_target(rootfs, entry, content);
		silt_fate_gain(rootfs, content);
		silt_rootfs_note(rootfs, SILT_ROOTFS_NOTE_LATE_TARGET, entry);
	}
}

/* Hardlinks that found their content become what it is. */
static void settle_types(struct silt_rootfs *rootfs)
{
	for (size_t i = 0; i < rootfs->pending_count; i++) {
		uint32_t id = rootfs->pending[i];
		struct silt_name *name = &rootfs->names[id];
		uint32_t content = name->type == SILT_ENTRY_HARDLINK
					   ? silt_name_content(rootfs, id, silt_name_meta(rootfs, id))
					   : SILT_NO_NUMBER;
		if (content != SILT_NO_NUMBER) {
			name->type = silt_entry_of_number(rootfs, content)->type;
		}
	}
}

void silt_hardlinks_settle(struct silt_rootfs *rootfs)
{
	for (size_t i = 0; i < rootfs->pending_count; i++) {
		uint32_t target = follow_pending(rootfs, rootfs->pending[i]);
		settle_chain(rootfs, content_of(rootfs, target));
	}
	settle_types(rootfs);
	rootfs->pending_count = 0;
}
