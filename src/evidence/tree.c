/* The merged filesystem of an image, for whoever has a result. */
#include "silt/tree.h"

#include "base/attributes.h"
#include "rootfs/rootfs.h"

static struct silt_entry_ref ref_of(struct silt_place place)
{
	return silt_place_none(place) ? (struct silt_entry_ref){SIZE_MAX, SIZE_MAX}
				      : (struct silt_entry_ref){place.layer, place.entry};
}

static struct silt_tree_node node_of(const struct silt_node *node)
{
	return (struct silt_tree_node){.meta = ref_of(node->meta), .content = ref_of(node->content)};
}

bool silt_tree_find(const struct silt_image *image, struct silt_bytes path, bool follow, struct silt_tree_node *out)
{
	struct silt_node node;
	if (!image->rootfs || !silt_rootfs_find(image->rootfs, path, follow, &node)) {
		return false;
	}
	*out = node_of(&node);
	return true;
}

struct visit {
	silt_tree_visit_fn *visit;
	void *ctx;
};

static enum silt_status pass_name(void *ctx, struct silt_bytes path, const struct silt_node *node,
				  struct silt_error *err)
{
	const struct visit *visit = ctx;
	const struct silt_tree_node given = node_of(node);
	return visit->visit(visit->ctx, path, &given, err);
}

enum silt_status silt_tree_walk(const struct silt_image *image, silt_tree_visit_fn *visit, void *ctx,
				struct silt_error *err)
{
	struct visit given = {visit, ctx};
	return image->rootfs ? silt_rootfs_walk(image->rootfs, pass_name, &given, err) : SILT_OK;
}

struct silt_entry_ref silt_tree_linked(const struct silt_image *image, struct silt_entry_ref link)
{
	const bool is_there = image->rootfs && link.layer < image->layer_count && image->layers[link.layer].record &&
			      link.index < image->layers[link.layer].entry_count;
	const struct silt_place none = {UINT32_MAX, UINT32_MAX};
	return ref_of(is_there ? silt_rootfs_linked(image->rootfs,
						    (struct silt_place){(uint32_t)link.layer, (uint32_t)link.index})
			       : none);
}
