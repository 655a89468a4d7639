/* Links to folders with metadata, found and sorted by where they lead. */
#include "sbom/links.h"

#include "base/path.h"
#include "content/package.h"
#include "rootfs/rootfs.h"
#include "sbom/metadata.h"

#include <stdlib.h>

void silt_sbom_links_done(struct silt_sbom_links *links)
{
	free(links->items);
	silt_arena_done(&links->arena);
}

static bool is_folder(const struct silt_image *image, struct silt_bytes path)
{
	struct silt_tree_node node;
	struct silt_entry_view view;
	return silt_tree_find(image, path, false, &node) &&
	       (!silt_image_entry(image, node.content.layer, node.content.index, &view) ||
		view.type == SILT_ENTRY_DIRECTORY);
}

bool silt_sbom_find_folder(const struct silt_image *image, struct silt_bytes folder, struct silt_buffer *out)
{
	silt_buffer_clear(out);
	return image->rootfs && silt_rootfs_path(image->rootfs, folder, true, out) && !out->failed &&
	       is_folder(image, silt_buffer_bytes(out));
}

/* ---- Finding ------------------------------------------------------------------------------------------------------- */

/* What is under way, and room for paths. */
struct search {
	struct silt_sbom_links *links;
	const struct silt_image *image;
	struct silt_buffer raw, name, target, room; /* own */
};

static enum silt_status add(struct search *search, struct silt_bytes name, unsigned holds, struct silt_error *err)
{
	struct silt_sbom_links *links = search->links;
	links->bytes += name.len + search->target.len;
	if (links->count >= SILT_SBOM_LINKS_MAX || links->bytes > SILT_SBOM_LINK_BYTES_MAX) {
		links->full = true;
		return SILT_OK;
	}
	const struct silt_sbom_link link = {
		.folder = silt_arena_copy(&links->arena, silt_buffer_bytes(&search->target)),
		.name = silt_arena_copy(&links->arena, name),
		.holds = holds};
	if (!link.folder.ptr || !link.name.ptr ||
	    !silt_grow((void **)&links->items, links->count, &links->capacity, sizeof(*links->items))) {
		return silt_fail_memory(err);
	}
	links->items[links->count++] = link;
	return SILT_OK;
}

/* Folders of databases are few, and may be behind any number of links. */
static enum silt_status add_databases(struct search *search, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	struct silt_bytes folder;
	for (size_t i = 0; status == SILT_OK && silt_package_db_folder(i, &folder); i++) {
		if (silt_sbom_find_folder(search->image, folder, &search->target) &&
		    !silt_bytes_equal(silt_buffer_bytes(&search->target), folder)) {
			status = add(search, folder, 0, err);
		}
		if (search->target.failed) {
			return silt_fail_memory(err);
		}
	}
	return status;
}

/* The link itself is where the final tree has it: it may have come by a name that goes through others. */
static enum silt_status look_at(struct search *search, const struct silt_entry_view *view, struct silt_error *err)
{
	const struct silt_bytes raw = silt_path_join(&search->raw, view->folder, view->name);
	silt_buffer_clear(&search->name);
	if (!silt_rootfs_path(search->image->rootfs, raw, false, &search->name)) {
		return search->raw.failed || search->name.failed ? silt_fail_memory(err) : SILT_OK;
	}
	const struct silt_bytes name = silt_buffer_bytes(&search->name);
	const unsigned holds = silt_sbom_folder_holds(name, &search->room);
	const bool found = holds && silt_sbom_find_folder(search->image, name, &search->target);
	if (search->raw.failed || search->name.failed || search->room.failed || search->target.failed) {
		return silt_fail_memory(err);
	}
	return found ? add(search, name, holds, err) : SILT_OK;
}

static enum silt_status search_all(struct search *search, struct silt_error *err)
{
	enum silt_status status = add_databases(search, err);
	for (size_t layer = 0; layer < search->image->layer_count && status == SILT_OK; layer++) {
		struct silt_entry_view view;
		for (size_t i = 0;
		     status == SILT_OK && !search->links->full && silt_image_entry(search->image, layer, i, &view);
		     i++) {
			if (view.type == SILT_ENTRY_SYMLINK && view.fate == SILT_FATE_VISIBLE && !view.whiteout) {
				status = look_at(search, &view, err);
			}
		}
	}
	return status;
}

/* ---- Order --------------------------------------------------------------------------------------------------------- */

static int compare(const void *left, const void *right)
{
	const struct silt_sbom_link *a = left, *b = right;
	const int order = silt_bytes_compare(a->folder, b->folder);
	return order ? order : silt_bytes_compare(a->name, b->name);
}

/* However many lead to one folder: those that say nothing new of it are dropped. */
static void settle(struct silt_sbom_links *links)
{
	size_t count = 0;
	unsigned known = 0;
	if (links->count > 0) {
		qsort(links->items, links->count, sizeof(*links->items), compare);
	}
	for (size_t i = 0; i < links->count; i++) {
		const struct silt_sbom_link *link = &links->items[i];
		const struct silt_sbom_link *before = count > 0 ? &links->items[count - 1] : NULL;
		known = before && silt_bytes_equal(before->folder, link->folder) ? known : 0;
		const bool is_same = before && compare(before, link) == 0;
		if (!is_same && (link->holds == 0 || (link->holds & ~known) != 0)) {
			known |= link->holds;
			links->items[count++] = *link;
		}
	}
	links->count = count;
}

enum silt_status silt_sbom_links_find(struct silt_sbom_links *links, const struct silt_image *image,
				      struct silt_error *err)
{
	struct search search = {.links = links, .image = image};
	const enum silt_status status = image->rootfs ? search_all(&search, err) : SILT_OK;
	silt_buffer_done(&search.raw);
	silt_buffer_done(&search.name);
	silt_buffer_done(&search.target);
	silt_buffer_done(&search.room);
	settle(links);
	return status;
}

const struct silt_sbom_link *silt_sbom_links_to(const struct silt_sbom_links *links, struct silt_bytes folder,
						size_t *count)
{
	size_t low = 0, high = links->count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (silt_bytes_compare(links->items[middle].folder, folder) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	*count = 0;
	while (low + *count < links->count && silt_bytes_equal(links->items[low + *count].folder, folder)) {
		++*count;
	}
	return *count > 0 ? &links->items[low] : NULL;
}
