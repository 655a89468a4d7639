/* The result behind the public handle. Filled by audit.c; see silt/result.h for the meaning. */
#ifndef SILT_AUDIT_RESULT_H
#define SILT_AUDIT_RESULT_H

#include "audit/context.h"
#include "audit/reached.h"
#include "silt/result.h"

/* Where one wanted value is. */
struct silt_wanted_sightings {
	const struct silt_sighting *items;
	size_t count;
};

struct silt_result {
	struct silt_limits limits;
	struct silt_reached reached; /* by the judgement */
	const char *name;
	const char *format;
	const char *digest; /* of the bundle; NULL: nobody asked */
	const struct silt_image *images;
	size_t image_count;
	const struct silt_finding *findings;
	size_t finding_count;
	const struct silt_finding *suppressed; /* behind the findings; NULL: not told (retold.h) */
	size_t suppressed_count;
	struct silt_coverage coverage;

	const struct silt_wanted_sightings *wanted; /* of each wanted value; NULL: none was asked for */
	size_t wanted_count;

	const struct silt_matcher *matcher; /* borrows: the process's, or that of the caller's rules */
	struct silt_matcher *wanting;       /* owns: the same, and wanted values; NULL: there are none */

	/* What the above points into. */
	struct silt_arena arena;
	struct silt_inventory inventory;
	struct silt_images *declared;
	struct silt_record **records;
	size_t record_count;
	size_t record_capacity;
	struct silt_record *outer;
	uint32_t *stored; /* files of the bundle (tree.h): members, ascending; [0], the bundle itself, is none. Arena */
	size_t stored_count;
	struct silt_rootfs **trees;               /* per image */
	const struct silt_audited_image *audited; /* the images as they were judged; NULL: it is told (retold.h) */
};

/* The matcher that everything is read and masked with. */
static inline const struct silt_matcher *silt_result_reader(const struct silt_result *result)
{
	return result->wanting ? result->wanting : result->matcher;
}

/* Forgets what was read of the bundle. */
void silt_result_forget(struct silt_result *result);

/* The next entry from `from` on that has this path; the number of entries if there is none. */
size_t silt_record_next_called(const struct silt_record *record, size_t from, struct silt_bytes path);

/* Entry `index` of a record as nobody's: what an image makes of it is not known. */
void silt_entry_describe(const struct silt_record *record, size_t index, struct silt_entry_view *view);

#endif
