/*
 * What the checks are given: facts only. Nothing here opens an archive.
 */
#ifndef SILT_AUDIT_CONTEXT_H
#define SILT_AUDIT_CONTEXT_H

#include "base/pulse.h"
#include "bundle/images.h"
#include "layer/record.h"
#include "rootfs/rootfs.h"
#include "silt/audit.h"

/* The part of an image that is its base: always its lowest layers and its first lines of history. */
struct silt_base_part {
	bool known;           /* false: everything is of unknown heritage */
	bool guessed;         /* by the history alone */
	bool named;           /* by who scans; else it is what the image says of itself */
	bool blobs;           /* it has the same files of these layers, not only the same tars in them */
	size_t layers;        /* so many are of the base */
	size_t lines;         /* so many of the history made them, as the image has it */
	size_t vouched_lines; /* of these, so many are known to be in the history of the base as well */
};

/* One image to be judged. All borrowed. */
struct silt_audited_image {
	const struct silt_declared_image *declared; /* NULL: a bare rootfs, which has one layer and no config */
	const struct silt_rootfs *rootfs;
	const struct silt_record *const *layers; /* per layer; NULL element: it is not in the bundle, or left out */
	const char *const *instructions;         /* per layer: what built it, escaped; "" if unknown */
	size_t layer_count;
	size_t left_out; /* layers that are not looked at in this image, because they are in so many */
	struct silt_base_part base;
	const struct silt_limits *limits; /* NULL: the defaults */
	const struct silt_record *config; /* hits in the config document; NULL if there is none */
};

static inline uint64_t silt_image_limit(const struct silt_audited_image *image, enum silt_limit_id id)
{
	return silt_limits_or_default(image->limits)->value[id];
}

/* True if a layer is not in the bundle: what no layer has may be in that one. */
static inline bool silt_image_is_partial(const struct silt_audited_image *image)
{
	for (size_t i = 0; i < image->layer_count; i++) {
		if (!image->layers[i]) {
			return true;
		}
	}
	return false;
}

static inline enum silt_heritage silt_heritage_of_layer(const struct silt_audited_image *image, size_t layer)
{
	if (!image->base.known) {
		return SILT_HERITAGE_UNKNOWN;
	}
	return layer < image->base.layers ? SILT_HERITAGE_BASE : SILT_HERITAGE_OWN;
}

/* By the place of the line: what is written there may be of whoever built the image (base_part.h). */
static inline enum silt_heritage silt_heritage_of_line(const struct silt_audited_image *image, size_t line)
{
	if (!image->base.known) {
		return SILT_HERITAGE_UNKNOWN;
	}
	return line < image->base.lines ? SILT_HERITAGE_BASE : SILT_HERITAGE_OWN;
}

/* The listener of `options`, which may be NULL. */
static inline struct silt_pulse silt_pulse_of(const struct silt_options *options)
{
	return options ? (struct silt_pulse){options->pulse, options->pulse_ctx} : (struct silt_pulse){0};
}

struct silt_reached;

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
	const struct silt_limits *limits;
	struct silt_reached *reached;       /* gets the limits that are reached (reached.h) */
	struct silt_arena *arena;           /* text of findings goes here */
	const struct silt_options *options; /* NULL: the defaults */
	const struct silt_matcher *matcher; /* of the rules of this audit; NULL: of those that silt ships */
	const struct silt_matcher *masker;  /* what is cut out of texts: what `matcher` finds, and wanted values */
	bool keep_secrets;                  /* findings shall hold the values of secrets */
	int64_t now; /* seconds since 1970: what a secret's own expiry is compared with; 0: it is not */
};

#endif
