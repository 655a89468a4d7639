/*
 * The record cache: what earlier audits found out about layers, kept in a folder, so that a layer is surveyed once.
 *
 * A key is a hash over the diff ID of a layer (or the digest of a blob), the format of records, the build of silt, its
 * rules and its limits: what was kept under other circumstances is never met. Values are sealed with a key that lies in
 * the folder, readable for its owner only. No byte of a secret is kept, and nothing of a layer that was not looked at
 * whole. A cache never makes an audit fail: whatever is wrong with it is a miss. docs/cache.md says what is trusted.
 */
#ifndef SILT_CACHE_H
#define SILT_CACHE_H

#include "silt/error.h"
#include "silt/export.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes of a key. */
#define SILT_CACHE_KEY_SIZE 32

/* Bytes of the largest value that is kept. A layer of a million files takes a quarter of it. */
#define SILT_CACHE_VALUE_MAX 67108864

enum silt_cache_kind {
	SILT_CACHE_LAYER, /* what the uncompressed bytes of a layer say */
	SILT_CACHE_BLOB,  /* which layer a compressed blob holds, and what only the blob says */
	SILT_CACHE_KINDS,
};

/*
 * What an audit asks of a cache: callbacks, so that who audits need not be who has the folder. They may be called from
 * several threads at once. `key` has SILT_CACHE_KEY_SIZE bytes.
 */
struct silt_cache_access {
	void *ctx;
	/* True if there is a value: `*value` has `*size` bytes (1 or more), from malloc, and is the caller's. */
	bool (*find)(void *ctx, enum silt_cache_kind kind, const unsigned char *key, void **value, size_t *size);
	/*
	 * Takes it upon the caller to make the value of a key. False: somebody else is at it, now. Never waits. What was
	 * taken ends with `release`, or with the process.
	 */
	bool (*claim)(void *ctx, const unsigned char *key);
	void (*release)(void *ctx, const unsigned char *key);
	/* Keeps a value in place of an older one. */
	void (*keep)(void *ctx, enum silt_cache_kind kind, const unsigned char *key, const void *value, size_t size);
	/* What was found under the key is none that can be used: it is forgotten, and counted as bad. */
	void (*refuse)(void *ctx, enum silt_cache_kind kind, const unsigned char *key);
};

/* An open cache. May be used by several threads; must not be used on both sides of a fork. */
struct silt_cache;

/*
 * Opens the cache in `folder`; `create`: makes the folder (mode 0700) and what is in it, if it is not there yet.
 * SILT_ERR_IO if it cannot be opened, is somebody else's, or if others may write to it or read its key; the text says
 * what to do.
 */
SILT_API enum silt_status silt_cache_open(const char *folder, bool create, struct silt_cache **out,
					  struct silt_error *err);
/* Ends all claims. NULL is allowed. */
SILT_API void silt_cache_close(struct silt_cache *cache);

/* The callbacks of an open cache, which must outlive their use. */
SILT_API struct silt_cache_access silt_cache_access(struct silt_cache *cache);

/* What this opening of the cache was good for. */
struct silt_cache_use {
	unsigned long long found, missed, kept; /* values */
	unsigned long long bad;                 /* values that were damaged or sealed with another key, and are gone */
	char trouble[SILT_ERROR_TEXT_MAX];      /* the first thing that went wrong with the cache as a whole; "" */
};

SILT_API void silt_cache_used(struct silt_cache *cache, struct silt_cache_use *use);

/* What is in a cache. */
struct silt_cache_stats {
	unsigned long long count[SILT_CACHE_KINDS], bytes[SILT_CACHE_KINDS]; /* values and their bytes */
	unsigned long long file_bytes;                                       /* of the files in the folder */
};

SILT_API enum silt_status silt_cache_measure(struct silt_cache *cache, struct silt_cache_stats *stats,
					     struct silt_error *err);

/* Forgets what was not used for longest, until the values have at most `bytes` bytes, and gives the room back. */
SILT_API enum silt_status silt_cache_prune(struct silt_cache *cache, unsigned long long bytes,
					   unsigned long long *forgotten, struct silt_error *err);

#ifdef __cplusplus
}
#endif

#endif
