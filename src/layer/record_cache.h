/*
 * What an audit knows of layers from earlier audits.
 *
 *     find ──► a record: there is nothing to survey
 *      └─────► none: the layer is claimed ──► survey ──► keep, or release if there is nothing to be kept
 *
 * All functions may be called by several threads at once. A thread has one claim at most: two that wait for each other's
 * would do so until a wait ends.
 */
#ifndef SILT_LAYER_RECORD_CACHE_H
#define SILT_LAYER_RECORD_CACHE_H

#include "base/pulse.h"
#include "layer/record.h"
#include "silt/cache.h"

/* Of one audit. Fields are private. */
struct silt_record_cache {
	const struct silt_cache_access *access; /* borrows; NULL: there is no cache, and every find is a miss */
	const struct silt_matcher *matcher;     /* borrows */
	uint8_t circumstances[32];              /* hash of all that makes a record what it is, beside the layer */
};

/* `access` NULL: without a cache. `limits` NULL: the defaults. What is borrowed outlives it. SILT_ERR_MEMORY. */
enum silt_status silt_record_cache_init(struct silt_record_cache *cache, const struct silt_cache_access *access,
					const struct silt_matcher *matcher, const struct silt_limits *limits,
					struct silt_error *err);

/* The blob of a layer, before it is surveyed. */
struct silt_layer_blob {
	struct silt_digest digest;         /* of the blob as stored: computed, or believed */
	uint64_t bytes;                    /* of it; UINT64_MAX: not known */
	enum silt_compression compression; /* by its first bytes */
};

/*
 * `*out` becomes the record of the layer, the caller's, or NULL: then the blob is claimed, and the caller ends that by
 * silt_cache_keep or silt_cache_release. Waits while somebody else surveys the blob, and beats the pulse.
 *
 * A survey counts what it uses up of the budgets of all layers, and so does who takes a record: silt_record_unpacked
 * bytes of total-bytes, `entry_bytes` of entry-bytes-total. If one of them does not fit, the layer must be surveyed, so
 * that a cache changes nothing about what is told. SILT_ERR_MEMORY only, without a claim.
 */
enum silt_status silt_cache_find(const struct silt_record_cache *cache, const struct silt_layer_blob *blob,
				 struct silt_pulse pulse, struct silt_record **out, struct silt_error *err);

/*
 * Keeps what was found out about the blob that was claimed, if it may be kept (record_pack.h), and ends the claim. It is
 * kept under the digest that the record has. SILT_ERR_MEMORY and SILT_ERR_INTERNAL; the claim ends all the same.
 */
enum silt_status silt_cache_keep(const struct silt_record_cache *cache, const struct silt_layer_blob *blob,
				 const struct silt_record *record, struct silt_error *err);

/* Ends the claim. */
void silt_cache_release(const struct silt_record_cache *cache, const struct silt_layer_blob *blob);

/* Bytes that decompression made of the layer and of the archives in it. */
static inline uint64_t silt_record_unpacked(const struct silt_record *record)
{
	return record->nested_bytes + (record->compression != SILT_COMPRESSION_NONE ? record->bytes : 0);
}

#endif
