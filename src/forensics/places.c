/* Where the tree has, or had, what the entries of layers are about. */
#include "forensics/places.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/path.h"
#include "forensics/past.h"
#include "rootfs/rootfs.h"

void silt_places_begin(struct silt_places *places, const struct silt_image *image)
{
	*places = (struct silt_places){.image = image, .steps = SILT_LINK_STEPS_BASE, .layer = SIZE_MAX};
	for (size_t i = 0; i < image->layer_count; i++) {
		places->steps += SILT_LINK_STEPS_PER_ENTRY * (uint64_t)image->layers[i].entry_count;
	}
}

void silt_places_done(struct silt_places *places)
{
	silt_rootfs_free(places->so_far);
	silt_buffer_done(&places->folder);
	silt_buffer_done(&places->place);
	silt_buffer_done(&places->path);
}

/* ---- Layers ---------------------------------------------------------------------------------------------------------- */

/* An entry that made its name a link, and a later one took that away. */
static bool is_former_link(const struct silt_image *image, struct silt_entry_ref at)
{
	struct silt_entry_view view, to;
	if (!silt_image_entry(image, at.layer, at.index, &view) || view.fate == SILT_FATE_VISIBLE ||
	    view.fate == SILT_FATE_DISPUTED) {
		return false;
	}
	const struct silt_entry_ref linked = silt_tree_linked(image, at);
	return view.type == SILT_ENTRY_SYMLINK ||
	       (silt_image_entry(image, linked.layer, linked.index, &to) && to.type == SILT_ENTRY_SYMLINK);
}

/* Without one the final tree has every link that there ever was. */
static bool has_former_link(const struct silt_image *image)
{
	for (size_t layer = 0; layer < image->layer_count; layer++) {
		const struct silt_record *record = image->layers[layer].record;
		for (size_t i = 0; record && i < record->entry_count; i++) {
			const uint8_t type = record->entries[i].type;
			if ((type == SILT_ENTRY_SYMLINK || type == SILT_ENTRY_HARDLINK) &&
			    is_former_link(image, (struct silt_entry_ref){layer, i})) {
				return true;
			}
		}
	}
	return false;
}

static enum silt_status stack_up_to(struct silt_places *places, size_t layer, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	if (!places->so_far || places->stacked > layer + 1) {
		silt_rootfs_free(places->so_far);
		places->so_far = NULL;
		places->stacked = 0;
		status = silt_past_begin(places->image, layer + 1, &places->so_far, err);
	}
	for (; places->stacked <= layer && status == SILT_OK; places->stacked++) {
		status = silt_rootfs_push(places->so_far, places->image->layers[places->stacked].record, err);
	}
	return status;
}

enum silt_status silt_places_of_layer(struct silt_places *places, size_t layer, struct silt_error *err)
{
	if (places->layer == layer) {
		return SILT_OK;
	}
	places->layer = layer;
	silt_buffer_clear(&places->folder);
	places->leads = false;
	if (!places->looked) {
		places->looked = true;
		places->changed = has_former_link(places->image);
	}
	return places->changed ? stack_up_to(places, layer, err) : SILT_OK;
}

/* ---- Folders --------------------------------------------------------------------------------------------------------- */

static void look_up(struct silt_places *places, struct silt_bytes folder)
{
	const bool is_final = places->layer == SIZE_MAX;
	const struct silt_rootfs *tree = is_final || !places->changed ? places->image->rootfs : places->so_far;
	silt_buffer_clear(&places->folder);
	silt_buffer_add(&places->folder, folder);
	places->leads = tree &&
			silt_rootfs_way(tree, folder, is_final ? UINT32_MAX : (uint32_t)places->layer, &places->steps,
					&places->place) &&
			!silt_bytes_equal(silt_buffer_bytes(&places->place), folder);
}

bool silt_places_lead(struct silt_places *places, struct silt_bytes folder, struct silt_bytes name,
		      struct silt_bytes *path)
{
	if (!silt_bytes_equal(silt_buffer_bytes(&places->folder), folder)) {
		look_up(places, folder);
	}
	if (places->leads) {
		*path = silt_path_join(&places->path, silt_buffer_bytes(&places->place), name);
	}
	return places->leads && !silt_places_failed(places);
}

bool silt_places_failed(const struct silt_places *places)
{
	return places->folder.failed || places->place.failed || places->path.failed;
}
