/*
 * The merged filesystem of an image: layer records stacked, every entry with its fate.
 *
 * Layers are pushed lowest first. Rules are OCI image-spec layer.md to the letter; where Docker or containerd would
 * make another tree, a note says so. The tree owns its nodes; records are borrowed and must outlive it. Time is linear
 * in the number of entries; nothing recurses on input depth.
 */
#ifndef SILT_ROOTFS_ROOTFS_H
#define SILT_ROOTFS_ROOTFS_H

#include "base/attributes.h"
#include "base/error.h"
#include "layer/record.h"

struct silt_buffer;
struct silt_rootfs;

/* One entry of one layer. */
struct silt_place {
	uint32_t layer; /* 0-based; UINT32_MAX: none */
	uint32_t entry;
};

static inline bool silt_place_none(struct silt_place place)
{
	return place.layer == UINT32_MAX;
}

/* `limits` (NULL: the defaults) must outlive it. */
enum silt_status silt_rootfs_new(const struct silt_limits *limits, struct silt_rootfs **out, struct silt_error *err);
void silt_rootfs_free(struct silt_rootfs *rootfs);

/*
 * Makes room for the names of so many entries of all layers to come: the table of names is then made once, and not again
 * and again as it grows. Takes no more than a tree of as many names does.
 */
enum silt_status silt_rootfs_expect(struct silt_rootfs *rootfs, size_t entries, struct silt_error *err);

/*
 * Stacks one more layer. NULL: a layer that is not in the bundle; it counts as a layer and changes nothing.
 * After a failure, which is one of memory, the rootfs can only be freed.
 */
enum silt_status silt_rootfs_push(struct silt_rootfs *rootfs, const struct silt_record *record, struct silt_error *err);

/* After the last layer: settles fates. No push afterwards. */
enum silt_status silt_rootfs_finish(struct silt_rootfs *rootfs, struct silt_error *err);

/*
 * What a layer did to the tree below it, in names that are no directories. What the layer itself hides again, and what
 * no runtime reads, is not counted.
 */
struct silt_layer_effect {
	uint64_t added;        /* names that lower layers had not, or had a directory at */
	uint64_t changed;      /* names that lower layers had, with an entry of this layer now */
	uint64_t deleted;      /* names of lower layers that are gone, or are directories now */
	uint64_t bytes_added;  /* of the files among the added and changed */
	uint64_t bytes_hidden; /* of files of lower layers that have no name since */
};

/* Of a layer that was pushed; all 0 for one that is not in the bundle. Valid until the next push. */
const struct silt_layer_effect *silt_rootfs_effect(const struct silt_rootfs *rootfs, size_t layer);

/*
 * What became of an entry.
 *
 * An entry with a body is visible as long as any name of the final tree shows that body: a hardlink keeps the content
 * of a first name that was deleted. An entry without a body (hardlink, symlink, directory, device) is visible as long
 * as its own name stands for it. Whiteouts are visible never: their fate is that of the mark itself (visible is given,
 * `is_mark` true). What only another reader of the tar than Docker's has is disputed, marks too.
 */
struct silt_fate_of {
	enum silt_fate fate;
	/* The entry (whiteout, opaque mark, newer entry) that hid it; none if it is visible or disputed. */
	struct silt_place cause;
	bool is_mark;
};

/* `place` is an entry of a layer that was pushed and is not absent. */
struct silt_fate_of silt_rootfs_fate(const struct silt_rootfs *rootfs, struct silt_place place);

/* The same of the name that the entry brought, whatever other names its body has. Of a finished tree. */
struct silt_fate_of silt_rootfs_name_fate(const struct silt_rootfs *rootfs, struct silt_place place);

/* The entry whose body a hardlink entry was linked to; none: it leads nowhere, or is of another type. */
struct silt_place silt_rootfs_linked(const struct silt_rootfs *rootfs, struct silt_place link);

/*
 * A name of the final tree: the entry that gives mode and owner, and the entry whose body, link target or device it
 * shows. They differ for hardlinks only; the type of `content` tells what such a name is.
 */
struct silt_node {
	struct silt_place meta;    /* the last one of this name; none: a directory that no layer has an entry for */
	struct silt_place content; /* none: a hardlink without a target, or no entry */
};

/*
 * Looks a path up in the final tree; `path` needs no cleaning. Symlinks in parents are followed, the last component
 * only if `follow`; absolute targets are relative to the image root, ".." is clamped, and only so many links.
 * False: no such name, or a loop.
 */
bool silt_rootfs_find(const struct silt_rootfs *rootfs, struct silt_bytes path, bool follow, struct silt_node *node);

/* The same, but for where it is in the tree: the path in place of what `out` had, without the links it goes through. */
bool silt_rootfs_path(const struct silt_rootfs *rootfs, struct silt_bytes path, bool follow, struct silt_buffer *out);

/*
 * Where a path would be, were there directories for all that is missing on its way: links are followed, the last one too, but
 * those of layers above `layer` are missing. The path in place of what `out` had; `*steps`: how many components of link
 * targets may be walked, less those that were. False: a loop, or too many.
 */
bool silt_rootfs_way(const struct silt_rootfs *rootfs, struct silt_bytes path, uint32_t layer, uint64_t *steps,
		     struct silt_buffer *out);

/*
 * Whether the last layer pushed took the directory at `path` away with all that was in it, and yet has one there, for which
 * it has no entry: before and after a name like that stands for nothing. `*why`: what became of the one before.
 */
bool silt_rootfs_remade(const struct silt_rootfs *rootfs, struct silt_bytes path, struct silt_fate_of *why);

/*
 * Every name of the final tree, from the root (path "") on, parents before children, siblings in byte order. `path` is
 * valid during the call. Stops at and returns what `visit` returns if it is not SILT_OK.
 */
typedef enum silt_status silt_rootfs_visit_fn(void *ctx, struct silt_bytes path, const struct silt_node *node,
					      struct silt_error *err);
enum silt_status silt_rootfs_walk(const struct silt_rootfs *rootfs, silt_rootfs_visit_fn *visit, void *ctx,
				  struct silt_error *err);

/*
 * The same from the name at `path` on, which is looked up as by silt_rootfs_find: with `deep` all that is below it, else
 * its children only. The paths given are those of the tree, whatever links `path` went through. `*found` false: there is
 * no such name.
 */
enum silt_status silt_rootfs_walk_below(const struct silt_rootfs *rootfs, struct silt_bytes path, bool follow,
					bool deep, silt_rootfs_visit_fn *visit, void *ctx, bool *found,
					struct silt_error *err);

/* Something about the stack that a person should know: where runtimes differ, links that lead nowhere. */
enum silt_rootfs_note_kind {
	SILT_ROOTFS_NOTE_BOTH,         /* a layer has both a name and its whiteout */
	SILT_ROOTFS_NOTE_LATE_OPAQUE,  /* an opaque mark after entries below it, in one layer */
	SILT_ROOTFS_NOTE_THROUGH_LINK, /* an entry or whiteout under a symlink of a lower layer */
	/* And it takes something away, or is gone itself: where layers are extracted alone that is there. */
	SILT_ROOTFS_NOTE_HIDES_THROUGH_LINK,
	SILT_ROOTFS_NOTE_DANGLING,    /* a hardlink whose target no layer has */
	SILT_ROOTFS_NOTE_LATE_TARGET, /* a hardlink before its target, in one layer */
	SILT_ROOTFS_NOTE_ROOT,        /* an entry in the place of the root that is no directory */
	SILT_ROOTFS_NOTE_LINK_LOOP,   /* a parent that cannot be resolved; an entry stands where its path says */
	SILT_ROOTFS_NOTE_NO_PARENT,   /* a parent that is not a directory was replaced by an implied one */
	SILT_ROOTFS_NOTE_MADE_AGAIN,  /* a directory of lower layers that the layer replaced, and made again */
	SILT_ROOTFS_NOTE_OPAQUE_ROOT, /* an opaque mark on the root, which overlayfs does not look at */
	SILT_ROOTFS_NOTE_UNDONE,      /* BOTH, of a directory of lower layers that is one still */
	/* Limits: what was not looked at. */
	SILT_ROOTFS_NOTE_LINK_STEPS, /* the links in a parent have longer targets; an entry stands where its path says */
	SILT_ROOTFS_NOTE_UNPLACED,   /* an entry needs one directory too many: it counts as visible, and has no name */
};

struct silt_rootfs_note {
	enum silt_rootfs_note_kind kind;
	struct silt_place place;
};

/* In the order of places; known after silt_rootfs_finish. */
const struct silt_rootfs_note *silt_rootfs_notes(const struct silt_rootfs *rootfs, size_t *count);

#endif
