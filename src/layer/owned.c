/* From package databases to claims and facts, and from files that are judged by their content to digests. */
#include "layer/owned.h"

#include "base/limits.h"
#include "base/pages.h"
#include "base/secure.h"
#include "content/archive.h"
#include "layer/watched.h"

#include <stdlib.h>

void silt_owned_done(struct silt_owned *owned)
{
	silt_pages_free(owned->body, SILT_PROVABLE_BYTES_MAX);
	for (size_t kind = 0; kind < SILT_SUM_KINDS; kind++) {
		silt_summer_free(owned->summers[kind]);
	}
	silt_package_reader_done(&owned->reader);
}

/* ---- Claims -------------------------------------------------------------------------------------------------------- */

void silt_claim_id(struct silt_bytes path, enum silt_sum_kind kind, const uint8_t *digest,
		   uint8_t id[static SILT_CLAIM_ID_SIZE])
{
	enum { HASH_SIZE = SILT_CLAIM_ID_SIZE - SILT_CLAIM_PATH_SIZE };
	const uint8_t kind_byte = (uint8_t)kind;
	const struct silt_bytes parts[] = {path, {&kind_byte, 1}, {digest, digest ? silt_sum_size(kind) : 0}};
	uint8_t hash[HASH_SIZE];
	silt_keyed_hash("silt package path", &path, 1, hash, HASH_SIZE);
	memset(id, 0, SILT_CLAIM_ID_SIZE);
	memcpy(id, hash, SILT_CLAIM_PATH_SIZE);
	if (digest) {
		silt_keyed_hash("silt package claim", parts, SILT_COUNT(parts), id + SILT_CLAIM_PATH_SIZE, HASH_SIZE);
	}
}

/* What fits the fields of a claim; there are fewer packages than claims. */
enum { CLAIM_PACKAGE_MAX = (1 << 28) - 1, CLAIM_FLAGS = 15 };

_Static_assert((int)SILT_PACKAGE_FILES_MAX <= (int)CLAIM_PACKAGE_MAX, "a claim can name every package");

/* Files of one package follow each other. */
static enum silt_status take_package(struct silt_owned *owned, struct silt_bytes name, struct silt_error *err)
{
	struct silt_record *record = owned->collector->record;
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
	struct silt_record *record = owned->collector->record;
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
	claim->package = (uint32_t)(record->package_count - 1) & CLAIM_PACKAGE_MAX;
	claim->flags = file->flags & CLAIM_FLAGS;
	silt_claim_id(file->path, file->kind, file->digest, claim->id);
	return SILT_OK;
}

/* "NAME VERSION" */
static enum silt_status take_found(void *ctx, const struct silt_package_found *found, struct silt_error *err)
{
	struct silt_owned *owned = ctx;
	uint8_t text[2 * SILT_PACKAGE_NAME_MAX + 1];
	memcpy(text, found->name.ptr, found->name.len);
	text[found->name.len] = ' ';
	memcpy(text + found->name.len + 1, found->version.ptr, found->version.len);
	const struct silt_fact_seen fact = {.kind = SILT_FACT_PACKAGE,
					    .text = silt_bytes(text, found->name.len + 1 + found->version.len)};
	return silt_collect_fact(owned->collector, owned->entry - 1, &fact, err);
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
	const struct silt_package_sink sink = {take_file, take_found, owned};
	const struct silt_record *record = owned->collector->record;
	const struct silt_entry *header = &record->entries[entry];
	struct silt_path_room room;
	struct silt_bytes path = silt_entry_path(record, header, &room);
	bool file = header->type == SILT_ENTRY_FILE && header->whiteout == SILT_WHITEOUT_NONE &&
		    !(header->flags & SILT_ENTRY_DISPUTED); /* whose word counts for nothing */
	enum silt_package_db db = file ? silt_package_db_at(path) : SILT_PACKAGE_DB_NONE;
	owned->entry = entry + 1;
	owned->seen = 0;
	owned->kept = header->size <= SILT_PROVABLE_BYTES_MAX;
	owned->archive = silt_archive_sniff(start) != NULL;
	owned->pending = false;
	owned->reading = db != SILT_PACKAGE_DB_NONE;
	owned->sums |= silt_sums_of_system(path);
	owned->watched = file && silt_is_watched(record, header, start);
	owned->claims_before = record->claim_count;
	owned->body_len = 0;
	if (owned->reading) {
		silt_package_begin(&owned->reader, db, path, &sink);
	}
}

/* Of the present database. */
static void forget_claims(struct silt_owned *owned)
{
	if (owned->reading) {
		owned->collector->record->claim_count = owned->claims_before;
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
		forget_claims(owned);
	}
	return status;
}

/* Hits come late, so the body is kept until its end. One that comes in one piece, as most do, is not copied. */
static enum silt_status keep(struct silt_owned *owned, const struct silt_tar_event *data, struct silt_error *err)
{
	bool one_piece = data->offset == 0 && data->last && !owned->archive;
	owned->kept = owned->kept && data->bytes.len <= SILT_PROVABLE_BYTES_MAX - owned->body_len;
	if (!owned->kept || one_piece || data->bytes.len == 0) {
		return SILT_OK;
	}
	if (!owned->body && !(owned->body = silt_pages_new(SILT_PROVABLE_BYTES_MAX))) {
		return silt_fail_memory(err);
	}
	memcpy(owned->body + owned->body_len, data->bytes.ptr, data->bytes.len);
	owned->body_len += data->bytes.len;
	return SILT_OK;
}

static struct silt_bytes body_of(const struct silt_owned *owned)
{
	return silt_bytes(owned->body, owned->body_len);
}

static bool has_hits(const struct silt_owned *owned)
{
	const struct silt_record *record = owned->collector->record;
	for (size_t i = owned->hits_seen; i < record->hit_count; i++) {
		if (record->hits[i].place == SILT_HIT_BODY && record->hits[i].entry == owned->entry - 1) {
			return true;
		}
	}
	return false;
}

/*
 * `*known` false: there is no such sum to be had. A libcrypto that is confined to FIPS has no MD5: nothing of dpkg is
 * proven. Fails for memory only.
 */
static enum silt_status sum(struct silt_owned *owned, enum silt_sum_kind kind, struct silt_bytes body, uint8_t *out,
			    bool *known, struct silt_error *err)
{
	struct silt_error why = {0};
	struct silt_summer **summer = &owned->summers[kind];
	enum silt_status status = *summer ? SILT_OK : silt_summer_new(kind, summer, &why);
	if (status == SILT_OK) {
		status = silt_sum(*summer, &body, 1, out, &why);
	}
	*known = status == SILT_OK;
	return status == SILT_ERR_MEMORY ? silt_fail_memory(err) : SILT_OK;
}

/* `sums`: those wanted, one bit for each; 0: all. */
static enum silt_status add_digests(struct silt_owned *owned, struct silt_bytes body, unsigned sums,
				    struct silt_error *err)
{
	struct silt_record *record = owned->collector->record;
	struct silt_body_digests digests = {.entry = owned->entry - 1};
	for (size_t kind = 0; kind < SILT_SUM_KINDS; kind++) {
		bool wanted = sums == 0 || (sums >> kind & 1);
		enum silt_status status = SILT_OK;
		if (wanted) {
			status = sum(owned, (enum silt_sum_kind)kind, body, digests.value[kind], &digests.known[kind],
				     err);
		}
		if (status != SILT_OK) {
			return status;
		}
	}
	if (!silt_grow((void **)&record->digests, record->digest_count, &owned->digest_capacity, sizeof(digests))) {
		return silt_fail_memory(err);
	}
	record->digests[record->digest_count++] = digests;
	return SILT_OK;
}

static enum silt_status end_pieces(struct silt_owned *owned, const struct silt_tar_event *data, struct silt_error *err)
{
	if (!owned->kept || owned->seen != owned->collector->record->entries[owned->entry - 1].size) {
		return SILT_OK;
	}
	bool hits = has_hits(owned);
	if (owned->watched || hits) {
		struct silt_bytes all = data->offset == 0 ? data->bytes : body_of(owned);
		return add_digests(owned, all, hits ? 0 : owned->sums, err);
	}
	owned->pending = owned->archive;
	return SILT_OK;
}

enum silt_status silt_owned_data(struct silt_owned *owned, struct silt_collector *collector, uint32_t entry,
				 const struct silt_tar_event *data, struct silt_error *err)
{
	if (entry == UINT32_MAX) {
		return SILT_OK;
	}
	owned->collector = collector;
	if (owned->entry != entry + 1) {
		begin(owned, entry, data->bytes);
	}
	if (data->offset != owned->seen) { /* a hole of a sparse file; its bytes are not those that were packed */
		forget_claims(owned);
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
		status = add_digests(owned, body_of(owned), 0, err);
	}
	owned->pending = false;
	owned->hits_seen = owned->collector ? owned->collector->record->hit_count : 0;
	return status;
}

/* ---- Looking up ---------------------------------------------------------------------------------------------------- */

/* The first claim whose id is not below the first `size` bytes of `id`. */
static size_t lower_bound(const struct silt_record *record, const uint8_t *id, size_t size)
{
	size_t low = 0, high = record->claim_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (memcmp(record->claims[middle].id, id, size) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

const struct silt_package *silt_record_claim(const struct silt_record *record,
					     const uint8_t id[static SILT_CLAIM_ID_SIZE])
{
	size_t at = lower_bound(record, id, SILT_CLAIM_ID_SIZE);
	bool found = at < record->claim_count && memcmp(record->claims[at].id, id, SILT_CLAIM_ID_SIZE) == 0;
	return found ? &record->packages[record->claims[at].package] : NULL;
}

const struct silt_claim *silt_record_claims_of(const struct silt_record *record,
					       const uint8_t id[static SILT_CLAIM_PATH_SIZE], size_t *count)
{
	size_t first = lower_bound(record, id, SILT_CLAIM_PATH_SIZE), end = first;
	while (end < record->claim_count && memcmp(record->claims[end].id, id, SILT_CLAIM_PATH_SIZE) == 0) {
		end++;
	}
	*count = end - first;
	return *count > 0 ? &record->claims[first] : NULL;
}

bool silt_claim_has_digest(const struct silt_claim *claim)
{
	return !silt_bytes_all(silt_bytes(claim->id + SILT_CLAIM_PATH_SIZE, SILT_CLAIM_ID_SIZE - SILT_CLAIM_PATH_SIZE),
			       0);
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
