/* A folder for a cache that a test makes and removes. */
#ifndef SILT_TESTS_CACHE_KIT_H
#define SILT_TESTS_CACHE_KIT_H

#include "silt/cache.h"

/* `folder` is not there yet, nor is the one that it is in. */
struct place {
	char base[64], folder[96];
};

struct place make_place(void);
void remove_place(const struct place *place);

void path_in(const struct place *place, const char *name, char *out, size_t size);

struct silt_cache *open_cache(const struct place *place);

#endif
