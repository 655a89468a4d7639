/*
 * Where a file with metadata is: by its entry, in the final tree, and as it is told. Links in folders make them differ:
 * where lib is a link to usr/lib, an entry lib/apk/db/installed is a version of usr/lib/apk/db/installed.
 */
#ifndef SILT_SBOM_WHERE_H
#define SILT_SBOM_WHERE_H

#include "base/buffer.h"
#include "sbom/links.h"
#include "sbom/metadata.h"

enum {
	/* Folders above a file that make a place of its name: node_modules/@SCOPE/NAME/package.json. */
	SILT_SBOM_ABOVE = 3,
};

/* Zero at first. Spans are valid until the next question. */
struct silt_sbom_where {
	struct silt_bytes raw;  /* the name of the entry */
	struct silt_bytes home; /* the one that the final tree has for it; raw, if it has no such folder any more */
	/* What it is read and told by: home, else what a link to a folder above makes of it, else raw, if that has a place. */
	struct silt_bytes path;
	const struct silt_sbom_place *place;

	/* Internal. Entries of one folder lie side by side: it is looked up once for all of them. */
	struct silt_buffer folder, moved, raw_room, home_room, path_room; /* own */
	bool known;                                                       /* `folder` is the one that was looked up */
	struct {
		const struct silt_sbom_link *first; /* that leads to it */
		size_t count;
		size_t rest; /* where in `home` the path below it begins */
	} above[SILT_SBOM_ABOVE];
	size_t above_count;
};

void silt_sbom_where_done(struct silt_sbom_where *where);

/* Answers for one entry; `place` NULL: it has no metadata. False: there is no memory for it. */
bool silt_sbom_where_is(struct silt_sbom_where *where, const struct silt_image *image,
			const struct silt_sbom_links *links, const struct silt_entry_view *view);

#endif
