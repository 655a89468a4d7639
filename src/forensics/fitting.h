/* Inside the forensics floor: patterns of what is extracted. */
#ifndef SILT_FORENSICS_FITTING_H
#define SILT_FORENSICS_FITTING_H

#include "base/buffer.h"
#include "silt/tree.h"

/* A pattern. */
struct silt_fitting {
	struct silt_bytes asked;  /* borrows; without what stands for the root, and "/" at its end */
	bool literal;             /* a file is called so: what looks like wildcards in it are letters */
	struct silt_buffer place; /* owns; the same with the links of its folders followed, if `leads` */
	bool leads;               /* they lead to another place */
	bool met;                 /* a path fitted */
};

/*
 * Of `count` patterns, which are borrowed. One that is a name of the final tree is that name and nothing else, and so is one
 * that is a name of a layer, if `layers` count. To be freed with silt_fittings_free, whatever it returns.
 */
enum silt_status silt_fittings_new(const struct silt_image *image, const char *const *patterns, size_t count,
				   bool layers, struct silt_fitting **out, struct silt_error *err);
void silt_fittings_free(struct silt_fitting *fittings, size_t count);

/*
 * Adds the pattern with the links followed that the folders in front of its first wildcard are in the final tree, also if
 * what they lead to is gone. False: there is none. `whole`: without a wildcard the last component is followed, too, as one with a "/" behind it is.
 */
bool silt_pattern_leads(const struct silt_image *image, struct silt_bytes pattern, bool whole, struct silt_buffer *out);

/* Whether one of them fits a path, or a folder that it is in; tells each one that does. */
bool silt_fits_any(struct silt_fitting *fittings, size_t count, struct silt_bytes path);

#endif
