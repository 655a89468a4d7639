/*
 * Many files that are one finding: the first few are named and shown as its places, the rest is counted.
 */
#ifndef SILT_AUDIT_GATHERING_H
#define SILT_AUDIT_GATHERING_H

#include "audit/name_list.h"
#include "audit/tell.h"

/* A zeroed struct has none. */
struct silt_gathering {
	struct silt_place places[SILT_NAME_LIST_MAX];
	size_t kept, count;
	uint64_t bytes; /* of all of them */
};

/* One more. */
void silt_gather(struct silt_gathering *files, struct silt_place place, uint64_t bytes);

/* "/a and 3 more"; "/a" if it is alone. NULL if memory ran out. There is at least one. */
const char *silt_gathering_subject(const struct silt_gathering *files, const struct silt_case *of);

/* "/a, /b and 3 more". NULL if memory ran out. */
const char *silt_gathering_names(const struct silt_gathering *files, const struct silt_case *of);

/* Tells one finding of all of them, at the places that were kept. There is at least one. */
enum silt_status silt_tell_gathering(const struct silt_case *of, const struct silt_telling *telling,
				     const struct silt_gathering *files, struct silt_error *err);

#endif
