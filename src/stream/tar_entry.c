/*
 * Entries of tars: from libarchive's to ours, and copied. Only the getters of raw bytes are used: those of wide
 * characters and of UTF-8 convert by the locale and give NULL for what they cannot convert.
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

static bool is_sparse(struct archive_entry *from)
{
	return archive_entry_sparse_count(from) > 0;
}

enum silt_status silt_tar_entry_fill(struct silt_tar_entry_slot *slot, struct archive_entry *from, uint64_t offset,
				     struct silt_error *err)
{
	slot->from = from;
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
		.sparse = is_sparse(from),
		.has_data = archive_entry_size(from) > 0,
		.reading = SILT_TAR_READ_OTHER,
	};
	return fill_xattrs(slot, from, err);
}

bool silt_tar_entry_has_map(const struct silt_tar_entry_slot *slot, const struct silt_tar_map *map)
{
	bool same = slot->entry.sparse == !silt_tar_map_is_whole(map);
	if (!same || !slot->entry.sparse) {
		return same;
	}
	size_t at = 0;
	la_int64_t offset, length;
	archive_entry_sparse_reset(slot->from);
	while (same && archive_entry_sparse_next(slot->from, &offset, &length) == ARCHIVE_OK) {
		if (length == 0) {
			continue; /* says how long the file is */
		}
		same = at < map->count && map->pieces[at].offset == (uint64_t)offset &&
		       map->pieces[at].length == (uint64_t)length;
		at++;
	}
	return same && at == map->count;
}

/* ---- Capabilities ---------------------------------------------------------------------------------------------------- */

bool silt_tar_is_capability(struct silt_bytes name)
{
	return silt_bytes_equal(name, SILT_LITERAL("security.capability"));
}

struct silt_bytes silt_tar_capability(const struct silt_tar_entry *entry)
{
	for (size_t i = 0; i < entry->xattr_count; i++) {
		if (silt_tar_is_capability(entry->xattrs[i].name)) {
			return entry->xattrs[i].value;
		}
	}
	return silt_bytes(NULL, 0);
}

/* ---- Copies ---------------------------------------------------------------------------------------------------------- */

static bool copy_span(struct silt_arena *arena, struct silt_bytes *span)
{
	*span = silt_arena_copy(arena, *span);
	return span->ptr != NULL;
}

bool silt_tar_entry_copy(struct silt_arena *arena, const struct silt_tar_entry *entry, struct silt_tar_entry *copy)
{
	*copy = *entry; /* one of libarchive, which has no attributes that are foreign to it */
	struct silt_tar_xattr *xattrs = silt_arena_alloc(arena, entry->xattr_count * sizeof(*xattrs));
	bool ok = xattrs && copy_span(arena, &copy->path) && copy_span(arena, &copy->link);
	for (size_t i = 0; ok && i < entry->xattr_count; i++) {
		xattrs[i] = entry->xattrs[i];
		ok = copy_span(arena, &xattrs[i].name) && copy_span(arena, &xattrs[i].value);
	}
	copy->xattrs = xattrs;
	return ok;
}

size_t silt_tar_entry_weight(const struct silt_tar_entry *entry)
{
	size_t weight = entry->path.len + entry->link.len;
	for (size_t i = 0; i < entry->xattr_count; i++) {
		weight += sizeof(entry->xattrs[i]) + entry->xattrs[i].name.len + entry->xattrs[i].value.len;
	}
	return weight;
}
