/* Two readings of one entry. */
#include "stream/tar_compare.h"

#include "base/escape.h"

#include <stdio.h>

enum { NAME_SHOWN = 96, PART_LEN = 200 };

/* ---- What differs ---------------------------------------------------------------------------------------------------- */

/* The next component that is not empty and not "."; empty at the end. */
static struct silt_bytes next_component(struct silt_bytes *path)
{
	struct silt_bytes component;
	while (silt_bytes_cut(path, '/', &component)) {
		if (component.len > 0 && !silt_bytes_equal(component, SILT_LITERAL("."))) {
			return component;
		}
	}
	return silt_bytes(NULL, 0);
}

static bool same_path(struct silt_bytes a, struct silt_bytes b)
{
	bool same = silt_bytes_equal(a, b);
	while (!same && (a.len > 0 || b.len > 0)) {
		if (!silt_bytes_equal(next_component(&a), next_component(&b))) {
			return false;
		}
	}
	return true;
}

/*
 * libarchive has no type for a hardlink without a target. What GNU tar writes about folders and continued files of its
 * dumps each reader takes for something else.
 */
static bool same_type(const struct silt_tar_walk *walk, const struct silt_tar_entry *other)
{
	const struct silt_tar_entry *go = &walk->entry;
	bool of_dump = walk->type == 'D' || walk->type == 'M';
	return go->type == other->type || of_dump ||
	       (go->type == SILT_ENTRY_HARDLINK && go->link.len == 0 && other->link.len == 0);
}

static bool has_size(const struct silt_tar_entry *go)
{
	return go->type == SILT_ENTRY_FILE || go->type == SILT_ENTRY_OTHER;
}

/* libarchive lists one that is written in two spellings twice. */
static bool same_capability(const struct silt_tar_entry *go, const struct silt_tar_entry *other)
{
	struct silt_bytes wanted = silt_tar_capability(go);
	bool same = true, found = false;
	for (size_t i = 0; same && i < other->xattr_count; i++) {
		if (silt_tar_is_capability(other->xattrs[i].name)) {
			same = silt_bytes_equal(wanted, other->xattrs[i].value);
			found = true;
		}
	}
	return same && (found || wanted.len == 0);
}

enum silt_tar_difference silt_tar_compare(const struct silt_tar_walk *walk, const struct silt_tar_entry_slot *slot)
{
	const struct silt_tar_entry *go = &walk->entry, *other = &slot->entry;
	if (!same_path(go->path, other->path)) {
		return SILT_TAR_OTHER_PATH;
	}
	if (!same_type(walk, other)) {
		return SILT_TAR_OTHER_TYPE;
	}
	if (!silt_bytes_equal(go->link, other->link)) {
		return SILT_TAR_OTHER_LINK;
	}
	if (has_size(go) && go->size != other->size) {
		return SILT_TAR_OTHER_SIZE;
	}
	if (go->mode != other->mode) {
		return SILT_TAR_OTHER_MODE;
	}
	if (go->uid != other->uid || go->gid != other->gid) {
		return SILT_TAR_OTHER_OWNER;
	}
	bool device = go->type == SILT_ENTRY_CHAR_DEVICE || go->type == SILT_ENTRY_BLOCK_DEVICE;
	if (device && (go->dev_major != other->dev_major || go->dev_minor != other->dev_minor)) {
		return SILT_TAR_OTHER_DEVICE;
	}
	if (!same_capability(go, other)) {
		return SILT_TAR_OTHER_CAPABILITY;
	}
	return has_size(go) && !silt_tar_entry_has_map(slot, &walk->map) ? SILT_TAR_OTHER_LAYOUT : SILT_TAR_SAME;
}

/* ---- In words -------------------------------------------------------------------------------------------------------- */

/* A name in quotes, escaped and cut. */
static const char *quote(struct silt_bytes name, char text[static NAME_SHOWN])
{
	return silt_escape_text(name, text, NAME_SHOWN);
}

static void describe(const struct silt_tar_entry *entry, char text[static PART_LEN])
{
	char name[NAME_SHOWN];
	snprintf(text, PART_LEN, "\"%s\" (%s, mode %04o, %llu bytes)", quote(entry->path, name),
		 silt_entry_type_name(entry->type), entry->mode, (unsigned long long)entry->size);
}

/* What differs, as one of the two has it. */
static void describe_part(const struct silt_tar_entry *entry, enum silt_tar_difference difference,
			  char text[static PART_LEN])
{
	char name[NAME_SHOWN];
	switch (difference) {
	case SILT_TAR_SAME:
	case SILT_TAR_OTHER_PATH:
		describe(entry, text);
		break;
	case SILT_TAR_OTHER_TYPE:
		snprintf(text, PART_LEN, "as %s", silt_entry_type_name(entry->type));
		break;
	case SILT_TAR_OTHER_LINK:
		snprintf(text, PART_LEN, "as a link to \"%s\"", quote(entry->link, name));
		break;
	case SILT_TAR_OTHER_SIZE:
		snprintf(text, PART_LEN, "with %llu bytes", (unsigned long long)entry->size);
		break;
	case SILT_TAR_OTHER_MODE:
		snprintf(text, PART_LEN, "with mode %04o", entry->mode);
		break;
	case SILT_TAR_OTHER_OWNER:
		snprintf(text, PART_LEN, "with owner %lld:%lld", (long long)entry->uid, (long long)entry->gid);
		break;
	case SILT_TAR_OTHER_DEVICE:
		snprintf(text, PART_LEN, "as device %u:%u", entry->dev_major, entry->dev_minor);
		break;
	case SILT_TAR_OTHER_CAPABILITY:
		snprintf(text, PART_LEN, "with %zu bytes of capabilities", silt_tar_capability(entry).len);
		break;
	case SILT_TAR_OTHER_LAYOUT:
		snprintf(text, PART_LEN, "%s holes in it%s", entry->sparse ? "with" : "without",
			 entry->sparse ? " at other places" : "");
		break;
	case SILT_TAR_OTHER_BODY:
		snprintf(text, PART_LEN, "with a body that begins at %s byte",
			 entry->reading == SILT_TAR_READ_OTHER ? "a later" : "this");
		break;
	}
}

void silt_tar_tell_both(enum silt_tar_difference difference, const struct silt_tar_entry *go,
			const struct silt_tar_entry *other, char text[static SILT_TAR_SENTENCE])
{
	char name[NAME_SHOWN], first[PART_LEN], second[PART_LEN];
	describe_part(go, difference, first);
	describe_part(other, difference, second);
	if (difference == SILT_TAR_OTHER_PATH) {
		snprintf(text, SILT_TAR_SENTENCE, "docker reads %s; libarchive reads %s in its place", first, second);
	} else {
		snprintf(text, SILT_TAR_SENTENCE, "docker reads \"%s\" %s; libarchive reads it %s",
			 quote(go->path, name), first, second);
	}
}

void silt_tar_tell_one(const struct silt_tar_entry *entry, char text[static SILT_TAR_SENTENCE])
{
	char what[PART_LEN];
	bool other = entry->reading == SILT_TAR_READ_OTHER;
	describe(entry, what);
	snprintf(text, SILT_TAR_SENTENCE, "%s reads %s here; %s reads no entry here", other ? "libarchive" : "docker",
		 what, other ? "docker" : "libarchive");
}
