/* The rootfs as an object: made, asked, freed. */
#include "rootfs/rootfs.h"

#include "base/secure.h"
#include "rootfs/tree.h"

#include <assert.h>
#include <stdlib.h>

enum silt_status silt_rootfs_new(const struct silt_limits *limits, struct silt_rootfs **out, struct silt_error *err)
{
	enum silt_status status = silt_secure_init(err);
	if (status != SILT_OK) {
		return status;
	}
	struct silt_rootfs *rootfs = calloc(1, sizeof(*rootfs));
	if (!rootfs) {
		return silt_fail_memory(err);
	}
	rootfs->limits = silt_limits_or_default(limits);
	rootfs->free_name = SILT_NO_NAME;
	rootfs->cache.name = SILT_NO_NAME;
	if (silt_name_new(rootfs, SILT_NO_NAME, silt_bytes(NULL, 0), SILT_NO_ENTRY) == SILT_NO_NAME) {
		silt_rootfs_free(rootfs);
		return silt_fail_memory(err);
	}
	rootfs->names[SILT_ROOT_NAME].type = SILT_ENTRY_DIRECTORY;
	*out = rootfs;
	return SILT_OK;
}

void silt_rootfs_free(struct silt_rootfs *rootfs)
{
	if (!rootfs) {
		return;
	}
	for (size_t i = 0; i < rootfs->layer_count; i++) {
		free(rootfs->layers[i].fates);
		free(rootfs->layers[i].notes);
		free(rootfs->layers[i].targets);
	}
	free(rootfs->layers);
	free(rootfs->names);
	free(rootfs->apart);
	free(rootfs->slots);
	free(rootfs->notes);
	free(rootfs->changes);
	free(rootfs->change_of);
	free(rootfs->losses);
	free(rootfs->lost_names);
	free(rootfs->pending);
	free(rootfs->chain);
	free(rootfs->late);
	free(rootfs->frames);
	free(rootfs->remade);
	free(rootfs->missing);
	free(rootfs);
}

const struct silt_layer_effect *silt_rootfs_effect(const struct silt_rootfs *rootfs, size_t layer)
{
	assert(layer < rootfs->layer_count);
	return &rootfs->layers[layer].effect;
}

const struct silt_rootfs_note *silt_rootfs_notes(const struct silt_rootfs *rootfs, size_t *count)
{
	*count = rootfs->note_count;
	return rootfs->notes;
}
