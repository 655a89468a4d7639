/* What is odd about one entry, as far as its header alone shows it. */
#include "layer/collect.h"

#include "base/path.h"

#include <stdio.h>

/* An entry, and the header it was made of. */
struct header {
	const struct silt_record *record;
	const struct silt_entry *entry;
	const struct silt_tar_entry *from;
};

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

static size_t depth_of(struct silt_bytes folder)
{
	size_t depth = folder.len > 0;
	for (size_t i = 0; i < folder.len; i++) {
		depth += folder.ptr[i] == '/';
	}
	return depth;
}

static const char *climbing_name(const struct header *header)
{
	return header->entry->flags & SILT_ENTRY_ESCAPES ? "its name climbs above the root with \"..\"" : NULL;
}

/* The target of a hardlink is the name of an entry. */
static const char *climbing_hardlink(const struct header *header)
{
	return header->entry->type == SILT_ENTRY_HARDLINK && climbs(header->from->link, 0)
		       ? "the target of this hardlink climbs above the root with \"..\""
		       : NULL;
}

/* Absolute targets are everywhere, and mean the root of the container. */
static const char *climbing_symlink(const struct header *header)
{
	bool relative = header->entry->type == SILT_ENTRY_SYMLINK && header->from->link.len > 0 &&
			header->from->link.ptr[0] != '/';
	return relative && climbs(header->from->link, depth_of(silt_entry_folder(header->record, header->entry)))
		       ? "the target of this symlink climbs above the root with \"..\"; in a container it stops there"
		       : NULL;
}

/* ---- Marks --------------------------------------------------------------------------------------------------------- */

static const char *nameless_mark(const struct header *header)
{
	return header->entry->whiteout == SILT_WHITEOUT_INVALID
		       ? "a deletion mark that names nothing; runtimes refuse it or delete the directory"
		       : NULL;
}

/* AUFS kept its own books in layers, in a file and two folders, and runtimes skip them. */
static bool is_book_of_aufs(struct silt_bytes name)
{
	static const char *const books[] = {".wh..wh.aufs", ".wh..wh.orph", ".wh..wh.plnk"};
	for (size_t i = 0; i < SILT_COUNT(books); i++) {
		if (silt_bytes_equal(name, silt_bytes_text(books[i]))) {
			return true;
		}
	}
	return false;
}

static const char *unknown_mark(const struct header *header)
{
	if (header->entry->whiteout != SILT_WHITEOUT_FILE) {
		return NULL;
	}
	const struct silt_bytes name = silt_entry_name(header->record, header->entry);
	const bool reserved = silt_bytes_start_with(name, SILT_LITERAL(".wh..wh."));
	return reserved && !is_book_of_aufs(name)
		       ? "a name that is reserved for marks, of a kind that nobody knows; the opaque mark is "
			 "\".wh..wh..opq\""
		       : NULL;
}

static const char *mark_of_odd_type(const struct header *header)
{
	bool odd = header->entry->whiteout != SILT_WHITEOUT_NONE && header->entry->type != SILT_ENTRY_FILE;
	return odd && !is_book_of_aufs(silt_entry_name(header->record, header->entry))
		       ? "a deletion mark that is no file; the name alone makes it a mark"
		       : NULL;
}

static const char *overlay_device(const struct header *header)
{
	bool device = header->entry->type == SILT_ENTRY_CHAR_DEVICE && header->from->dev_major == 0 &&
		      header->from->dev_minor == 0;
	return device && header->entry->whiteout == SILT_WHITEOUT_NONE
		       ? "a character device 0:0, the deletion mark of overlayfs, which has no meaning in a layer"
		       : NULL;
}

static const char *overlay_attribute(const struct header *header)
{
	for (size_t i = 0; i < header->from->xattr_count; i++) {
		if (silt_bytes_equal(header->from->xattrs[i].name, SILT_LITERAL("trusted.overlay.opaque")) ||
		    silt_bytes_equal(header->from->xattrs[i].name, SILT_LITERAL("user.overlay.opaque"))) {
			return "an extended attribute overlay.opaque, the opaque mark of overlayfs, which has no "
			       "meaning in a layer";
		}
	}
	return NULL;
}

/* ---- Types --------------------------------------------------------------------------------------------------------- */

/*
 * The types that some tool writes, and what libarchive 3.6.2 and GNU tar 1.34 make of them. The extraction of moby and
 * containerd, and those of podman 4.3.1 and umoci 0.4.7, end at one: "unhandled tar header type", "unknown typeflag".
 */
static const struct {
	uint8_t type;
	const char *what, *others;
} refused_types[] = {
	{'7', "a contiguous file", "libarchive and GNU tar make a file of it"},
	{'D', "a folder of a GNU dump", "libarchive and GNU tar make a folder of it"},
	{'M', "the rest of a file of another volume", "libarchive makes a file of it and GNU tar nothing"},
	{'S', "a sparse file of old GNU tar", "libarchive and GNU tar make a file of it"},
	{'V', "the label of a volume", "libarchive and GNU tar pass it by"},
};

static enum silt_status note_unknown_type(struct silt_collector *collector, const struct silt_tar_entry *from,
					  uint32_t index, struct silt_error *err)
{
	char name[sizeof("0xff")];
	bool graphic = from->header_type > ' ' && from->header_type < 0x7f;
	snprintf(name, sizeof(name), graphic ? "%c" : "0x%02x", from->header_type);
	return silt_collect_anomaly(
		collector, SILT_ANOMALY_TAR_DISPUTED, index, from->offset, err,
		"an entry of type %s: Docker, containerd and podman refuse the layer, other programs "
		"make a file of it or pass it by",
		name);
}

/* Of a mark Docker asks for the name first, and extracts nothing. What Docker's reader does not read it does not refuse. */
static enum silt_status note_type(struct silt_collector *collector, const struct silt_tar_entry *from, uint32_t index,
				  struct silt_error *err)
{
	bool extracted = from->header_type == 0 || (from->header_type >= '0' && from->header_type <= '6');
	if (extracted || from->reading == SILT_TAR_READ_OTHER ||
	    collector->record->entries[index].whiteout != SILT_WHITEOUT_NONE) {
		return SILT_OK;
	}
	for (size_t i = 0; i < SILT_COUNT(refused_types); i++) {
		if (refused_types[i].type == from->header_type) {
			return silt_collect_anomaly(collector, SILT_ANOMALY_TAR_REFUSED, index, from->offset, err,
						    "an entry of type %c, %s: Docker, containerd and podman refuse the "
						    "layer, %s",
						    from->header_type, refused_types[i].what, refused_types[i].others);
		}
	}
	return note_unknown_type(collector, from, index, err);
}

/* ---- All of them --------------------------------------------------------------------------------------------------- */

static const struct {
	enum silt_anomaly_kind kind;
	/* NULL: it is not odd. */
	const char *(*text)(const struct header *header);
} oddities[] = {
	{SILT_ANOMALY_ESCAPE, climbing_name},           {SILT_ANOMALY_ESCAPE, climbing_hardlink},
	{SILT_ANOMALY_LINK_ESCAPE, climbing_symlink},   {SILT_ANOMALY_WHITEOUT_ODD, nameless_mark},
	{SILT_ANOMALY_WHITEOUT_ODD, unknown_mark},      {SILT_ANOMALY_WHITEOUT_ODD, overlay_device},
	{SILT_ANOMALY_WHITEOUT_ODD, overlay_attribute}, {SILT_ANOMALY_WHITEOUT_ODD, mark_of_odd_type},
};

static enum silt_status note_body_of_mark(struct silt_collector *collector, uint32_t index, struct silt_error *err)
{
	const struct silt_entry *entry = &collector->record->entries[index];
	if (entry->whiteout == SILT_WHITEOUT_NONE || entry->size == 0) {
		return SILT_OK;
	}
	return silt_collect_anomaly(collector, SILT_ANOMALY_WHITEOUT_BODY, index, silt_entry_offset(entry), err,
				    "a deletion mark with %llu bytes of content, which no runtime shows",
				    (unsigned long long)entry->size);
}

enum silt_status silt_collect_oddities(struct silt_collector *collector, const struct silt_tar_entry *from,
				       uint32_t index, struct silt_error *err)
{
	const struct silt_entry *entry = &collector->record->entries[index];
	const struct header header = {collector->record, entry, from};
	enum silt_status status = note_body_of_mark(collector, index, err);
	if (status == SILT_OK) {
		status = note_type(collector, from, index, err);
	}
	for (size_t i = 0; i < SILT_COUNT(oddities) && status == SILT_OK; i++) {
		const char *text = oddities[i].text(&header);
		if (text) {
			status = silt_collect_anomaly(collector, oddities[i].kind, index, silt_entry_offset(entry), err,
						      "%s", text);
		}
	}
	return status;
}

/* ---- Bombs --------------------------------------------------------------------------------------------------------- */

/* What packs so well holds nothing: it was made to fill the disk, or the time, of whoever unpacks it. */
enum silt_status silt_collect_ratio(struct silt_collector *collector, enum silt_anomaly_kind kind, uint32_t index,
				    const char *what, uint64_t in, uint64_t out, struct silt_error *err)
{
	const uint64_t ratio = collector->limits->value[SILT_LIMIT_RATIO];
	bool within = out / ratio < in || (out / ratio == in && out % ratio == 0);
	if (within || out <= collector->limits->value[SILT_LIMIT_RATIO_FREE]) {
		return SILT_OK;
	}
	uint64_t offset = index == UINT32_MAX ? 0 : silt_entry_offset(&collector->record->entries[index]);
	return silt_collect_anomaly(collector, kind, index, offset, err,
				    "%llu bytes of %s are %llu bytes when decompressed; expected at most %llu:1",
				    (unsigned long long)in, what, (unsigned long long)out, (unsigned long long)ratio);
}

enum silt_anomaly_kind silt_anomaly_of_note(enum silt_tar_note note)
{
	static const enum silt_anomaly_kind kinds[] = {
		[SILT_TAR_NOTE_WARNING] = SILT_ANOMALY_TAR_WARNING,
		[SILT_TAR_NOTE_DAMAGED] = SILT_ANOMALY_TAR_DAMAGED,
		[SILT_TAR_NOTE_TRUNCATED] = SILT_ANOMALY_TAR_TRUNCATED,
		[SILT_TAR_NOTE_TAIL] = SILT_ANOMALY_TAIL,
		[SILT_TAR_NOTE_FATAL] = SILT_ANOMALY_TAR_FATAL,
		[SILT_TAR_NOTE_PADDING] = SILT_ANOMALY_PADDING,
		[SILT_TAR_NOTE_LARGE_HEADER] = SILT_ANOMALY_LARGE_HEADER,
		[SILT_TAR_NOTE_DISPUTED] = SILT_ANOMALY_TAR_DISPUTED,
		[SILT_TAR_NOTE_LIMIT] = SILT_ANOMALY_ENTRY_LIMIT,
	};
	return kinds[note];
}
