/*
 * What the checks are given: facts only. Nothing here opens an archive.
 */
#ifndef SILT_AUDIT_CONTEXT_H
#define SILT_AUDIT_CONTEXT_H

#include "bundle/images.h"
#include "layer/record.h"
#include "rootfs/rootfs.h"

/* One image to be judged. All borrowed. */
struct silt_audited_image {
	const struct silt_declared_image *declared; /* NULL: a bare rootfs, which has one layer and no config */
	const struct silt_rootfs *rootfs;
	const struct silt_record *const *layers; /* per layer; NULL element: the layer is not in the bundle */
	const char *const *instructions;         /* per layer: what built it, escaped; "" if unknown */
	size_t layer_count;
	const struct silt_record *config; /* hits in the config document; NULL if there is none */
};

struct silt_context {
	const struct silt_inventory *inventory;
	const struct silt_images *images_declared;
	const struct silt_record *const *records; /* by silt_member.record */
	size_t record_count;
	/*
	 * The bundle itself as a layer: its entries are the members, in the order of the inventory; its hits are those
	 * in members that are no tar and no document, and in the bytes between members. In a bare rootfs it is the one
	 * layer of the one image.
	 */
	const struct silt_record *outer;
	const struct silt_audited_image *images;
	size_t image_count;
	struct silt_arena *arena;           /* text of findings goes here */
	const struct silt_matcher *matcher; /* of the rules of this audit; NULL: of those that silt ships */
	bool keep_secrets;                  /* findings shall hold the values of secrets */
	int64_t now; /* seconds since 1970: what a secret's own expiry is compared with; 0: it is not */
};

#endif
