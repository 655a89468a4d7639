/* Folders for caches. */
#include "unit/layer/cache_kit.h"

#include "base/attributes.h"
#include "unit/stream/cmocka_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct place make_place(void)
{
	struct place place = {.base = "/tmp/silt-cache-XXXXXX"};
	assert_non_null(mkdtemp(place.base));
	(void)snprintf(place.folder, sizeof(place.folder), "%s/of/mine", place.base);
	return place;
}

void path_in(const struct place *place, const char *name, char *out, size_t size)
{
	(void)snprintf(out, size, "%s/%s", place->folder, name);
}

void remove_place(const struct place *place)
{
	static const char *const names[] = {"records.db", "records.db-wal", "records.db-shm", "key", "claims"};
	char path[160];
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		path_in(place, names[i], path, sizeof(path));
		(void)unlink(path);
	}
	(void)rmdir(place->folder);
	(void)snprintf(path, sizeof(path), "%s/of", place->base);
	(void)rmdir(path);
	assert_int_equal(rmdir(place->base), 0);
}

struct silt_cache *open_cache(const struct place *place)
{
	struct silt_cache *cache = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_cache_open(place->folder, true, &cache, &err), SILT_OK);
	return cache;
}
