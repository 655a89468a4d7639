/* Entries of all layers, numbered through. */
#include "rootfs/tree.h"

struct silt_place silt_place_of_number(const struct silt_rootfs *rootfs, uint32_t number)
{
	if (number == SILT_NO_NUMBER) {
		return SILT_NO_PLACE;
	}
	uint32_t layer = silt_layer_of_number(rootfs, number);
	return (struct silt_place){layer, number - rootfs->layers[layer].first};
}

const struct silt_entry *silt_entry_of_number(const struct silt_rootfs *rootfs, uint32_t number)
{
	const struct silt_stacked *layer = &rootfs->layers[silt_layer_of_number(rootfs, number)];
	return &layer->record->entries[number - layer->first];
}

struct silt_place silt_rootfs_linked(const struct silt_rootfs *rootfs, struct silt_place link)
{
	const struct silt_stacked *layer = &rootfs->layers[link.layer];
	return silt_place_of_number(rootfs, layer->targets ? layer->targets[link.entry] - 1 : SILT_NO_NUMBER);
}
