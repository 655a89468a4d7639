/* The surface of an image: what the checks of shells, tools and packages found, by kind. */
#ifndef SILT_REPORT_SURFACE_H
#define SILT_REPORT_SURFACE_H

#include "silt/result.h"

/* The subjects of findings of `rule` are lists of names. */
struct silt_surface_group {
	const char *rule;
	const char *words; /* "hidden shells" */
	const char *title; /* "Hidden shells" */
};

/* In the order of a report. */
const struct silt_surface_group *silt_surface_groups(size_t *count);

/* True if the finding is of the group, and seen in the image. */
bool silt_surface_has(const struct silt_surface_group *group, const struct silt_finding *finding, size_t image);

#endif
