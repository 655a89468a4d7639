/*
 * A result that a report tells: what was found, without what it was found in. Whoever reads it sees the same through
 * silt/result.h; only entries of layers (silt_image_entry) are not there.
 */
#ifndef SILT_AUDIT_RETOLD_H
#define SILT_AUDIT_RETOLD_H

#include "base/arena.h"
#include "silt/result.h"

struct silt_retold {
	const char *name, *format;
	const char *digest;              /* of the bundle; "": nobody asked for it */
	const struct silt_image *images; /* with `record` and `rootfs` NULL */
	size_t image_count;
	const struct silt_finding *findings;
	size_t finding_count;
	const struct silt_finding *suppressed; /* NULL: which they are is not told */
	size_t suppressed_count;
	struct silt_coverage coverage;
};

/* Makes the result, which takes the arena that all of it is in; on failure the arena stays the caller's. */
enum silt_status silt_result_retell(const struct silt_retold *told, struct silt_arena *arena, struct silt_result **out,
				    struct silt_error *err);

#endif
