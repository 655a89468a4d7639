/* What formats for other programs say of findings and of the places where they were seen. */
#ifndef SILT_REPORT_PLACE_H
#define SILT_REPORT_PLACE_H

#include "report/prose.h"
#include "silt/result.h"

/* It does not count by what a policy, a baseline or a package says. */
bool silt_is_excused(const struct silt_finding *finding);

/* The first of the sightings that are as exposed as the finding; 0 if there is none. */
size_t silt_place_worst(const struct silt_finding *finding);

/* How people call an image, as printable text. */
const char *silt_place_image(const struct silt_image *image);

/* The layer that hid a sighting; SIZE_MAX if none of its image did. */
size_t silt_place_cause(const struct silt_image *images, size_t count, const struct silt_sighting *sighting);

/* "'/root/.ssh/id_rsa' in layer 2 of 'app:1.4', deleted by layer 4". Layers are counted from 1. */
void silt_place_tell(struct silt_prose *prose, const struct silt_image *images, size_t count,
		     const struct silt_sighting *sighting);

#endif
