/*
 * Sealed values in a file of SQLite: what a cache stands on. Internal to this folder; one thread at a time.
 *
 * A file that SQLite finds damaged leaves a store that knows nothing and keeps nothing. What goes wrong for the first time
 * is remembered as a sentence.
 */
#ifndef SILT_LAYER_CACHE_STORE_H
#define SILT_LAYER_CACHE_STORE_H

#include "base/buffer.h"
#include "base/error.h"
#include "silt/cache.h"

struct silt_cache_store;

/* Opens the file at `path`, which is there. `shown` (borrows): what to call the cache. SILT_ERR_IO, SILT_ERR_MEMORY. */
enum silt_status silt_cache_store_open(const char *path, const char *shown, struct silt_cache_store **out,
				       struct silt_error *err);
/* Writes down what was used. NULL is allowed. */
void silt_cache_store_close(struct silt_cache_store *store);

/* The sentence; "" if nothing went wrong. */
const char *silt_cache_store_trouble(const struct silt_cache_store *store);

/* Adds the value to `out`. False if there is none. */
bool silt_cache_store_find(struct silt_cache_store *store, enum silt_cache_kind kind, const unsigned char *key,
			   struct silt_buffer *out);

/* Keeps a value in place of an older one. False if that failed. */
bool silt_cache_store_keep(struct silt_cache_store *store, enum silt_cache_kind kind, const unsigned char *key,
			   struct silt_bytes value);

void silt_cache_store_forget(struct silt_cache_store *store, enum silt_cache_kind kind, const unsigned char *key);

/* The value was of use now. */
void silt_cache_store_touch(struct silt_cache_store *store, enum silt_cache_kind kind, const unsigned char *key);

/* Fills the counts and bytes of values. */
enum silt_status silt_cache_store_measure(struct silt_cache_store *store, struct silt_cache_stats *stats,
					  struct silt_error *err);

enum silt_status silt_cache_store_prune(struct silt_cache_store *store, unsigned long long bytes,
					unsigned long long *forgotten, struct silt_error *err);

#endif
