/* Names of entries, and what the final tree makes of them. */
#include "sbom/where.h"

#include "base/path.h"
#include "rootfs/rootfs.h"

void silt_sbom_where_done(struct silt_sbom_where *where)
{
	silt_buffer_done(&where->folder);
	silt_buffer_done(&where->moved);
	silt_buffer_done(&where->raw_room);
	silt_buffer_done(&where->home_room);
}

static bool is_folder(const struct silt_image *image, struct silt_bytes path)
{
	struct silt_tree_node node;
	struct silt_entry_view view;
	return silt_tree_find(image, path, false, &node) &&
	       (!silt_image_entry(image, node.content.layer, node.content.index, &view) ||
		view.type == SILT_ENTRY_DIRECTORY);
}

/* Where the final tree has a folder, in place of what `out` had. False: it has none of that name. */
static bool find_folder(const struct silt_image *image, struct silt_bytes folder, struct silt_buffer *out)
{
	silt_buffer_clear(out);
	return image->rootfs && silt_rootfs_path(image->rootfs, folder, true, out) &&
	       is_folder(image, silt_buffer_bytes(out));
}

static void enter(struct silt_sbom_where *where, const struct silt_image *image, struct silt_bytes folder)
{
	if (where->known && silt_bytes_equal(silt_buffer_bytes(&where->folder), folder)) {
		return;
	}
	silt_buffer_clear(&where->folder);
	silt_buffer_add(&where->folder, folder);
	if (!find_folder(image, folder, &where->moved)) {
		silt_buffer_clear(&where->moved);
		silt_buffer_add(&where->moved, folder);
	}
	where->known = true;
}

bool silt_sbom_where_is(struct silt_sbom_where *where, const struct silt_image *image,
			const struct silt_entry_view *view)
{
	enter(where, image, view->folder);
	where->raw = silt_path_join(&where->raw_room, view->folder, view->name);
	where->home = silt_path_join(&where->home_room, silt_buffer_bytes(&where->moved), view->name);
	if (where->folder.failed || where->moved.failed || where->raw_room.failed || where->home_room.failed) {
		return false;
	}
	where->path = where->home;
	where->place = silt_sbom_place_at(where->path);
	if (!where->place) {
		where->path = where->raw;
		where->place = silt_sbom_place_at(where->path);
	}
	return true;
}
