/* A cache: a folder, its key, the claims in it, and a store of what is sealed with the key. */
#include "silt/cache.h"

#include "base/escape.h"
#include "base/secure.h"
#include "layer/cache_claims.h"
#include "layer/cache_folder.h"
#include "layer/cache_store.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { FILE_FORBIDDEN = 022, SHOWN_SIZE = 160 };

static const char records_name[] = "records.db";

struct silt_cache {
	struct silt_cache_folder folder;
	struct silt_cache_claims claims;
	char shown[SHOWN_SIZE];
	uint8_t key[SILT_SEAL_KEY_SIZE];
	pthread_mutex_t mutex; /* of what follows */
	struct silt_cache_store *store;
	struct silt_cache_use use; /* but for the trouble, which is the store's */
};

/* ---- Opening --------------------------------------------------------------------------------------------------------- */

/* SQLite makes its files with the mode of the first one; so that one is made here. */
static enum silt_status open_files(struct silt_cache *cache, bool create, struct silt_error *err)
{
	enum silt_status status = silt_cache_folder_check(&cache->folder, records_name, create, FILE_FORBIDDEN, err);
	return status == SILT_OK
		       ? silt_cache_folder_file(&cache->folder, "claims", true, FILE_FORBIDDEN, &cache->claims.fd, err)
		       : status;
}

static enum silt_status open_all(struct silt_cache *cache, const char *folder, bool create, struct silt_error *err)
{
	struct silt_buffer path = {0};
	enum silt_status status = silt_secure_init(err);
	if (status == SILT_OK) {
		status = silt_cache_folder_open(folder, create, &cache->folder, err);
	}
	if (status == SILT_OK) {
		status = silt_cache_folder_key(&cache->folder, create, cache->key, err);
	}
	if (status == SILT_OK) {
		status = open_files(cache, create, err);
	}
	if (status != SILT_OK) {
		return status;
	}
	char *real = realpath(folder, NULL); /* SQLite is told to follow no symlink, and looks at all of a path */
	silt_buffer_printf(&path, "%s/%s", real ? real : folder, records_name);
	free(real);
	status = path.failed ? silt_fail_memory(err)
			     : silt_cache_store_open(silt_buffer_text(&path), cache->shown, &cache->store, err);
	silt_buffer_done(&path);
	return status;
}

enum silt_status silt_cache_open(const char *folder, bool create, struct silt_cache **out, struct silt_error *err)
{
	struct silt_cache *cache = calloc(1, sizeof(*cache));
	if (!cache) {
		return silt_fail_memory(err);
	}
	(void)silt_escape_text(silt_bytes_text(folder), cache->shown, sizeof(cache->shown));
	cache->folder = (struct silt_cache_folder){.fd = -1, .shown = cache->shown};
	silt_cache_claims_init(&cache->claims);
	(void)pthread_mutex_init(&cache->mutex, NULL);
	enum silt_status status = open_all(cache, folder, create, err);
	if (status != SILT_OK) {
		silt_cache_close(cache);
		return status;
	}
	*out = cache;
	return SILT_OK;
}

void silt_cache_close(struct silt_cache *cache)
{
	if (!cache) {
		return;
	}
	silt_cache_store_close(cache->store);
	silt_cache_claims_done(&cache->claims);
	silt_cache_folder_done(&cache->folder);
	(void)pthread_mutex_destroy(&cache->mutex);
	silt_wipe(cache->key, sizeof(cache->key));
	free(cache);
}

/* ---- Values ---------------------------------------------------------------------------------------------------------- */

/* What a value is sealed with beside the key: it cannot be put under another one. */
struct about {
	uint8_t bytes[1 + SILT_CACHE_KEY_SIZE];
};

static struct about about(enum silt_cache_kind kind, const unsigned char *key)
{
	struct about about = {{(uint8_t)kind}};
	memcpy(about.bytes + 1, key, SILT_CACHE_KEY_SIZE);
	return about;
}

/* Opens what is in the row. False: it was not sealed here. */
static bool open_value(const struct silt_cache *cache, struct silt_bytes sealed, const struct about *about,
		       void **value, size_t *size)
{
	if (sealed.len <= SILT_SEAL_OVERHEAD || sealed.len - SILT_SEAL_OVERHEAD > SILT_CACHE_VALUE_MAX) {
		return false;
	}
	uint8_t *room = malloc(sealed.len - SILT_SEAL_OVERHEAD);
	if (!room || !silt_unseal(cache->key, silt_bytes(about->bytes, sizeof(about->bytes)), sealed, room)) {
		free(room);
		return false;
	}
	*value = room;
	*size = sealed.len - SILT_SEAL_OVERHEAD;
	return true;
}

static void forget(struct silt_cache *cache, enum silt_cache_kind kind, const unsigned char *key)
{
	cache->use.bad++;
	silt_cache_store_forget(cache->store, kind, key);
}

static bool look_up(struct silt_cache *cache, enum silt_cache_kind kind, const unsigned char *key, void **value,
		    size_t *size)
{
	const struct about what = about(kind, key);
	struct silt_buffer sealed = {0};
	const bool there = silt_cache_store_find(cache->store, kind, key, &sealed);
	const bool found = there && open_value(cache, silt_buffer_bytes(&sealed), &what, value, size);
	if (found) {
		silt_cache_store_touch(cache->store, kind, key);
	} else if (there) {
		forget(cache, kind, key);
	}
	silt_buffer_done(&sealed);
	return found;
}

static bool find_value(void *ctx, enum silt_cache_kind kind, const unsigned char *key, void **value, size_t *size)
{
	struct silt_cache *cache = ctx;
	(void)pthread_mutex_lock(&cache->mutex);
	const bool found = look_up(cache, kind, key, value, size);
	cache->use.found += found;
	cache->use.missed += !found;
	(void)pthread_mutex_unlock(&cache->mutex);
	return found;
}

static void keep_value(void *ctx, enum silt_cache_kind kind, const unsigned char *key, const void *value, size_t size)
{
	struct silt_cache *cache = ctx;
	struct silt_buffer sealed = {0};
	const struct about what = about(kind, key);
	if (size == 0 || size > SILT_CACHE_VALUE_MAX) {
		return;
	}
	silt_seal(cache->key, silt_bytes(what.bytes, sizeof(what.bytes)), silt_bytes(value, size), &sealed);
	(void)pthread_mutex_lock(&cache->mutex);
	if (!sealed.failed && silt_cache_store_keep(cache->store, kind, key, silt_buffer_bytes(&sealed))) {
		cache->use.kept++;
	}
	(void)pthread_mutex_unlock(&cache->mutex);
	silt_buffer_done(&sealed);
}

static void refuse_value(void *ctx, enum silt_cache_kind kind, const unsigned char *key)
{
	struct silt_cache *cache = ctx;
	(void)pthread_mutex_lock(&cache->mutex);
	forget(cache, kind, key);
	(void)pthread_mutex_unlock(&cache->mutex);
}

static bool claim_key(void *ctx, const unsigned char *key)
{
	struct silt_cache *cache = ctx;
	return silt_cache_claims_take(&cache->claims, key);
}

static void release_key(void *ctx, const unsigned char *key)
{
	struct silt_cache *cache = ctx;
	silt_cache_claims_give(&cache->claims, key);
}

struct silt_cache_access silt_cache_access(struct silt_cache *cache)
{
	return (struct silt_cache_access){.ctx = cache,
					  .find = find_value,
					  .claim = claim_key,
					  .release = release_key,
					  .keep = keep_value,
					  .refuse = refuse_value};
}

/* ---- The whole ------------------------------------------------------------------------------------------------------- */

void silt_cache_used(struct silt_cache *cache, struct silt_cache_use *use)
{
	(void)pthread_mutex_lock(&cache->mutex);
	*use = cache->use;
	memcpy(use->trouble, silt_cache_store_trouble(cache->store), sizeof(use->trouble));
	(void)pthread_mutex_unlock(&cache->mutex);
}

static unsigned long long file_bytes(const struct silt_cache *cache)
{
	static const char *const names[] = {"records.db", "records.db-wal", "records.db-shm", "key", "claims"};
	unsigned long long bytes = 0;
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		struct stat facts;
		bytes += fstatat(cache->folder.fd, names[i], &facts, AT_SYMLINK_NOFOLLOW) == 0
				 ? (unsigned long long)facts.st_size
				 : 0;
	}
	return bytes;
}

enum silt_status silt_cache_measure(struct silt_cache *cache, struct silt_cache_stats *stats, struct silt_error *err)
{
	(void)pthread_mutex_lock(&cache->mutex);
	const enum silt_status status = silt_cache_store_measure(cache->store, stats, err);
	(void)pthread_mutex_unlock(&cache->mutex);
	stats->file_bytes = file_bytes(cache);
	return status;
}

enum silt_status silt_cache_prune(struct silt_cache *cache, unsigned long long bytes, unsigned long long *forgotten,
				  struct silt_error *err)
{
	(void)pthread_mutex_lock(&cache->mutex);
	const enum silt_status status = silt_cache_store_prune(cache->store, bytes, forgotten, err);
	(void)pthread_mutex_unlock(&cache->mutex);
	return status;
}
