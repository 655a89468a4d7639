/* Entries of tars: from libarchive's to ours, copied, and compared with those of the walk. */
#ifndef SILT_STREAM_TAR_ENTRY_H
#define SILT_STREAM_TAR_ENTRY_H

#include "base/arena.h"
#include "stream/tar.h"
#include "stream/tar_sparse.h"

struct archive_entry;

/* An entry of libarchive, with room for its attributes. Starts zeroed. */
struct silt_tar_entry_slot {
	struct silt_tar_entry entry;
	struct archive_entry *from;    /* borrows */
	struct silt_tar_xattr *xattrs; /* owns */
	size_t xattr_capacity;
};

void silt_tar_entry_slot_done(struct silt_tar_entry_slot *slot);

/* Fills the slot; its spans borrow from `from`. SILT_ERR_MEMORY only. */
enum silt_status silt_tar_entry_fill(struct silt_tar_entry_slot *slot, struct archive_entry *from, uint64_t offset,
				     struct silt_error *err);

/* True if the body of the entry in the slot has its pieces where `map` has them. */
bool silt_tar_entry_has_map(const struct silt_tar_entry_slot *slot, const struct silt_tar_map *map);

/* True of the name of the attribute that holds the capabilities of a file. */
bool silt_tar_is_capability(struct silt_bytes name);

/* A copy of `entry` with all its bytes in `arena`. False: memory ran out. */
bool silt_tar_entry_copy(struct silt_arena *arena, const struct silt_tar_entry *entry, struct silt_tar_entry *copy);

/* Bytes of its spans. */
size_t silt_tar_entry_weight(const struct silt_tar_entry *entry);

#endif
