/*
 * Links of the final tree that give a folder a name under which it has metadata: var/lib/dpkg may be one to usr/lib/dpkg-db,
 * and node_modules/NAME one to the folder where NAME is worked on.
 */
#ifndef SILT_SBOM_LINKS_H
#define SILT_SBOM_LINKS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "silt/tree.h"

enum {
	/* Such links in an image; an application of pnpm has some thousand. */
	SILT_SBOM_LINKS_MAX = 100000,
	/* Bytes of their names and of where they lead: a short link may lead to a long path. Theirs have 100 each. */
	SILT_SBOM_LINK_BYTES_MAX = 64 * 1024 * 1024,
};

struct silt_sbom_link {
	struct silt_bytes folder; /* where the final tree has what it leads to */
	struct silt_bytes name;   /* the link; of a database the folder where package managers look for it */
	unsigned holds;           /* what silt_sbom_folder_holds says of the name; 0: it is that of a database */
};

/* Zero at first. */
struct silt_sbom_links {
	struct silt_arena arena; /* owns the texts */
	struct silt_sbom_link *items;
	size_t count, capacity;
	size_t bytes; /* of names and folders */
	bool full;    /* a limit was reached, and the others are not known */
};

void silt_sbom_links_done(struct silt_sbom_links *links);

/* Where the final tree has a folder, links followed, in place of what `out` had. False: it has no folder of that name. */
bool silt_sbom_find_folder(const struct silt_image *image, struct silt_bytes folder, struct silt_buffer *out);

/*
 * Finds them all. Of links that lead to one folder the first in byte order is kept for each kind of metadata, so that no
 * file is told twice.
 */
enum silt_status silt_sbom_links_find(struct silt_sbom_links *links, const struct silt_image *image,
				      struct silt_error *err);

/* Those that lead to a folder, one after the other; NULL: there is none. */
const struct silt_sbom_link *silt_sbom_links_to(const struct silt_sbom_links *links, struct silt_bytes folder,
						size_t *count);

#endif
