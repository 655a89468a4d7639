/* Which files of an image have something in them that a pattern rule takes for a secret. */
#ifndef SILT_AUDIT_HIT_MARKS_H
#define SILT_AUDIT_HIT_MARKS_H

#include "audit/context.h"

/* Zeros: no file is marked. */
struct silt_hit_marks {
	uint8_t *
		*layers; /* owns; a byte for each entry: 0, or 1 + the worst severity in it; NULL for an absent layer */
	size_t count;
};

/* Marks are kept until done. Fails for memory only; then they can still be done with. */
enum silt_status silt_hit_marks_init(struct silt_hit_marks *marks, const struct silt_audited_image *image,
				     struct silt_error *err);
void silt_hit_marks_done(struct silt_hit_marks *marks);

/* True if something at least as severe was found in the entry. */
bool silt_hit_marks_has(const struct silt_hit_marks *marks, struct silt_place place, enum silt_severity least);

#endif
