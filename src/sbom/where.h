/*
 * Where a file with metadata is: by its entry, in the final tree, and as it is told. Links in folders make them differ:
 * where lib is a link to usr/lib, an entry lib/apk/db/installed is a version of usr/lib/apk/db/installed.
 */
#ifndef SILT_SBOM_WHERE_H
#define SILT_SBOM_WHERE_H

#include "base/buffer.h"
#include "sbom/metadata.h"
#include "silt/tree.h"

/* Zero at first. Spans are valid until the next question. */
struct silt_sbom_where {
	struct silt_bytes raw;  /* the name of the entry */
	struct silt_bytes home; /* the one that the final tree has for it; raw, if it has no such folder any more */
	struct silt_bytes path; /* the one of these that has a place, home first: it is read and told by that */
	const struct silt_sbom_place *place;

	/* Internal. Entries of one folder lie side by side: it is looked up once for all of them. */
	struct silt_buffer folder, moved, raw_room, home_room; /* own */
	bool known;                                            /* `folder` and `moved` are filled in */
};

void silt_sbom_where_done(struct silt_sbom_where *where);

/* Answers for one entry; `place` NULL: it has no metadata. False: there is no memory for it. */
bool silt_sbom_where_is(struct silt_sbom_where *where, const struct silt_image *image,
			const struct silt_entry_view *view);

#endif
