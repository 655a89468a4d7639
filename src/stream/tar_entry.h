/* From libarchive's entry to ours. */
#ifndef SILT_STREAM_TAR_ENTRY_H
#define SILT_STREAM_TAR_ENTRY_H

#include "stream/tar.h"

struct archive_entry;

/* The entry as it is given to the caller, with room for its attributes. Starts zeroed. */
struct silt_tar_entry_slot {
	struct silt_tar_entry entry;
	struct silt_tar_xattr *xattrs; /* owns */
	size_t xattr_capacity;
};

void silt_tar_entry_slot_done(struct silt_tar_entry_slot *slot);

/* Fills the slot; its spans borrow from `from`. SILT_ERR_MEMORY only. */
enum silt_status silt_tar_entry_fill(struct silt_tar_entry_slot *slot, struct archive_entry *from, uint64_t offset,
				     struct silt_error *err);

#endif
