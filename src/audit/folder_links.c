/* Links between folders. */
#include "audit/folder_links.h"

#include "audit/sighting.h"
#include "base/path.h"

static const struct silt_bytes folders[SILT_FOLDER_LINKS_MAX] = {
	SILT_LITERAL_INIT("bin"),       SILT_LITERAL_INIT("sbin"),    SILT_LITERAL_INIT("lib"),
	SILT_LITERAL_INIT("lib32"),     SILT_LITERAL_INIT("lib64"),   SILT_LITERAL_INIT("libx32"),
	SILT_LITERAL_INIT("usr/sbin"), /* Arch, and Fedora since 42: to usr/bin */
	SILT_LITERAL_INIT("usr/lib64"), SILT_LITERAL_INIT("var/run"),
};

/* The clean path that a link in `folder` with that text leads to. False if it is the root, or longer than any of these. */
static bool resolve(struct silt_bytes folder, struct silt_bytes text, struct silt_folder_link *out)
{
	uint8_t path[2 * SILT_FOLDER_TARGET_MAX];
	struct silt_bytes base = text.len > 0 && text.ptr[0] == '/' ? silt_bytes(NULL, 0) : folder;
	unsigned flags;
	if (text.len == 0 || text.len >= SILT_FOLDER_TARGET_MAX || base.len >= SILT_FOLDER_TARGET_MAX) {
		return false;
	}
	if (base.len > 0) {
		memcpy(path, base.ptr, base.len);
	}
	path[base.len] = '/';
	memcpy(path + base.len + 1, text.ptr, text.len);
	size_t len = silt_path_clean(silt_bytes(path, base.len + 1 + text.len), path, &flags);
	if (len == 0 || len > SILT_FOLDER_TARGET_MAX) {
		return false;
	}
	memcpy(out->target, path, len);
	out->target_len = len;
	return true;
}

void silt_folder_links_find(const struct silt_audited_image *image, struct silt_folder_links *out)
{
	out->count = 0;
	for (size_t i = 0; i < SILT_FOLDER_LINKS_MAX; i++) {
		struct silt_folder_link link = {.folder = folders[i]};
		struct silt_node node;
		if (!silt_rootfs_find(image->rootfs, folders[i], false, &node) || silt_place_none(node.content)) {
			continue;
		}
		const struct silt_entry *entry = silt_entry_at(image, node.content);
		const struct silt_record *record = image->layers[node.content.layer];
		if (entry->type == SILT_ENTRY_SYMLINK &&
		    resolve(silt_path_parent(folders[i]), silt_entry_link(record, entry), &link)) {
			out->items[out->count++] = link;
		}
	}
}

struct silt_bytes silt_folder_links_name(const struct silt_folder_links *links, size_t index, struct silt_bytes path,
					 uint8_t room[static SILT_PATH_MAX])
{
	const struct silt_folder_link *link = &links->items[index];
	struct silt_bytes target = silt_bytes(link->target, link->target_len);
	if (path.len <= target.len || !silt_bytes_start_with(path, target) || path.ptr[target.len] != '/') {
		return silt_bytes(NULL, 0);
	}
	struct silt_bytes rest = silt_bytes_slice(path, target.len, path.len);
	if (rest.len > SILT_PATH_MAX - link->folder.len) {
		return silt_bytes(NULL, 0);
	}
	memcpy(room, link->folder.ptr, link->folder.len);
	memcpy(room + link->folder.len, rest.ptr, rest.len);
	return silt_bytes(room, link->folder.len + rest.len);
}
