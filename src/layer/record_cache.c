/* From blobs to keys, and from values to records. */
#include "layer/record_cache.h"

#include "base/secure.h"
#include "layer/engine.h"
#include "layer/record_pack.h"
#include "secret/rule_digest.h"
#include "silt/version.h"

#include <poll.h>
#include <stdlib.h>

/* ---- Keys ------------------------------------------------------------------------------------------------------------ */

struct key {
	unsigned char bytes[SILT_CACHE_KEY_SIZE];
};

static struct key key_of(const struct silt_record_cache *cache, enum silt_cache_kind kind,
			 const struct silt_digest *digest)
{
	const uint8_t kind_byte = (uint8_t)kind;
	const struct silt_bytes parts[] = {{&kind_byte, 1},
					   {digest->sha256, sizeof(digest->sha256)},
					   {cache->circumstances, sizeof(cache->circumstances)}};
	struct key key;
	silt_keyed_hash("silt cache key", parts, SILT_COUNT(parts), key.bytes, sizeof(key.bytes));
	return key;
}

/* All limits, whether a survey asks for them or not: who changes one is not in a hurry. */
static void write_limits(const struct silt_limits *limits, uint8_t out[static 8 * SILT_LIMIT_COUNT])
{
	for (size_t i = 0; i < SILT_LIMIT_COUNT; i++) {
		for (size_t byte = 0; byte < 8; byte++) {
			out[8 * i + byte] = (uint8_t)(limits->value[i] >> (8 * byte));
		}
	}
}

enum silt_status silt_record_cache_init(struct silt_record_cache *cache, const struct silt_cache_access *access,
					const struct silt_matcher *matcher, const struct silt_limits *limits,
					struct silt_error *err)
{
	static const uint8_t format = SILT_RECORD_FORMAT;
	uint8_t engine[SILT_ENGINE_ID_SIZE], rules[SILT_RULE_DIGEST_SIZE], values[8 * SILT_LIMIT_COUNT];
	*cache = (struct silt_record_cache){.access = access, .matcher = matcher};
	if (!access) {
		return SILT_OK;
	}
	if (silt_engine_id(engine, err) != SILT_OK || !silt_matcher_digest(matcher, rules)) {
		return silt_fail_memory(err);
	}
	write_limits(silt_limits_or_default(limits), values);
	const struct silt_bytes parts[] = {{&format, 1},
					   silt_bytes_text(SILT_VERSION_TEXT),
					   {engine, sizeof(engine)},
					   {rules, sizeof(rules)},
					   {values, sizeof(values)}};
	silt_keyed_hash("silt cache", parts, SILT_COUNT(parts), cache->circumstances, sizeof(cache->circumstances));
	return SILT_OK;
}

/* ---- Finding --------------------------------------------------------------------------------------------------------- */

struct value {
	void *bytes; /* owns */
	size_t size;
};

static struct silt_bytes bytes_of(const struct value *value)
{
	return silt_bytes(value->bytes, value->size);
}

static bool fetch(const struct silt_record_cache *cache, enum silt_cache_kind kind, const struct silt_digest *digest,
		  struct value *value)
{
	const struct key key = key_of(cache, kind, digest);
	return cache->access->find(cache->access->ctx, kind, key.bytes, &value->bytes, &value->size);
}

static void refuse(const struct silt_record_cache *cache, enum silt_cache_kind kind, const struct silt_digest *digest)
{
	const struct key key = key_of(cache, kind, digest);
	cache->access->refuse(cache->access->ctx, kind, key.bytes);
}

/* A blob that is compressed says which layer it holds; one that is not is it. */
static enum silt_status find_layer(const struct silt_record_cache *cache, const struct silt_layer_blob *blob,
				   struct value *of_blob, struct silt_digest *diff_id, bool *found)
{
	struct silt_error why = {0};
	*diff_id = blob->digest;
	*found = blob->compression == SILT_COMPRESSION_NONE;
	if (*found || !fetch(cache, SILT_CACHE_BLOB, &blob->digest, of_blob)) {
		return SILT_OK;
	}
	const enum silt_status status = silt_record_unpack_diff_id(bytes_of(of_blob), cache->matcher, diff_id, &why);
	*found = status == SILT_OK;
	if (status == SILT_ERR_INPUT) {
		refuse(cache, SILT_CACHE_BLOB, &blob->digest);
	}
	return status == SILT_ERR_MEMORY ? status : SILT_OK;
}

/* What was kept under another digest, or of a blob of another size, is of another blob. */
static bool is_of(const struct silt_record *record, const struct silt_layer_blob *blob)
{
	return silt_digest_equal(&record->digest, &blob->digest) && record->compression == blob->compression &&
	       (blob->bytes == UINT64_MAX || blob->bytes == record->blob_bytes);
}

static enum silt_status make_record(const struct silt_record_cache *cache, const struct silt_layer_blob *blob,
				    const struct silt_digest *diff_id, struct silt_bytes of_layer,
				    struct silt_bytes of_blob, struct silt_record **out)
{
	struct silt_error why = {0};
	const enum silt_status status = silt_record_unpack(of_layer, of_blob, cache->matcher, out, &why);
	if (status == SILT_OK && !is_of(*out, blob)) {
		silt_record_free(*out);
		*out = NULL;
	}
	if (status == SILT_ERR_INPUT) {
		refuse(cache, SILT_CACHE_LAYER, diff_id);
		if (of_blob.len > 0) {
			refuse(cache, SILT_CACHE_BLOB, &blob->digest);
		}
	}
	return status == SILT_ERR_MEMORY ? status : SILT_OK;
}

/* One look, without waiting. `*out` NULL: a miss. */
static enum silt_status look(const struct silt_record_cache *cache, const struct silt_layer_blob *blob,
			     struct silt_record **out)
{
	struct value of_blob = {0}, of_layer = {0};
	struct silt_digest diff_id;
	bool found = false;
	enum silt_status status = find_layer(cache, blob, &of_blob, &diff_id, &found);
	if (found && fetch(cache, SILT_CACHE_LAYER, &diff_id, &of_layer)) {
		status = make_record(cache, blob, &diff_id, bytes_of(&of_layer), bytes_of(&of_blob), out);
	}
	free(of_blob.bytes);
	free(of_layer.bytes);
	return status;
}

/* False: it could not be had for long, and somebody who was stopped may have it. */
static bool claim(const struct silt_record_cache *cache, const struct silt_layer_blob *blob)
{
	const struct key key = key_of(cache, SILT_CACHE_BLOB, &blob->digest);
	return cache->access->claim(cache->access->ctx, key.bytes);
}

enum silt_status silt_cache_find(const struct silt_record_cache *cache, const struct silt_layer_blob *blob,
				 struct silt_pulse pulse, struct silt_record **out, struct silt_error *err)
{
	*out = NULL;
	if (!cache->access) {
		return SILT_OK;
	}
	enum silt_status status = look(cache, blob, out);
	bool claimed = false;
	for (size_t waits = 0; status == SILT_OK && !*out && !claimed && waits < SILT_CACHE_WAITS_MAX; waits++) {
		claimed = claim(cache, blob);
		if (!claimed) {
			(void)poll(NULL, 0, SILT_CACHE_WAIT_MS);
			silt_pulse_beat(pulse);
		}
		status = look(cache, blob, out); /* it may have come between the last look and the claim */
	}
	if (claimed && (*out || status != SILT_OK)) {
		silt_cache_release(cache, blob);
	}
	return status == SILT_OK ? SILT_OK : silt_fail_memory(err);
}

/* ---- Keeping --------------------------------------------------------------------------------------------------------- */

static void put(const struct silt_record_cache *cache, enum silt_cache_kind kind, const struct silt_digest *digest,
		const struct silt_buffer *value)
{
	const struct key key = key_of(cache, kind, digest);
	cache->access->keep(cache->access->ctx, kind, key.bytes, value->ptr, value->len);
}

/* First the layer: a blob in the cache names one that is there. */
static enum silt_status keep(const struct silt_record_cache *cache, const struct silt_record *record,
			     struct silt_error *err)
{
	struct silt_buffer layer = {0}, blob = {0};
	struct silt_error why = {0};
	const enum silt_status status = silt_record_pack(record, &layer, &blob, &why);
	if (status == SILT_OK && layer.len <= SILT_CACHE_VALUE_MAX && blob.len <= SILT_CACHE_VALUE_MAX) {
		put(cache, SILT_CACHE_LAYER, &record->diff_id, &layer);
		if (blob.len > 0) {
			put(cache, SILT_CACHE_BLOB, &record->digest, &blob);
		}
	}
	silt_buffer_done(&layer);
	silt_buffer_done(&blob);
	return status == SILT_ERR_MEMORY ? silt_fail_memory(err) : SILT_OK;
}

enum silt_status silt_cache_keep(const struct silt_record_cache *cache, const struct silt_layer_blob *blob,
				 const struct silt_record *record, struct silt_error *err)
{
	const char *why = NULL;
	if (!cache->access) {
		return SILT_OK;
	}
	enum silt_status status = silt_record_refusal(record, cache->matcher, &why, err);
	if (status == SILT_OK && !why) {
		status = keep(cache, record, err);
	}
	silt_cache_release(cache, blob);
	return status;
}

void silt_cache_release(const struct silt_record_cache *cache, const struct silt_layer_blob *blob)
{
	const struct key key = key_of(cache, SILT_CACHE_BLOB, &blob->digest);
	if (cache->access) {
		cache->access->release(cache->access->ctx, key.bytes);
	}
}
