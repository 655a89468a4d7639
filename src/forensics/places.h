/* Inside the forensics floor: where the tree has, or had, what the entries of layers are about. */
#ifndef SILT_FORENSICS_PLACES_H
#define SILT_FORENSICS_PLACES_H

#include "base/buffer.h"
#include "silt/tree.h"

/*
 * Layers may write through links that they, or others, have in the place of folders: with `lib` linked to `usr/lib` an entry
 * `lib/key` is in the tree as `usr/lib/key`. Who asks for either of the two means it.
 */
struct silt_places {
	const struct silt_image *image; /* borrows */
	uint64_t steps;                 /* components of link targets that may still be walked, of all that is asked */
	size_t layer;                   /* whose entries are asked about; SIZE_MAX: paths of the final tree are */
	struct silt_rootfs *so_far; /* owns; the layers up to that one, if a link was there that is no more; or NULL */
	size_t stacked;             /* how many those are */
	bool looked, changed;       /* whether there is such a link, and whether anybody looked */
	struct silt_buffer folder;  /* owns; that was asked for last: entries of one folder lie side by side */
	struct silt_buffer place;   /* owns; where that is */
	struct silt_buffer path;    /* owns */
	bool leads;                 /* and that is elsewhere */
};

void silt_places_begin(struct silt_places *places, const struct silt_image *image);
void silt_places_done(struct silt_places *places);

/* Entries of this layer are asked about from here on: layers best come in their order. */
enum silt_status silt_places_of_layer(struct silt_places *places, size_t layer, struct silt_error *err);

/*
 * Where the tree has `name` (empty: the folder itself) of `folder`, both clean, if links in the folder lead to another path
 * than that: of an entry the tree of its layer and those below, or else the final one. Of a folder that is gone: where they
 * lead as far as there are any. The path is valid until the next call. False: it is where it is called, or nobody knows (a
 * loop, too many links), or memory ran out: silt_places_failed.
 */
bool silt_places_lead(struct silt_places *places, struct silt_bytes folder, struct silt_bytes name,
		      struct silt_bytes *path);
bool silt_places_failed(const struct silt_places *places);

#endif
