/* Layers: surveyed here, in one thread or in stages, or handed to the crew, or known from before. */
#include "audit/layers.h"

void silt_taker_begin(struct silt_taker *taker, const struct silt_survey_wish *wish, struct silt_result *result)
{
	taker->wish = *wish;
	taker->result = result;
	silt_spare_searches_init(&taker->searches);
	taker->wish.total = &taker->decompressed;
	taker->wish.entry_bytes = &taker->entry_bytes;
	taker->wish.spare = &taker->searches;
}

void silt_taker_done(struct silt_taker *taker)
{
	silt_crew_free(taker->crew);
	silt_spare_searches_done(&taker->searches);
}

bool silt_taker_was_short(const struct silt_taker *taker)
{
	const uint64_t *limits = taker->wish.limits->value;
	return taker->crew && (silt_shared_was_short(&taker->decompressed, limits[SILT_LIMIT_TOTAL_BYTES]) ||
			       silt_shared_was_short(&taker->entry_bytes, limits[SILT_LIMIT_ENTRY_BYTES_TOTAL]));
}

enum silt_status silt_add_record(struct silt_result *result, struct silt_record *record, uint32_t *number,
				 struct silt_error *err)
{
	if (!silt_grow((void **)&result->records, result->record_count, &result->record_capacity,
		       sizeof(struct silt_record *))) {
		silt_record_free(record);
		return silt_fail_memory(err);
	}
	*number = (uint32_t)result->record_count;
	result->records[result->record_count++] = record;
	return SILT_OK;
}

static void complete_layer(struct silt_member *member, const struct silt_record *record)
{
	member->kind = SILT_MEMBER_TAR;
	member->bytes = record->blob_bytes;
	member->digest = record->digest;
	member->content = record->diff_id;
	member->compression = record->compression;
	member->damaged = !record->complete;
}

/*
 * Whether the stages of a layer may be in several threads. What comes out of it and what comes out of the archives in it
 * use up one budget, in an order that is then nobody's: so there must be enough for both.
 */
static bool may_stage(const struct silt_taker *to, const struct silt_member *member)
{
	const uint64_t *limits = to->wish.limits->value;
	const uint64_t left = silt_shared_left(&to->decompressed, limits[SILT_LIMIT_TOTAL_BYTES]);
	return to->jobs > 1 && member->bytes >= SILT_THREADS_WORTH && left > limits[SILT_LIMIT_LAYER_BYTES] &&
	       left - limits[SILT_LIMIT_LAYER_BYTES] > limits[SILT_LIMIT_NESTED_BYTES];
}

/* Takes the record, and completes the member with it. */
static enum silt_status keep_layer(struct silt_taker *to, struct silt_record *record, struct silt_member *member,
				   struct silt_error *err)
{
	enum silt_status status = silt_add_record(to->result, record, &member->record, err);
	if (status != SILT_OK) {
		return status;
	}
	complete_layer(member, record);
	to->layers++;
	to->hits += record->hit_count;
	return SILT_OK;
}

static enum silt_status take_layer(struct silt_taker *to, struct silt_source blob, struct silt_member *member,
				   struct silt_error *err)
{
	struct silt_record *record = NULL;
	to->wish.staged = may_stage(to, member);
	enum silt_status status = silt_survey_layer(blob, &to->wish, &record, err);
	return status == SILT_OK ? keep_layer(to, record, member, err) : status;
}

/* ---- The crew ------------------------------------------------------------------------------------------------------ */

static enum silt_status note_length(struct silt_taker *to, const struct silt_crew_job *job,
				    const struct silt_record *record, struct silt_error *err)
{
	if (record->blob_bytes == job->range.size) {
		return SILT_OK;
	}
	to->result->inventory.truncated = true;
	return silt_survey_anomaly(to->outer, SILT_ANOMALY_TAR_TRUNCATED, SILT_LIMIT_NONE, err,
				   "the file got shorter while it was read");
}

static bool is_for_crew(const struct silt_taker *to, const struct silt_member *member)
{
	return to->jobs > 1 && member->bytes >= SILT_THREADS_WORTH;
}

/* A layer that is known from before need not be read as it comes, nor one that others read. */
static bool may_hand_over(const struct silt_taker *to, const struct silt_member *member, struct silt_crew_job *job)
{
	return (is_for_crew(to, member) || to->cache->records.access) && to->hand_over(to->hand_over_ctx, member, job);
}

static void name_layer(struct silt_crew_job *job, const struct silt_member *member)
{
	if (silt_member_is_blob(member)) {
		(void)silt_digest_parse_hex(silt_path_basename(member->name), &job->named);
	}
}

/* A layer that is a run of a file, in this thread. */
static enum silt_status take_range(struct silt_taker *to, struct silt_source blob, struct silt_crew_job *job,
				   struct silt_member *member, struct silt_error *err)
{
	struct silt_record *record = NULL;
	to->wish.staged = may_stage(to, member);
	name_layer(job, member);
	enum silt_status status = silt_survey_range(job, &to->wish, to->cache, &record, err);
	if (status == SILT_OK) {
		status = keep_layer(to, record, member, err);
	}
	if (status != SILT_OK) {
		return status;
	}
	to->result->coverage.believed_blobs += job->believed;
	status = note_length(to, job, record, err);
	return status == SILT_OK ? silt_source_drain(blob, err) : status;
}

/* A layer that the crew gets: what is not known of it yet is told when all are done. */
static enum silt_status defer_layer(struct silt_taker *to, struct silt_source blob, struct silt_crew_job *job,
				    struct silt_member *member, struct silt_error *err)
{
	enum silt_status status = to->crew ? SILT_OK : silt_crew_new(&to->wish, to->cache, to->jobs, &to->crew, err);
	if (status == SILT_OK) {
		status = silt_add_record(to->result, NULL, &member->record, err);
	}
	if (status != SILT_OK) {
		return status;
	}
	member->kind = SILT_MEMBER_TAR;
	name_layer(job, member);
	job->entry = member->entry;
	job->record = member->record;
	status = silt_crew_add(to->crew, job, err);
	return status == SILT_OK ? silt_source_drain(blob, err) : status;
}

static enum silt_status take_from_crew(struct silt_taker *to, const struct silt_crew_job *job,
				       struct silt_record *record, struct silt_error *err)
{
	struct silt_result *result = to->result;
	const uint32_t member = silt_inventory_find(&result->inventory, job->entry);
	result->records[job->record] = record;
	result->coverage.member_bytes -= job->range.size - record->blob_bytes;
	result->coverage.believed_blobs += job->believed;
	if (member != SILT_MEMBER_NONE) {
		complete_layer(&result->inventory.members[member], record);
	}
	return note_length(to, job, record, err);
}

/* Whose it is: the crew's, this thread's as a run of a file that the cache may know, or this thread's as it comes. */
enum silt_status silt_take_layer(struct silt_taker *to, struct silt_source blob, struct silt_member *member,
				 struct silt_error *err)
{
	struct silt_crew_job job = {0};
	return !may_hand_over(to, member, &job) ? take_layer(to, blob, member, err)
	       : is_for_crew(to, member)        ? defer_layer(to, blob, &job, member, err)
						: take_range(to, blob, &job, member, err);
}

enum silt_status silt_take_crew(struct silt_taker *to, silt_crew_fn *fn, void *ctx, struct silt_error *err)
{
	enum silt_status status = to->crew ? silt_crew_wait(to->crew, fn, ctx, err) : SILT_OK;
	struct silt_crew_job job;
	struct silt_record *record;
	for (size_t i = 0; to->crew && status == SILT_OK && silt_crew_take(to->crew, i, &job, &record); i++) {
		status = take_from_crew(to, &job, record, err);
	}
	return status;
}
