/* From tar headers to the entries of a layer record. */
#include "layer/collect.h"

#include "base/limits.h"
#include "base/path.h"
#include "base/secure.h"

#include <stdlib.h>

/* A capability value has 12, 20 or 24 bytes; a longer one is malformed, and its start shows that as well as all of it. */
enum { CAPABILITY_KEPT = 64 };

#define WHITEOUT_PREFIX ".wh."
/* OCI image-spec layer.md, "Whiteouts"; the whole last component decides, whatever the type of the entry. */
static enum silt_whiteout whiteout_of(struct silt_bytes name)
{
	if (!silt_bytes_start_with(name, SILT_LITERAL(WHITEOUT_PREFIX))) {
		return SILT_WHITEOUT_NONE;
	}
	if (silt_bytes_equal(name, SILT_LITERAL(".wh..wh..opq"))) {
		return SILT_WHITEOUT_OPAQUE;
	}
	struct silt_bytes hidden = silt_bytes_slice(name, strlen(WHITEOUT_PREFIX), name.len);
	if (hidden.len == 0 || silt_bytes_equal(hidden, SILT_LITERAL(".")) ||
	    silt_bytes_equal(hidden, SILT_LITERAL(".."))) {
		return SILT_WHITEOUT_INVALID;
	}
	return SILT_WHITEOUT_FILE;
}

/* The limit that a clean path exceeds, or none. */
static enum silt_limit_id path_excess(const struct silt_limits *limits, struct silt_bytes path)
{
	if (path.len >= limits->value[SILT_LIMIT_PATH_BYTES]) {
		return SILT_LIMIT_PATH_BYTES;
	}
	if (path.len <= limits->value[SILT_LIMIT_NAME_BYTES] && path.len / 2 < limits->value[SILT_LIMIT_PATH_DEPTH]) {
		return SILT_LIMIT_NONE; /* it has not room enough for what would be too much */
	}
	struct silt_bytes rest = path, component;
	size_t depth = 0;
	while (silt_path_next(&rest, &component)) {
		/* The mark of a name of 255 bytes is longer than a name may be. */
		bool mark = rest.len == 0 && silt_bytes_start_with(component, SILT_LITERAL(WHITEOUT_PREFIX));
		if (component.len > limits->value[SILT_LIMIT_NAME_BYTES] + (mark ? strlen(WHITEOUT_PREFIX) : 0)) {
			return SILT_LIMIT_NAME_BYTES;
		}
		depth++;
	}
	return depth > limits->value[SILT_LIMIT_PATH_DEPTH] ? SILT_LIMIT_PATH_DEPTH : SILT_LIMIT_NONE;
}

/* The link as the record keeps it: a hardlink names a member and is cleaned like one; a symlink is text. */
static bool keep_link(struct silt_text_pool *texts, const struct silt_tar_entry *entry, uint32_t *link)
{
	struct silt_path_room room;
	struct silt_bytes text = silt_bytes_slice(entry->link, 0, sizeof(room.bytes));
	if (entry->type == SILT_ENTRY_HARDLINK) {
		unsigned flags;
		text = silt_bytes(room.bytes, silt_path_clean(text, room.bytes, &flags));
	}
	return silt_text_pool_add(texts, text, link);
}

static bool has_odd_time(const struct silt_tar_entry *entry)
{
	return entry->mtime < 0 || entry->mtime > UINT32_MAX;
}

static bool has_extra(const struct silt_tar_entry *entry, struct silt_bytes capability)
{
	return entry->link.len > 0 || capability.len > 0 || entry->dev_major != 0 || entry->dev_minor != 0 ||
	       has_odd_time(entry);
}

/* For the entry that comes next. */
static enum silt_status add_extra(struct silt_collector *collector, const struct silt_tar_entry *from,
				  struct silt_entry *entry, struct silt_error *err)
{
	struct silt_record *record = collector->record;
	struct silt_bytes capability = silt_bytes_slice(silt_tar_capability(from), 0, CAPABILITY_KEPT);
	if (!has_extra(from, capability)) {
		return SILT_OK;
	}
	struct silt_extra extra = {
		.entry = (uint32_t)record->entry_count,
		.dev_major = from->dev_major,
		.dev_minor = from->dev_minor,
		.mtime = from->mtime,
	};
	if (!keep_link(&record->texts, from, &extra.link) ||
	    !silt_text_pool_add(&record->texts, capability, &extra.capability) ||
	    !silt_grow((void **)&record->extras, record->extra_count, &collector->extra_capacity,
		       sizeof(*record->extras))) {
		return silt_fail_memory(err);
	}
	entry->flags |= SILT_ENTRY_HAS_EXTRA;
	record->extras[record->extra_count++] = extra;
	return SILT_OK;
}

static uint32_t clip_id(uint64_t id, uint8_t *flags)
{
	if (id > UINT32_MAX) {
		*flags |= SILT_ENTRY_CLIPPED_ID;
		return UINT32_MAX;
	}
	return (uint32_t)id;
}

/* The folder of the path; entries of one folder mostly follow each other, and share its text. */
static bool keep_folder(struct silt_collector *collector, struct silt_bytes folder, uint32_t *text)
{
	struct silt_text_pool *texts = &collector->record->texts;
	if (silt_bytes_equal(silt_text_of(texts, collector->last_folder), folder)) {
		*text = collector->last_folder;
		return true;
	}
	uint32_t *recent = &collector->recent_folders[silt_table_hash(folder) % SILT_FOLDERS_REMEMBERED];
	if (!silt_bytes_equal(silt_text_of(texts, *recent), folder) && !silt_text_pool_add(texts, folder, recent)) {
		return false;
	}
	*text = collector->last_folder = *recent;
	return true;
}

/* Sets the path of `entry`, or says for which limit it must be left out. */
static enum silt_status keep_path(struct silt_collector *collector, const struct silt_tar_entry *from,
				  struct silt_entry *entry, enum silt_limit_id *excess, struct silt_error *err)
{
	/* A raw path may be a megabyte of "./"; only a clean one that fits is kept. */
	struct silt_path_room room;
	uint8_t *buffer = from->path.len <= sizeof(room.bytes) ? NULL : malloc(from->path.len);
	if (from->path.len > sizeof(room.bytes) && !buffer) {
		return silt_fail_memory(err);
	}
	unsigned flags;
	uint8_t *out = buffer ? buffer : room.bytes;
	struct silt_bytes path = silt_bytes(out, silt_path_clean(from->path, out, &flags));
	*excess = path_excess(collector->limits, path);
	const struct silt_bytes folder = silt_path_parent(path);
	const struct silt_bytes name = silt_bytes_slice(path, folder.len > 0 ? folder.len + 1 : 0, path.len);
	bool kept = *excess != SILT_LIMIT_NONE || (keep_folder(collector, folder, &entry->folder) &&
						   silt_text_pool_add(&collector->record->texts, name, &entry->name));
	entry->flags |= flags & SILT_PATH_ESCAPES ? SILT_ENTRY_ESCAPES : 0;
	entry->whiteout = (uint8_t)whiteout_of(name);
	free(buffer);
	return kept ? SILT_OK : silt_fail_memory(err);
}

static void set_numbers(const struct silt_tar_entry *from, struct silt_entry *entry)
{
	uint64_t block = from->offset / SILT_ENTRY_BLOCK;
	entry->size = from->size;
	entry->block = block < UINT32_MAX ? (uint32_t)block : UINT32_MAX;
	entry->mode = from->mode & 07777;
	entry->type = (uint8_t)from->type;
	entry->uid = clip_id(from->uid, &entry->flags);
	entry->gid = clip_id(from->gid, &entry->flags);
	if (has_odd_time(from)) {
		entry->flags |= SILT_ENTRY_ODD_TIME;
	} else {
		entry->time = (uint32_t)from->mtime;
	}
	if (from->reading == SILT_TAR_READ_OTHER) {
		entry->flags |= SILT_ENTRY_DISPUTED;
	}
}

static enum silt_status append_entry(struct silt_collector *collector, const struct silt_tar_entry *from,
				     struct silt_entry *entry, struct silt_error *err)
{
	struct silt_record *record = collector->record;
	set_numbers(from, entry);
	enum silt_status status = add_extra(collector, from, entry, err);
	if (status == SILT_OK && !silt_grow((void **)&record->entries, record->entry_count, &collector->entry_capacity,
					    sizeof(*record->entries))) {
		status = silt_fail_memory(err);
	}
	if (status == SILT_OK) {
		record->entries[record->entry_count++] = *entry;
	}
	return status;
}

static enum silt_status note_long_link(struct silt_collector *collector, const struct silt_tar_entry *from,
				       uint32_t index, struct silt_error *err)
{
	if (from->link.len < silt_limit_size(collector->limits, SILT_LIMIT_PATH_BYTES)) {
		return SILT_OK;
	}
	return silt_collect_limit(collector, SILT_ANOMALY_PATH_LIMIT, SILT_LIMIT_PATH_BYTES, index, from->offset, err,
				  "the target of a link is longer; at most its first 4096 bytes are taken for it");
}

/* The limit that one more entry would exceed, and what exceeds it. */
static enum silt_limit_id entry_limit(const struct silt_collector *collector, const char **what)
{
	const uint64_t *limits = collector->limits->value;
	struct silt_shared_use *total = collector->entry_bytes_total;
	if (collector->record->entry_count >= limits[SILT_LIMIT_ENTRIES]) {
		*what = "the layer has more entries";
		return SILT_LIMIT_ENTRIES;
	}
	if (collector->entry_bytes >= limits[SILT_LIMIT_ENTRY_BYTES]) {
		*what = "the entries of the layer need more memory";
		return SILT_LIMIT_ENTRY_BYTES;
	}
	if (!total || silt_shared_left(total, limits[SILT_LIMIT_ENTRY_BYTES_TOTAL]) > 0) {
		return SILT_LIMIT_NONE;
	}
	silt_shared_refuse(total);
	*what = "the entries of all layers need more memory";
	return SILT_LIMIT_ENTRY_BYTES_TOTAL;
}

static void count_entry(struct silt_collector *collector, const struct silt_entry *entry, size_t text_bytes)
{
	size_t bytes = sizeof(*entry) + SILT_ENTRY_TREE_BYTES + text_bytes;
	bytes += entry->flags & SILT_ENTRY_HAS_EXTRA ? sizeof(struct silt_extra) : 0;
	collector->entry_bytes += bytes;
	collector->record->entry_bytes = collector->entry_bytes;
	if (collector->entry_bytes_total) {
		silt_shared_take(collector->entry_bytes_total, bytes);
	}
}

enum silt_status silt_collect_entry(struct silt_collector *collector, const struct silt_tar_entry *from,
				    uint32_t *index, struct silt_error *err)
{
	struct silt_record *record = collector->record;
	*index = UINT32_MAX;
	const size_t texts = record->texts.total;
	const char *what;
	const enum silt_limit_id limit = entry_limit(collector, &what);
	if (limit != SILT_LIMIT_NONE) {
		return silt_collect_limit(collector, SILT_ANOMALY_ENTRY_LIMIT, limit, UINT32_MAX, from->offset, err,
					  "%s; the rest is matched but not placed", what);
	}
	struct silt_entry entry = {0};
	enum silt_limit_id excess = SILT_LIMIT_NONE;
	enum silt_status status = keep_path(collector, from, &entry, &excess, err);
	if (status == SILT_OK && excess != SILT_LIMIT_NONE) {
		return silt_collect_limit(collector, SILT_ANOMALY_PATH_LIMIT, excess, UINT32_MAX, from->offset, err,
					  "the path of an entry is longer; it is matched but not placed");
	}
	if (status == SILT_OK) {
		status = append_entry(collector, from, &entry, err);
	}
	if (status != SILT_OK) {
		return status;
	}
	count_entry(collector, &entry, record->texts.total - texts);
	*index = (uint32_t)record->entry_count - 1;
	status = note_long_link(collector, from, *index, err);
	return status == SILT_OK ? silt_collect_oddities(collector, from, *index, err) : status;
}
