/* Programs of the final tree. */
#ifndef SILT_AUDIT_PROGRAMS_H
#define SILT_AUDIT_PROGRAMS_H

#include "audit/sighting.h"

/*
 * What kind of program a name is by its content, whatever its mode. Symlinks are not followed: look the name up with
 * `follow` (silt_rootfs_find) where they should be.
 */
static inline enum silt_program_kind silt_program_kind_at(const struct silt_audited_image *image,
							  const struct silt_node *node)
{
	return silt_node_is_file(image, node) ? silt_entry_at(image, node->content)->program : SILT_PROGRAM_NONE;
}

/* The program that a name is, or NULL: it is none, a library, or an object file. */
static inline const struct silt_program *silt_program_at(const struct silt_audited_image *image,
							 const struct silt_node *node)
{
	return silt_node_is_file(image, node)
		       ? silt_record_program(image->layers[node->content.layer], node->content.entry)
		       : NULL;
}

/* The program of an entry of a layer, whatever became of it, or NULL. */
static inline const struct silt_program *silt_program_of(const struct silt_audited_image *image,
							 struct silt_place place)
{
	return silt_record_program(image->layers[place.layer], place.entry);
}

/* True if somebody may execute a file of that mode. */
static inline bool silt_mode_is_executable(unsigned mode)
{
	return mode & 0111;
}

#endif
