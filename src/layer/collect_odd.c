/* What is odd about one entry, as far as its header alone shows it. */
#include "layer/collect.h"

#include "base/path.h"

/* ---- Paths --------------------------------------------------------------------------------------------------------- */

/* True if a path climbs above the root with "..", read from a folder of that depth. Links on the way do not count. */
static bool climbs(struct silt_bytes path, size_t depth)
{
	struct silt_bytes component;
	while (silt_path_next(&path, &component)) {
		bool up = silt_bytes_equal(component, SILT_LITERAL(".."));
		if (up && depth == 0) {
			return true;
		}
		bool stays = component.len == 0 || silt_bytes_equal(component, SILT_LITERAL("."));
		depth = up ? depth - 1 : depth + !stays;
	}
	return false;
}

static size_t depth_of_folder(struct silt_bytes path)
{
	size_t depth = 0;
	for (size_t i = 0; i < path.len; i++) {
		depth += path.ptr[i] == '/';
	}
	return depth;
}

static const char *climbing_name(const struct silt_entry *entry, const struct silt_tar_entry *from)
{
	(void)from;
	return entry->flags & SILT_ENTRY_ESCAPES ? "its name climbs above the root with \"..\"" : NULL;
}

/* The target of a hardlink is the name of an entry. */
static const char *climbing_hardlink(const struct silt_entry *entry, const struct silt_tar_entry *from)
{
	return entry->type == SILT_ENTRY_HARDLINK && climbs(from->link, 0)
		       ? "the target of this hardlink climbs above the root with \"..\""
		       : NULL;
}

/* Absolute targets are everywhere, and mean the root of the container. */
static const char *climbing_symlink(const struct silt_entry *entry, const struct silt_tar_entry *from)
{
	bool relative = entry->type == SILT_ENTRY_SYMLINK && from->link.len > 0 && from->link.ptr[0] != '/';
	return relative && climbs(from->link, depth_of_folder(silt_entry_path(entry)))
		       ? "the target of this symlink climbs above the root with \"..\"; in a container it stops there"
		       : NULL;
}

/* ---- Marks --------------------------------------------------------------------------------------------------------- */

static const char *nameless_mark(const struct silt_entry *entry, const struct silt_tar_entry *from)
{
	(void)from;
	return entry->whiteout == SILT_WHITEOUT_INVALID
		       ? "a deletion mark that names nothing; runtimes refuse it or delete the directory"
		       : NULL;
}

/* AUFS kept its own books in layers, and runtimes skip them. */
static const char *unknown_mark(const struct silt_entry *entry, const struct silt_tar_entry *from)
{
	static const char *const known[] = {".wh..wh.aufs", ".wh..wh.orph", ".wh..wh.plnk"};
	(void)from;
	struct silt_bytes name = silt_path_basename(silt_entry_path(entry));
	bool unknown = entry->whiteout == SILT_WHITEOUT_FILE && silt_bytes_start_with(name, SILT_LITERAL(".wh..wh."));
	for (size_t i = 0; i < SILT_COUNT(known) && unknown; i++) {
		unknown = !silt_bytes_equal(name, silt_bytes_text(known[i]));
	}
	return unknown ? "a name that is reserved for marks, of a kind that nobody knows; the opaque mark is "
			 "\".wh..wh..opq\""
		       : NULL;
}

static const char *overlay_device(const struct silt_entry *entry, const struct silt_tar_entry *from)
{
	bool device = entry->type == SILT_ENTRY_CHAR_DEVICE && from->dev_major == 0 && from->dev_minor == 0;
	return device && entry->whiteout == SILT_WHITEOUT_NONE
		       ? "a character device 0:0, the deletion mark of overlayfs, which has no meaning in a layer"
		       : NULL;
}

static const char *overlay_attribute(const struct silt_entry *entry, const struct silt_tar_entry *from)
{
	(void)entry;
	for (size_t i = 0; i < from->xattr_count; i++) {
		if (silt_bytes_equal(from->xattrs[i].name, SILT_LITERAL("trusted.overlay.opaque")) ||
		    silt_bytes_equal(from->xattrs[i].name, SILT_LITERAL("user.overlay.opaque"))) {
			return "an extended attribute overlay.opaque, the opaque mark of overlayfs, which has no "
			       "meaning in a layer";
		}
	}
	return NULL;
}

/* ---- All of them --------------------------------------------------------------------------------------------------- */

static const struct {
	enum silt_anomaly_kind kind;
	const char *(*text)(const struct silt_entry *entry,
			    const struct silt_tar_entry *from); /* NULL: it is not odd */
} oddities[] = {
	{SILT_ANOMALY_ESCAPE, climbing_name},           {SILT_ANOMALY_ESCAPE, climbing_hardlink},
	{SILT_ANOMALY_LINK_ESCAPE, climbing_symlink},   {SILT_ANOMALY_WHITEOUT_ODD, nameless_mark},
	{SILT_ANOMALY_WHITEOUT_ODD, unknown_mark},      {SILT_ANOMALY_WHITEOUT_ODD, overlay_device},
	{SILT_ANOMALY_WHITEOUT_ODD, overlay_attribute},
};

static enum silt_status note_body_of_mark(struct silt_collector *collector, uint32_t index, struct silt_error *err)
{
	const struct silt_entry *entry = &collector->record->entries[index];
	if (entry->whiteout == SILT_WHITEOUT_NONE || entry->size == 0) {
		return SILT_OK;
	}
	return silt_collect_anomaly(collector, SILT_ANOMALY_WHITEOUT_BODY, index, entry->offset, err,
				    "a deletion mark with %llu bytes of content, which no runtime shows",
				    (unsigned long long)entry->size);
}

enum silt_status silt_collect_oddities(struct silt_collector *collector, const struct silt_tar_entry *from,
				       uint32_t index, struct silt_error *err)
{
	const struct silt_entry *entry = &collector->record->entries[index];
	enum silt_status status = note_body_of_mark(collector, index, err);
	for (size_t i = 0; i < SILT_COUNT(oddities) && status == SILT_OK; i++) {
		const char *text = oddities[i].text(entry, from);
		if (text) {
			status = silt_collect_anomaly(collector, oddities[i].kind, index, entry->offset, err, "%s",
						      text);
		}
	}
	return status;
}
