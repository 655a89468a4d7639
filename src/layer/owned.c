/* From package databases to claims, and from files with hits to digests. */
#include "layer/owned.h"

#include "base/limits.h"
#include "base/secure.h"
#include "content/archive.h"

#include <stdlib.h>

void silt_owned_done(struct silt_owned *owned)
{
	silt_buffer_done(&owned->body);
	for (size_t kind = 0; kind < SILT_SUM_KINDS; kind++) {
		silt_summer_free(owned->summers[kind]);
	}
	silt_package_reader_done(&owned->reader);
}

/* ---- Claims -------------------------------------------------------------------------------------------------------- */

void silt_claim_id(struct silt_bytes path, enum silt_sum_kind kind, const uint8_t *digest,
		   uint8_t id[static SILT_CLAIM_ID_SIZE])
{
	const uint8_t kind_byte = (uint8_t)kind;
	const struct silt_bytes parts[] = {path, {&kind_byte, 1}, {digest, silt_sum_size(kind)}};
	silt_keyed_hash("silt package claim", parts, SILT_COUNT(parts), id, SILT_CLAIM_ID_SIZE);
}

/* Files of one package follow each other. */
static enum silt_status take_package(struct silt_owned *owned, struct silt_bytes name, struct silt_error *err)
{
	struct silt_record *record = owned->record;
	uint32_t database = owned->entry - 1;
	const struct silt_package *last = record->package_count > 0 ? &record->packages[record->package_count - 1]
								    : NULL;
	if (last && last->database == database && silt_bytes_equal(last->name, name)) {
		return SILT_OK;
	}
	struct silt_package package = {
		.name = silt_arena_copy(&record->arena, name),
		.database = database,
		.kind = owned->reader.db,
	};
	if (!package.name.ptr ||
	    !silt_grow((void **)&record->packages, record->package_count, &owned->package_capacity, sizeof(package))) {
		return silt_fail_memory(err);
	}
	record->packages[record->package_count++] = package;
	return SILT_OK;
}

static enum silt_status take_file(void *ctx, const struct silt_package_file *file, struct silt_error *err)
{
	struct silt_owned *owned = ctx;
	struct silt_record *record = owned->record;
	if (record->claim_count >= SILT_PACKAGE_FILES_MAX) {
		return SILT_OK;
	}
	enum silt_status status = take_package(owned, file->package, err);
	if (status != SILT_OK) {
		return status;
	}
	if (!silt_grow((void **)&record->claims, record->claim_count, &owned->claim_capacity,
		       sizeof(*record->claims))) {
		return silt_fail_memory(err);
	}
	struct silt_claim *claim = &record->claims[record->claim_count++];
	claim->package = (uint32_t)(record->package_count - 1);
	silt_claim_id(file->path, file->kind, file->digest, claim->id);
	return SILT_OK;
}

static int order_claims(const void *left, const void *right)
{
	const struct silt_claim *a = left, *b = right;
	int order = memcmp(a->id, b->id, sizeof(a->id));
	return order != 0 ? order : (a->package > b->package) - (a->package < b->package);
}

void silt_owned_end(struct silt_record *record)
{
	if (record->claim_count > 0) {
		qsort(record->claims, record->claim_count, sizeof(*record->claims), order_claims);
	}
}

/* ---- Bodies -------------------------------------------------------------------------------------------------------- */

static void begin(struct silt_owned *owned, uint32_t entry, struct silt_bytes start)
{
	const struct silt_entry *header = &owned->record->entries[entry];
	struct silt_bytes path = silt_entry_path(header);
	bool file = header->type == SILT_ENTRY_FILE && header->whiteout == SILT_WHITEOUT_NONE;
	enum silt_package_db db = file ? silt_package_db_at(path) : SILT_PACKAGE_DB_NONE;
	owned->entry = entry + 1;
	owned->seen = 0;
	owned->kept = header->size <= SILT_PROVABLE_BYTES_MAX;
	owned->archive = silt_archive_sniff(start) != NULL;
	owned->pending = false;
	owned->reading = db != SILT_PACKAGE_DB_NONE;
	owned->claims_before = owned->record->claim_count;
	silt_buffer_clear(&owned->body);
	if (owned->reading) {
		silt_package_begin(&owned->reader, db, path, take_file, owned);
	}
}

/* A package that says that it came from nowhere in particular proves nothing about its files. */
static enum silt_status read_database(struct silt_owned *owned, const struct silt_tar_event *data,
				      struct silt_error *err)
{
	if (!owned->reading) {
		return SILT_OK;
	}
	enum silt_status status = silt_package_feed(&owned->reader, data->bytes, data->last, err);
	if (status == SILT_OK && data->last && silt_package_is_local(&owned->reader)) {
		owned->record->claim_count = owned->claims_before;
	}
	return status;
}

/* Hits come late, so the body is kept until its end. One that comes in one piece, as most do, is not copied. */
static enum silt_status keep(struct silt_owned *owned, const struct silt_tar_event *data, struct silt_error *err)
{
	bool one_piece = data->offset == 0 && data->last && !owned->archive;
	owned->kept = owned->kept && data->bytes.len <= SILT_PROVABLE_BYTES_MAX - owned->body.len;
	if (!owned->kept || one_piece) {
		return SILT_OK;
	}
	silt_buffer_add(&owned->body, data->bytes);
	return owned->body.failed ? silt_fail_memory(err) : SILT_OK;
}

static bool has_hits(const struct silt_owned *owned)
{
	const struct silt_record *record = owned->record;
	for (size_t i = owned->hits_seen; i < record->hit_count; i++) {
		if (record->hits[i].place == SILT_HIT_BODY && record->hits[i].entry == owned->entry - 1) {
			return true;
		}
	}
	return false;
}

/* False if there is no such sum to be had. A libcrypto that is confined to FIPS has no MD5: nothing of dpkg is proven. */
static bool sum(struct silt_owned *owned, enum silt_sum_kind kind, struct silt_bytes body, uint8_t *out)
{
	struct silt_error ignored = {0};
	struct silt_summer **summer = &owned->summers[kind];
	if (!*summer && silt_summer_new(kind, summer, &ignored) != SILT_OK) {
		return false;
	}
	return silt_sum(*summer, &body, 1, out);
}

static enum silt_status add_digests(struct silt_owned *owned, struct silt_bytes body, struct silt_error *err)
{
	struct silt_record *record = owned->record;
	struct silt_body_digests digests = {.entry = owned->entry - 1};
	for (size_t kind = 0; kind < SILT_SUM_KINDS; kind++) {
		digests.known[kind] = sum(owned, (enum silt_sum_kind)kind, body, digests.value[kind]);
	}
	if (!silt_grow((void **)&record->digests, record->digest_count, &owned->digest_capacity, sizeof(digests))) {
		return silt_fail_memory(err);
	}
	record->digests[record->digest_count++] = digests;
	return SILT_OK;
}

static enum silt_status end_pieces(struct silt_owned *owned, const struct silt_tar_event *data, struct silt_error *err)
{
	if (!owned->kept || owned->seen != owned->record->entries[owned->entry - 1].size) {
		return SILT_OK;
	}
	if (has_hits(owned)) {
		struct silt_bytes all = data->offset == 0 ? data->bytes : silt_buffer_bytes(&owned->body);
		return add_digests(owned, all, err);
	}
	owned->pending = owned->archive;
	return SILT_OK;
}

enum silt_status silt_owned_data(struct silt_owned *owned, struct silt_record *record, uint32_t entry,
				 const struct silt_tar_event *data, struct silt_error *err)
{
	if (entry == UINT32_MAX) {
		return SILT_OK;
	}
	owned->record = record;
	if (owned->entry != entry + 1) {
		begin(owned, entry, data->bytes);
	}
	if (data->offset != owned->seen) { /* a hole of a sparse file; its bytes are not those that were packed */
		record->claim_count = owned->reading ? owned->claims_before : record->claim_count;
		owned->kept = owned->reading = false;
	}
	owned->seen = data->offset + data->bytes.len;
	enum silt_status status = read_database(owned, data, err);
	if (status == SILT_OK) {
		status = keep(owned, data, err);
	}
	return status == SILT_OK && data->last ? end_pieces(owned, data, err) : status;
}

enum silt_status silt_owned_body_end(struct silt_owned *owned, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	if (owned->pending && has_hits(owned)) {
		status = add_digests(owned, silt_buffer_bytes(&owned->body), err);
	}
	owned->pending = false;
	owned->hits_seen = owned->record ? owned->record->hit_count : 0;
	return status;
}

/* ---- Looking up ---------------------------------------------------------------------------------------------------- */

const struct silt_package *silt_record_claim(const struct silt_record *record,
					     const uint8_t id[static SILT_CLAIM_ID_SIZE])
{
	size_t low = 0, high = record->claim_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (memcmp(record->claims[middle].id, id, SILT_CLAIM_ID_SIZE) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	bool found = low < record->claim_count && memcmp(record->claims[low].id, id, SILT_CLAIM_ID_SIZE) == 0;
	return found ? &record->packages[record->claims[low].package] : NULL;
}

static int order_digests(const void *left, const void *right)
{
	const struct silt_body_digests *a = left, *b = right;
	return (a->entry > b->entry) - (a->entry < b->entry);
}

const struct silt_body_digests *silt_record_digests(const struct silt_record *record, uint32_t index)
{
	const struct silt_body_digests key = {.entry = index};
	return record->digest_count == 0
		       ? NULL
		       : bsearch(&key, record->digests, record->digest_count, sizeof(key), order_digests);
}
