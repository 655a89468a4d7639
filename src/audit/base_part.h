/* Which part of an image is its base. */
#ifndef SILT_AUDIT_BASE_PART_H
#define SILT_AUDIT_BASE_PART_H

#include "audit/context.h"
#include "silt/audit.h"

/*
 * The first of these that says anything:
 *
 *     the longest base of `options` that the layers begin with; if there are some and none fits, all is its own
 *     another image of the bundle that the base label or annotation names, by reference or digest
 *     the history: from the ADD of a root filesystem up to the next CMD; a guess
 *
 * `images` are all images of the bundle. `options` may be NULL.
 */
struct silt_base_part silt_base_part_of(const struct silt_options *options, const struct silt_images *images,
					const struct silt_audited_image *image, const struct silt_inventory *inventory);

/*
 * True if the history of the image is what anybody would read in its config: no keys of it collide. Otherwise a line may
 * stand in it that another reader takes for line 1.
 */
bool silt_history_is_plain(const struct silt_declared_image *declared, const struct silt_inventory *inventory);

/* True if the layers of the image begin with the base. */
bool silt_image_begins_with(const struct silt_audited_image *image, const struct silt_base *base);

/*
 * What org.opencontainers.image.KEY says, with KEY "base.name" or "base.digest": the label, else the annotation of the
 * manifest. Empty if neither.
 */
struct silt_bytes silt_base_label(const struct silt_declared_image *declared, const struct silt_inventory *inventory,
				  const char *key);

/*
 * Of a finding seen at these places: BASE if all of them are known to be the base's. Of a base that somebody named these
 * are the tars of its layers, and the lines of history that it has, too.
 */
enum silt_heritage silt_heritage_of_places(const struct silt_context *context, const struct silt_sighting *sightings,
					   size_t count);

#endif
