/* The stream of a bundle. */
#include "audit/outer.h"

#include "audit/look.h"
#include "base/limits.h"
#include "stream/tar_header.h"

enum { TAR_READER, HASH_READER }; /* of the relay */

static void see_file(void *ctx, struct silt_bytes block)
{
	struct silt_outer *outer = ctx;
	atomic_fetch_add_explicit(&outer->bytes_read, block.len, memory_order_relaxed);
	if (outer->file_hasher) {
		silt_hasher_add(outer->file_hasher, block);
	}
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

/* The first folder of a name is one that root filesystems have. */
static bool is_of_root(struct silt_bytes name)
{
	static const struct silt_bytes folders[] = {
		SILT_LITERAL_INIT(".dockerenv"), SILT_LITERAL_INIT("bin"),  SILT_LITERAL_INIT("boot"),
		SILT_LITERAL_INIT("dev"),        SILT_LITERAL_INIT("etc"),  SILT_LITERAL_INIT("home"),
		SILT_LITERAL_INIT("lib"),        SILT_LITERAL_INIT("opt"),  SILT_LITERAL_INIT("proc"),
		SILT_LITERAL_INIT("root"),       SILT_LITERAL_INIT("sbin"), SILT_LITERAL_INIT("usr"),
	};
	const uint8_t *slash = memchr(name.ptr, '/', name.len);
	const struct silt_bytes first = silt_bytes_slice(name, 0, slash ? (size_t)(slash - name.ptr) : name.len);
	bool found = false;
	for (size_t i = 0; i < SILT_COUNT(folders); i++) {
		found = found || silt_bytes_equal(first, folders[i]);
	}
	return found;
}

/*
 * The first name of the tar says so, that of the folder itself and headers that are not of a file left aside. A guess: it
 * decides who reads layers, and nothing else.
 */
static bool begins_like_root(struct silt_bytes left)
{
	struct silt_tar_header header;
	while (left.len >= SILT_TAR_BLOCK && !silt_tar_header_read(left.ptr, &header)) {
		const bool here = silt_bytes_start_with(header.name, SILT_LITERAL("./"));
		const struct silt_bytes name = silt_bytes_slice(header.name, here ? 2 : 0, SIZE_MAX);
		if (name.len > 0 && !memchr("xgLKV", header.type, 5)) {
			return is_of_root(name);
		}
		left = silt_bytes_slice(left, SILT_TAR_BLOCK, SIZE_MAX);
		const uint64_t size = header.size > 0 ? (uint64_t)header.size : 0;
		const uint64_t blocks = size / SILT_TAR_BLOCK + (size % SILT_TAR_BLOCK > 0);
		left = blocks <= left.len / SILT_TAR_BLOCK
			       ? silt_bytes_slice(left, (size_t)blocks * SILT_TAR_BLOCK, SIZE_MAX)
			       : silt_bytes(NULL, 0);
	}
	return false;
}

static enum silt_status wants_relay(struct silt_outer *outer, bool *wanted, struct silt_error *err)
{
	struct silt_bytes start = silt_bytes(NULL, 0);
	enum silt_status status = silt_peek_bytes(outer->peek, SILT_TAR_BLOCK, &start, err);
	const uint64_t total = outer->bundle->total; /* 0: of a pipe */
	const bool large = total >= SILT_THREADS_WORTH &&
			   (silt_compression_sniff(start) != SILT_COMPRESSION_NONE || begins_like_root(start));
	*wanted = total == 0 || large;
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
	if (status == SILT_OK && bundle->hashes) {
		status = silt_hasher_new(&outer->file_hasher, err);
	}
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
	silt_hasher_free(outer->file_hasher);
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
	return plain && !outer->file_hasher ? outer->bundle->file : NULL;
}

enum silt_status silt_outer_end_file(struct silt_outer *outer, struct silt_digest *out, struct silt_error *err)
{
	*out = (struct silt_digest){.known = false};
	if (!outer->file_hasher) {
		return SILT_OK;
	}
	const enum silt_status status = silt_source_drain(silt_tap(&outer->file_tap), err);
	if (status == SILT_OK) {
		silt_hasher_end(outer->file_hasher, out);
	}
	return status;
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
