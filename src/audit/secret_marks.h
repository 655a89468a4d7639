/*
 * What the history of an image adds to the place of a secret: that its path was removed in vain, or that it survived the
 * squashing of the image.
 */
#ifndef SILT_AUDIT_SECRET_MARKS_H
#define SILT_AUDIT_SECRET_MARKS_H

#include "audit/removal.h"
#include "audit/squash.h"

/* Of one image. */
struct silt_image_marks {
	struct silt_build build;
	struct silt_removals removals;
};

struct silt_secret_marks {
	const struct silt_context *context;
	const struct silt_squash *squashes; /* by image */
	struct silt_image_marks *images;    /* owns; the same */
};

/* Reads the histories. To be ended in any case. */
enum silt_status silt_secret_marks_init(struct silt_secret_marks *marks, const struct silt_context *context,
					struct silt_error *err);
void silt_secret_marks_done(struct silt_secret_marks *marks);

/* Sets `resurrected` and `hidden_by`, and adds to the note, where that is so. */
enum silt_status silt_secret_mark(const struct silt_secret_marks *marks, struct silt_sighting *sighting,
				  struct silt_error *err);

#endif
