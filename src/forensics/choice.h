/* Inside the forensics floor: which names a listing is about. */
#ifndef SILT_FORENSICS_CHOICE_H
#define SILT_FORENSICS_CHOICE_H

#include "forensics/listed.h"
#include "forensics/places.h"
#include "silt/listing.h"

struct silt_choice {
	/* Own: */
	struct silt_buffer root;    /* the path that was asked for, clean. Of a pattern: the root of the tree */
	struct silt_buffer pattern; /* as it was asked for, clean; empty: a path was */
	struct silt_buffer place;   /* where one of these is in the final tree, or was, links resolved; else the same */
	struct silt_places places;  /* of the entries that are asked about */

	bool glob;
	bool leads;     /* links in the folders of the pattern do */
	bool follow;    /* the last component is a link to be followed */
	bool is_folder; /* a directory of the final tree */
	bool met;       /* an entry was there; the root always is */
};

/*
 * What `options` ask for. SILT_ERR_USAGE with one sentence: the final tree is asked, and has no such path. Borrows
 * `options`.
 */
enum silt_status silt_choice_make(const struct silt_list_options *options, const struct silt_result *result,
				  const struct silt_image *image, struct silt_choice *choice, struct silt_error *err);
void silt_choice_done(struct silt_choice *choice);

/* The path alone, as one that the final tree does not have. SILT_ERR_MEMORY. */
enum silt_status silt_choice_of_path(struct silt_bytes path, const struct silt_image *image, struct silt_choice *choice,
				     struct silt_error *err);

/* Whether a clean path is what was asked for, or below it. */
bool silt_choice_takes_path(const struct silt_choice *choice, struct silt_bytes path);

/* Whether an entry is: by what it is called, or by where links in its folder led when its layer came. */
enum silt_status silt_choice_takes_entry(struct silt_choice *choice, const struct silt_listed *listed, bool *takes,
					 struct silt_error *err);

/* Whether the type and the bits of a name are those that were asked for. */
bool silt_choice_takes_kind(const struct silt_list_options *options, const struct silt_listed *listed);

/* There is no such path: says so, and whether there once was. Returns SILT_ERR_USAGE, or what went wrong meanwhile. */
enum silt_status silt_choice_none(struct silt_choice *choice, const struct silt_result *result,
				  const struct silt_image *image, struct silt_error *err);

#endif
