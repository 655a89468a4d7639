/*
 * Images whose layers were merged after they were built: which tool left its marks, and what survives that.
 *
 * Context, never proof: an image of one layer, or a RUN without one, says nothing.
 */
#ifndef SILT_AUDIT_SQUASH_H
#define SILT_AUDIT_SQUASH_H

#include "audit/context.h"

struct silt_squash {
	const char *tool; /* static: "docker build --squash"; NULL: no sign of squashing */
	const char *sign; /* static: what gives it away, as the end of a sentence */
	size_t line;      /* of the history, from 0: the one that does */
	size_t layer;     /* that the others were merged into; what is below was left alone */
	size_t without;   /* lines that added or ran something, and have no layer of their own */
};

/* The first sign that fits. An image without a config has none. */
struct silt_squash silt_squash_of(const struct silt_audited_image *image);

/* True, with the tool that did it, if there is such a sign. */
static inline bool silt_image_is_squashed(const struct silt_context *context, size_t image, const char **tool)
{
	*tool = silt_squash_of(&context->images[image]).tool;
	return *tool != NULL;
}

/* One squash for each image of the context. Of its arena; NULL if memory ran out. */
const struct silt_squash *silt_squashes_of(const struct silt_context *context);

/*
 * What lets a place survive the squashing of its image: "the text of the history is kept". NULL: the image was not
 * squashed, or the place is in what was merged. `squashes` as of silt_squashes_of.
 */
const char *silt_squash_survivor(const struct silt_context *context, const struct silt_squash *squashes,
				 const struct silt_sighting *sighting, const char **tool);

#endif
