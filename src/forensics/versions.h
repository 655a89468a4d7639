/* Inside the forensics floor: all entries of an image, also those that nobody sees. */
#ifndef SILT_FORENSICS_VERSIONS_H
#define SILT_FORENSICS_VERSIONS_H

#include "forensics/listed.h"

typedef enum silt_status silt_listed_fn(void *ctx, const struct silt_listed *listed, struct silt_error *err);

/*
 * Every entry of a layer in the order of the archive; and of all layers, lowest first, with `strays` of the files of
 * the bundle that no image has behind them. Stops at and returns what `visit` returns if it is not SILT_OK.
 */
enum silt_status silt_versions_of_layer(const struct silt_image *image, size_t layer, silt_listed_fn *visit, void *ctx,
					struct silt_error *err);
enum silt_status silt_versions_of_image(const struct silt_result *result, const struct silt_image *image, bool strays,
					silt_listed_fn *visit, void *ctx, struct silt_error *err);

#endif
