/* From the headers of one entry to the entry. Of the walk (tar_walk.h) alone. */
#ifndef SILT_STREAM_TAR_WALK_ENTRY_H
#define SILT_STREAM_TAR_WALK_ENTRY_H

#include "stream/tar_walk.h"

/* Where the rest of the map of a sparse file is. */
enum silt_tar_map_place {
	SILT_TAR_MAP_HERE,    /* there is none */
	SILT_TAR_MAP_BEHIND,  /* in blocks behind the header */
	SILT_TAR_MAP_IN_BODY, /* in the first blocks of the body */
};

/*
 * Puts together what header, PAX records and long names say. NULL; or what Go refuses it for. `*body`: bytes that follow,
 * without padding and without maps behind the header.
 */
const char *silt_tar_walk_merge(struct silt_tar_walk *walk, int64_t *body, enum silt_tar_map_place *place);

/* The map is complete: the entry is ready to be given. */
void silt_tar_walk_ready(struct silt_tar_walk *walk);

#endif
