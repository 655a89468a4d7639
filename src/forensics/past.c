/* Names as the final tree has them, and as one of fewer layers had them. */
#include "forensics/past.h"

#include "rootfs/rootfs.h"

/* ---- The final tree ------------------------------------------------------------------------------------------------ */

bool silt_place_of(const struct silt_image *image, struct silt_bytes path, bool follow, struct silt_buffer *out)
{
	silt_buffer_clear(out);
	return image->rootfs && silt_rootfs_path(image->rootfs, path, follow, out);
}

/* ---- Fewer layers -------------------------------------------------------------------------------------------------- */

enum silt_status silt_past_begin(const struct silt_image *image, size_t layers, struct silt_rootfs **out,
				 struct silt_error *err)
{
	size_t entries = 0;
	for (size_t i = 0; i < layers; i++) {
		entries += (size_t)image->layers[i].entry_count;
	}
	const enum silt_status status = silt_rootfs_new(NULL, out, err);
	return status == SILT_OK ? silt_rootfs_expect(*out, entries, err) : status;
}

enum silt_status silt_past_find(const struct silt_image *image, size_t first, size_t last, struct silt_bytes path,
				struct silt_entry_ref *out, struct silt_error *err)
{
	struct silt_rootfs *rootfs = NULL;
	struct silt_node node;
	*out = (struct silt_entry_ref){SIZE_MAX, SIZE_MAX};
	enum silt_status status = silt_past_begin(image, last + 1, &rootfs, err);
	for (size_t i = 0; i <= last && status == SILT_OK; i++) {
		status = silt_rootfs_push(rootfs, image->layers[i].record, err);
		if (status == SILT_OK && i >= first && silt_rootfs_find(rootfs, path, false, &node) &&
		    node.meta.layer == i) {
			*out = (struct silt_entry_ref){i, node.meta.entry};
		}
	}
	silt_rootfs_free(rootfs);
	return status;
}
