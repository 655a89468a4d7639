/*
 * The entries to come. The table of a million names lies in no cache: without this, more than half of the time it takes to
 * place an entry is spent waiting for its slot.
 *
 *     entry under way      + NEAR             + FAR              + TEXT
 *            |               |                  |                  |
 *          placed     name in its slot     slot, by hash     text of its name        is asked for
 *
 * Nothing is decided here: whoever stands in the table is looked for when the entry is placed.
 */
#include "rootfs/tree.h"

#include "base/secure.h"

enum { NEAR = 6, FAR = 12, TEXT = 24 }; /* FAR < SILT_AHEAD: a hash is kept until its entry is placed */

void silt_ahead_forget(struct silt_rootfs *rootfs)
{
	for (size_t i = 0; i < SILT_AHEAD; i++) {
		rootfs->ahead[i].entry = SILT_NO_ENTRY;
	}
}

void silt_ahead_look(struct silt_rootfs *rootfs, const struct silt_record *record, size_t entry)
{
	/* Most entries stand in the folder of the one before; for others nothing can be known yet. */
	const uint32_t parent = rootfs->cache.name;
	if (parent == SILT_NO_NAME || record->entry_count - entry <= TEXT) {
		return;
	}
	const struct silt_entry *at = &record->entries[entry];
	__builtin_prefetch(silt_entry_name(record, at + TEXT).ptr);
	const struct silt_ahead *near = &rootfs->ahead[(entry + NEAR) % SILT_AHEAD];
	if (near->entry == entry + NEAR) {
		const uint32_t name = rootfs->slots[silt_name_slot(rootfs, parent, near->hash)];
		__builtin_prefetch(&rootfs->names[name != SILT_NO_NAME ? name : SILT_ROOT_NAME]);
	}
	if (at[FAR].folder == at->folder) {
		const uint64_t hash = silt_table_hash(silt_entry_name(record, at + FAR));
		rootfs->ahead[(entry + FAR) % SILT_AHEAD] = (struct silt_ahead){(uint32_t)(entry + FAR), hash};
		__builtin_prefetch(&rootfs->slots[silt_name_slot(rootfs, parent, hash)]);
	}
}

uint64_t silt_ahead_hash(const struct silt_rootfs *rootfs, struct silt_bytes text, uint32_t entry)
{
	const struct silt_ahead *known = &rootfs->ahead[entry % SILT_AHEAD];
	return entry != SILT_NO_ENTRY && known->entry == entry ? known->hash : silt_table_hash(text);
}
