/* Inside the forensics floor: what hardlinks show in a layer that no image has. */
#ifndef SILT_FORENSICS_STRAY_H
#define SILT_FORENSICS_STRAY_H

#include "base/error.h"
#include "silt/tree.h"

/* The last such layer that was asked for. {.result = ...} is the start. */
struct silt_stray {
	const struct silt_result *result; /* borrows */
	struct silt_rootfs *tree;         /* owns; of that layer alone; NULL: none was asked for */
	size_t stored;                    /* the file of the bundle that it is */
};

/*
 * The entry whose body hardlink `index` of the tar in file `stored` was linked to, by the same rules as in an image of
 * this one layer; SIZE_MAX: it leads nowhere. Work is done once for each file that is asked for in a row. SILT_ERR_MEMORY.
 */
enum silt_status silt_stray_linked(struct silt_stray *stray, size_t stored, size_t index, size_t *out,
				   struct silt_error *err);
void silt_stray_done(struct silt_stray *stray);

#endif
