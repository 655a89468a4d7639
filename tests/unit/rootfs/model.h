/*
 * The rules of layers once more, as naively as can be: a list of paths, searched from end to end, in the order and the
 * words of the specification. It shares nothing with the rootfs but the records, so that what both say is right twice.
 */
#ifndef SILT_TESTS_ROOTFS_MODEL_H
#define SILT_TESTS_ROOTFS_MODEL_H

#include "rootfs/rootfs.h"

enum { MODEL_PATH_MAX = 512, MODEL_THINGS_MAX = 1024, MODEL_LAYERS_MAX = 4, MODEL_ENTRIES_MAX = 16 };

struct thing {
	char path[MODEL_PATH_MAX];
	struct silt_place meta, content;
	uint8_t type;
	bool fresh; /* of the layer under way */
};

struct things {
	struct thing list[MODEL_THINGS_MAX];
	unsigned count;
};

/* What a layer did to a path of lower layers, besides its marks: the first entry each, or UINT32_MAX. */
struct event {
	uint32_t overwritten, replaced, implied;
};

struct model_mark {
	char path[MODEL_PATH_MAX]; /* of what is deleted, or of the directory that is opaque */
	bool opaque;
	uint32_t entry;
};

struct model_loss {
	struct silt_place body;
	enum silt_fate fate;
	uint32_t entry;
};

struct model {
	const struct silt_record *records[MODEL_LAYERS_MAX];
	struct silt_fate_of fates[MODEL_LAYERS_MAX][MODEL_ENTRIES_MAX];
	struct silt_fate_of name_fates[MODEL_LAYERS_MAX][MODEL_ENTRIES_MAX];
	uint32_t layers;
	struct things view;

	/* Of the layer under way. */
	struct things before;
	struct event events[MODEL_THINGS_MAX]; /* of `before` */
	struct model_mark marks[MODEL_ENTRIES_MAX];
	unsigned mark_count;
	struct model_loss losses[MODEL_THINGS_MAX];
	unsigned loss_count;
	uint32_t pending[MODEL_ENTRIES_MAX];
	unsigned pending_count;
};

/* An empty model must be zeroed. The root is in no list, and entries for it are not modelled. */
void model_push(struct model *model, const struct silt_record *record);

/* The name at a path, or NULL. */
const struct thing *model_find(const struct model *model, struct silt_bytes path);

#endif
