/* The stream of a bundle. */
#include "audit/outer.h"

#include "audit/look.h"
#include "bundle/inventory.h"

enum { TAR_READER, HASH_READER }; /* of the relay */

enum { HEADER_BYTES = 512, NAME_BYTES = 100 /* at its start */ };

static void see_file(void *ctx, struct silt_bytes block)
{
	struct silt_outer *outer = ctx;
	atomic_fetch_add_explicit(&outer->bytes_read, block.len, memory_order_relaxed);
}

static void see_tar(void *ctx, struct silt_bytes block)
{
	struct silt_outer *outer = ctx;
	if (atomic_load_explicit(&outer->hashes, memory_order_relaxed)) {
		silt_hasher_add(outer->hasher, block);
	}
}

/* ---- Threads ------------------------------------------------------------------------------------------------------- */

static enum silt_status read_ahead(void *ctx, struct silt_error *err)
{
	struct silt_outer *outer = ctx;
	return silt_relay_pump(outer->relay, silt_inflate_source(outer->inflate), err);
}

static enum silt_status hash_beside(void *ctx, struct silt_error *err)
{
	struct silt_outer *outer = ctx;
	return silt_source_drain(silt_tap(&outer->tar_tap), err);
}

static enum silt_status start_threads(struct silt_outer *outer, struct silt_error *err)
{
	outer->reading = (struct silt_stage){.run = read_ahead, .ctx = outer};
	outer->hashing = (struct silt_stage){.run = hash_beside, .ctx = outer};
	enum silt_status status = silt_stage_start(&outer->hashing, err);
	return status == SILT_OK ? silt_stage_start(&outer->reading, err) : status;
}

enum silt_status silt_outer_join(struct silt_outer *outer, enum silt_status status, struct silt_error *err)
{
	if (outer->relay && status != SILT_OK) {
		silt_relay_leave(outer->relay, TAR_READER);
	}
	status = silt_stage_end(&outer->reading, status, err);
	return silt_stage_end(&outer->hashing, status, err);
}

/* ---- Opening ------------------------------------------------------------------------------------------------------- */

static bool begins_like_save(struct silt_bytes start)
{
	struct silt_bytes name = silt_bytes_slice(start, 0, NAME_BYTES);
	const uint8_t *end = name.len > 0 ? memchr(name.ptr, 0, name.len) : NULL;
	name.len = end ? (size_t)(end - name.ptr) : name.len;
	const struct silt_member other = {.name = name, .kind = SILT_MEMBER_OTHER};
	const struct silt_member layer = {.name = name, .kind = SILT_MEMBER_TAR};
	return silt_member_is_telling(&other) || silt_member_is_of_save(&layer);
}

static enum silt_status wants_relay(struct silt_outer *outer, bool *wanted, struct silt_error *err)
{
	struct silt_bytes start;
	enum silt_status status = silt_peek_bytes(outer->peek, HEADER_BYTES, &start, err);
	*wanted = status == SILT_OK &&
		  (!outer->bundle->file || outer->bundle->total == 0 ||
		   silt_compression_sniff(start) != SILT_COMPRESSION_NONE || !begins_like_save(start));
	return status;
}

static enum silt_status look_at_start(struct silt_outer *outer, const struct silt_limits *limits, bool *staged,
				      struct silt_error *err)
{
	enum silt_status status = silt_peek_new(silt_tap(&outer->file_tap), &outer->peek, err);
	if (status == SILT_OK) {
		status = silt_demand_tar(outer->peek, limits, err);
	}
	return status == SILT_OK && *staged ? wants_relay(outer, staged, err) : status;
}

enum silt_status silt_outer_open(struct silt_outer *outer, struct silt_bundle *bundle, const struct silt_limits *limits,
				 struct silt_survey *survey, bool threads, struct silt_error *err)
{
	bool staged = threads;
	outer->bundle = bundle;
	outer->survey = survey;
	outer->file_tap = (struct silt_tap){silt_bundle_source(bundle), see_file, outer, 0};
	outer->tar_tap = (struct silt_tap){.see = see_tar, .ctx = outer};
	atomic_store(&outer->hashes, true);
	enum silt_status status = silt_hasher_new(&outer->hasher, err);
	if (status == SILT_OK) {
		status = look_at_start(outer, limits, &staged, err);
	}
	if (status == SILT_OK && staged) {
		status = silt_relay_new(SILT_RELAY_READERS, &outer->relay, err);
	}
	if (status == SILT_OK) {
		status = silt_inflate_new(silt_peek_source(outer->peek), staged ? silt_relay_aside : silt_survey_aside,
					  staged ? (void *)outer->relay : (void *)survey, limits, &outer->inflate, err);
	}
	if (status != SILT_OK) {
		return status;
	}
	silt_inflate_set_budget(outer->inflate, (struct silt_inflate_budget){.own = SILT_LIMIT_TOTAL_BYTES});
	outer->tar_tap.inner = staged ? silt_relay_source(outer->relay, HASH_READER, NULL, NULL)
				      : silt_inflate_source(outer->inflate);
	return staged ? start_threads(outer, err) : SILT_OK;
}

void silt_outer_done(struct silt_outer *outer)
{
	silt_relay_free(outer->relay);
	silt_inflate_free(outer->inflate);
	silt_peek_free(outer->peek);
	silt_hasher_free(outer->hasher);
}

/* ---- Reading ------------------------------------------------------------------------------------------------------- */

struct silt_source silt_outer_source(struct silt_outer *outer)
{
	return outer->relay ? silt_relay_source(outer->relay, TAR_READER, silt_survey_aside, outer->survey)
			    : silt_tap(&outer->tar_tap);
}

void silt_outer_stop_hashing(struct silt_outer *outer)
{
	atomic_store_explicit(&outer->hashes, false, memory_order_relaxed);
}

struct silt_fd_source *silt_outer_file(const struct silt_outer *outer)
{
	const bool plain = !outer->relay && silt_inflate_report(outer->inflate)->compression == SILT_COMPRESSION_NONE;
	return plain ? outer->bundle->file : NULL;
}

uint64_t silt_outer_bytes(const struct silt_outer *outer)
{
	return atomic_load_explicit(&outer->bytes_read, memory_order_relaxed);
}

const struct silt_inflate_report *silt_outer_report(const struct silt_outer *outer)
{
	return silt_inflate_report(outer->inflate);
}

void silt_outer_describe(struct silt_outer *outer, struct silt_record *record)
{
	silt_hasher_end(outer->hasher, &record->diff_id);
	record->digest = record->diff_id;
	record->bytes = outer->tar_tap.total;
	record->blob_bytes = outer->file_tap.total;
}
