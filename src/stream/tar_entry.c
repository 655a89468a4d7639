/*
 * From libarchive's entry to ours. Only the getters of raw bytes are used: those of wide characters and of UTF-8 convert
 * by the locale and give NULL for what they cannot convert.
 */
#include "stream/tar_entry.h"

#include "base/arena.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

void silt_tar_entry_slot_done(struct silt_tar_entry_slot *slot)
{
	free(slot->xattrs);
}

static enum silt_entry_type type_of(struct archive_entry *from)
{
	static const struct {
		__LA_MODE_T mode;
		enum silt_entry_type type;
	} types[] = {
		{AE_IFREG, SILT_ENTRY_FILE},         {AE_IFLNK, SILT_ENTRY_SYMLINK},
		{AE_IFDIR, SILT_ENTRY_DIRECTORY},    {AE_IFCHR, SILT_ENTRY_CHAR_DEVICE},
		{AE_IFBLK, SILT_ENTRY_BLOCK_DEVICE}, {AE_IFIFO, SILT_ENTRY_FIFO},
	};
	/* Before the mode: of a hardlink it may say anything. */
	if (archive_entry_hardlink(from)) {
		return SILT_ENTRY_HARDLINK;
	}
	for (size_t i = 0; i < SILT_COUNT(types); i++) {
		if (archive_entry_filetype(from) == types[i].mode) {
			return types[i].type;
		}
	}
	return SILT_ENTRY_OTHER;
}

static const char *link_of(struct archive_entry *from)
{
	const char *hardlink = archive_entry_hardlink(from);
	return hardlink ? hardlink : archive_entry_symlink(from);
}

static enum silt_status fill_xattrs(struct silt_tar_entry_slot *slot, struct archive_entry *from,
				    struct silt_error *err)
{
	const char *name;
	const void *value;
	size_t size, count = 0;
	archive_entry_xattr_reset(from);
	while (archive_entry_xattr_next(from, &name, &value, &size) == ARCHIVE_OK) {
		void *items = slot->xattrs;
		if (!silt_grow(&items, count, &slot->xattr_capacity, sizeof(*slot->xattrs))) {
			return silt_fail_memory(err);
		}
		slot->xattrs = items;
		slot->xattrs[count++] = (struct silt_tar_xattr){silt_bytes_text(name), silt_bytes(value, size)};
	}
	slot->entry.xattrs = slot->xattrs;
	slot->entry.xattr_count = count;
	return SILT_OK;
}

enum silt_status silt_tar_entry_fill(struct silt_tar_entry_slot *slot, struct archive_entry *from, uint64_t offset,
				     struct silt_error *err)
{
	slot->entry = (struct silt_tar_entry){
		.path = silt_bytes_text(archive_entry_pathname(from)),
		.link = silt_bytes_text(link_of(from)),
		.type = type_of(from),
		.mode = (uint16_t)(archive_entry_mode(from) & 07777),
		.uid = (uint64_t)archive_entry_uid(from),
		.gid = (uint64_t)archive_entry_gid(from),
		.size = (uint64_t)archive_entry_size(from),
		.mtime = archive_entry_mtime(from),
		.dev_major = (uint32_t)archive_entry_rdevmajor(from),
		.dev_minor = (uint32_t)archive_entry_rdevminor(from),
		.offset = offset,
		.sparse = archive_entry_sparse_count(from) > 0,
		.has_data = archive_entry_size(from) > 0,
		.reading = SILT_TAR_READ_ALIKE,
	};
	return fill_xattrs(slot, from, err);
}
