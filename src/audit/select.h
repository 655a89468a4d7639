/*
 * Choosing images of a bundle by what a user calls them.
 */
#ifndef SILT_AUDIT_SELECT_H
#define SILT_AUDIT_SELECT_H

#include "bundle/images.h"
#include "silt/audit.h"

/* True if `image` fits the options; NULL options fit every image. */
bool silt_image_selected(const struct silt_declared_image *image, const struct silt_options *options);

#endif
