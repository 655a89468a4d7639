/*
 * The layers of an image one above the other: names, what they stand for, and what is stored in the bundle beside them.
 *
 * For results of silt_audit; one that was read from a report has no entries.
 */
#ifndef SILT_TREE_H
#define SILT_TREE_H

#include "silt/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/* An entry of an image: of layer `layer`, lowest 0, entry `index` in the order of the archive. */
struct silt_entry_ref {
	size_t layer; /* SIZE_MAX: none */
	size_t index;
};

/*
 * A name of the final tree: the entry that gives mode and owner, and the entry whose body, link target or device it shows.
 * They differ for hardlinks only; the type of `content` tells what such a name is.
 */
struct silt_tree_node {
	struct silt_entry_ref meta;    /* none: a directory that no layer has an entry for */
	struct silt_entry_ref content; /* none: a hardlink without a target, or no entry */
};

/*
 * Looks a path up in the final tree; `path` needs no cleaning. Symlinks in parents are followed, the last component only
 * if `follow`, all of them inside of the image. False: no such name, or a loop.
 */
SILT_API bool silt_tree_find(const struct silt_image *image, struct silt_bytes path, bool follow,
			     struct silt_tree_node *node);

/*
 * Every name of the final tree, from the root (path "") on, parents before children, siblings in byte order. `path` is
 * cleaned as that of an entry is, and valid during the call. Stops at and returns what `visit` returns if it is not SILT_OK.
 */
typedef enum silt_status silt_tree_visit_fn(void *ctx, struct silt_bytes path, const struct silt_tree_node *node,
					    struct silt_error *err);
SILT_API enum silt_status silt_tree_walk(const struct silt_image *image, silt_tree_visit_fn *visit, void *ctx,
					 struct silt_error *err);

/* The entry whose body a hardlink entry was linked to; none: it leads nowhere, or is of another type. */
SILT_API struct silt_entry_ref silt_tree_linked(const struct silt_image *image, struct silt_entry_ref link);

/* What a file of the bundle is, by its bytes. */
enum silt_stored_kind {
	SILT_STORED_BUNDLE,   /* number 0: the tar of the bundle itself, or its folder; of a bare rootfs the layer */
	SILT_STORED_TAR,      /* a layer, or what could be one */
	SILT_STORED_DOCUMENT, /* JSON */
	SILT_STORED_OTHER,
};

/* "bundle", "tar", "document", "other". */
SILT_API const char *silt_stored_kind_name(enum silt_stored_kind kind);

/* Room for a digest as text: "sha256:", 64 digits, a NUL. */
#define SILT_DIGEST_CHARS 72

/* A file of the bundle as it is stored. */
struct silt_stored {
	enum silt_stored_kind kind;
	struct silt_bytes name;          /* of the member, raw and clean; empty for the bundle */
	const char *compression;         /* "none", "gzip", ... */
	uint64_t bytes;                  /* as stored; BUNDLE: 0 unless it is a bare rootfs */
	uint64_t unpacked;               /* TAR: of the tar in them; BUNDLE: as above */
	size_t entry_count;              /* TAR, BUNDLE: entries of the tar */
	bool referenced;                 /* an image has it, or it declares one */
	char digest[SILT_DIGEST_CHARS];  /* of the bytes as stored; "" if nobody computed it */
	char diff_id[SILT_DIGEST_CHARS]; /* TAR: of what is packed in them; "" else */
};

/* Files of the bundle that are no links: number 0 is the bundle itself, the others come as they lie in it. */
SILT_API size_t silt_stored_count(const struct silt_result *result);
SILT_API bool silt_stored_get(const struct silt_result *result, size_t number, struct silt_stored *out);

/*
 * Entry `index` of the tar in file `number`, whether an image has it or not. Its fate is that in the first image that has
 * it, else unreferenced; of the bundle itself, unless it is a bare rootfs, it is unreferenced and says nothing.
 */
SILT_API bool silt_stored_entry(const struct silt_result *result, size_t number, size_t index,
				struct silt_entry_view *view);

/* The first image that has file `number` as a layer, and which; false: none has. */
SILT_API bool silt_stored_layer(const struct silt_result *result, size_t number, size_t *image, size_t *layer);

/*
 * True if file `number` is a layer of an image of the bundle that is not in the result, as `image` or `platform` of
 * silt_options chose others; and of no image that is.
 */
SILT_API bool silt_stored_is_elsewhere(const struct silt_result *result, size_t number);

/* The number of the file that the config of an image, its manifest, is; SIZE_MAX: there is none. */
SILT_API size_t silt_image_config_stored(const struct silt_result *result, size_t image);
SILT_API size_t silt_image_manifest_stored(const struct silt_result *result, size_t image);

/* A line of the history of an image, with its layer. Raw text of the config. */
struct silt_history_view {
	struct silt_bytes created, created_by, comment, author;
	size_t layer; /* SIZE_MAX: an empty layer, or not known */
};
SILT_API size_t silt_image_history_count(const struct silt_result *result, size_t image);
SILT_API bool silt_image_history(const struct silt_result *result, size_t image, size_t line,
				 struct silt_history_view *out);

#ifdef __cplusplus
}
#endif

#endif
