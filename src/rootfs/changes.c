/* What the layer under way does to names of lower layers: a change for each that it touches. */
#include "rootfs/tree.h"

#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>

struct silt_change *silt_name_change_if_any(const struct silt_rootfs *rootfs, uint32_t id)
{
	uint32_t change = id < rootfs->change_names ? rootfs->change_of[id] : 0;
	return change == 0 ? NULL : &rootfs->changes[change - 1];
}

bool silt_name_has_lower(const struct silt_rootfs *rootfs, uint32_t id)
{
	const struct silt_name *name = &rootfs->names[id];
	bool stands_for_lower = !(name->flags & SILT_NAME_FRESH) && name->type != SILT_NAME_ABSENT;
	return stands_for_lower || silt_name_change_if_any(rootfs, id);
}

/* Names that are made later than the first change of a layer are not lower, and need no room. */
static bool make_room(struct silt_rootfs *rootfs)
{
	if (!rootfs->change_of) {
		rootfs->change_of = calloc(rootfs->name_count, sizeof(*rootfs->change_of));
		rootfs->change_names = rootfs->change_of ? rootfs->name_count : 0;
	}
	void *items = rootfs->changes;
	if (!rootfs->change_of ||
	    !silt_grow(&items, rootfs->change_count, &rootfs->change_capacity, sizeof(*rootfs->changes))) {
		return false;
	}
	rootfs->changes = items;
	return true;
}

struct silt_change *silt_name_change(struct silt_rootfs *rootfs, uint32_t id)
{
	struct silt_change *change = silt_name_change_if_any(rootfs, id);
	if (change) {
		return change;
	}
	assert(silt_name_has_lower(rootfs, id));
	if (!make_room(rootfs)) {
		silt_rootfs_give_up(rootfs, SILT_ERR_MEMORY);
		return NULL;
	}
	assert(id < rootfs->change_names);
	change = &rootfs->changes[rootfs->change_count++];
	rootfs->change_of[id] = (uint32_t)rootfs->change_count;
	*change = (struct silt_change){
		.meta = silt_name_meta(rootfs, id),
		.type = rootfs->names[id].type,
		.overwriter = SILT_NO_ENTRY,
		.whiteout = SILT_NO_ENTRY,
		.opaque = SILT_NO_ENTRY,
		.replacer = SILT_NO_ENTRY,
		.implied = SILT_NO_ENTRY,
	};
	return change;
}

void silt_changes_done(struct silt_rootfs *rootfs)
{
	free(rootfs->change_of);
	rootfs->change_of = NULL;
	rootfs->change_names = 0;
	rootfs->change_count = 0;
}
