/* The parts of the walk (tar_walk.h), which nobody else needs to know. */
#ifndef SILT_STREAM_TAR_WALK_PARTS_H
#define SILT_STREAM_TAR_WALK_PARTS_H

#include "stream/tar_walk.h"

/* Go refuses what was read last. */
void silt_tar_walk_refuse(struct silt_tar_walk *walk, const char *refusal);
/* The same for a limit. Those are Go's own, unless somebody set them lower. */
void silt_tar_walk_refuse_limit(struct silt_tar_walk *walk, enum silt_limit_id limit, const char *refusal);

/* ---- tar_walk_entry.c: from the headers of one entry to the entry ------------------------------------------------------ */

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

/* ---- tar_walk_map.c: maps in blocks of their own ----------------------------------------------------------------------- */

static inline bool silt_tar_walk_is_in_map(const struct silt_tar_walk *walk)
{
	return walk->state == SILT_TAR_WALK_MAP_OLD || walk->state == SILT_TAR_WALK_MAP_TEXT;
}

void silt_tar_walk_begin_map(struct silt_tar_walk *walk, enum silt_tar_map_place place);

/* Takes the block in `more`. The entry is ready behind the last one. */
void silt_tar_walk_take_map(struct silt_tar_walk *walk);

#endif
