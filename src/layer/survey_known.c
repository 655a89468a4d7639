/* Looking a blob up before it is surveyed. */
#include "layer/survey_known.h"

#include "layer/record_pack.h"
#include "secret/matcher.h"

struct work {
	const struct silt_known_blob *of;
	const struct silt_survey_wish *wish;
	struct silt_layer_blob blob; /* as it is looked up */
	bool read;                   /* it was read once */
};

static enum silt_status open_source(struct work *work, struct silt_source *source, struct silt_error *err)
{
	const bool again = work->read;
	work->read = true;
	return work->of->open(work->of->ctx, again, source, err);
}

/* Reads all of the blob. */
static enum silt_status hash(struct work *work, struct silt_layer_blob *found, struct silt_error *err)
{
	struct silt_hasher *hasher = NULL;
	struct silt_source source;
	struct silt_bytes block = {0};
	enum silt_status status = silt_hasher_new(&hasher, err);
	if (status == SILT_OK) {
		status = open_source(work, &source, err);
	}
	*found = (struct silt_layer_blob){.bytes = 0};
	while (status == SILT_OK) {
		status = silt_source_next(source, &block, err);
		if (status != SILT_OK || block.len == 0) {
			break;
		}
		if (found->bytes == 0) {
			found->compression = silt_compression_sniff(block);
		}
		silt_hasher_add(hasher, block);
		found->bytes += block.len;
		silt_pulse_beat(work->wish->pulse);
	}
	if (status == SILT_OK) {
		silt_hasher_end(hasher, &found->digest);
	}
	silt_hasher_free(hasher);
	return status;
}

/* The first bytes alone: for what is believed by its name. */
static enum silt_status sniff(struct work *work, struct silt_layer_blob *blob, struct silt_error *err)
{
	struct silt_source source;
	struct silt_bytes block;
	enum silt_status status = work->of->open(work->of->ctx, false, &source, err);
	if (status == SILT_OK) {
		status = silt_source_next(source, &block, err);
	}
	if (status == SILT_OK) {
		*blob = (struct silt_layer_blob){*work->of->named, work->of->bytes, silt_compression_sniff(block)};
	}
	return status;
}

/* Charges what a survey would have charged. False: a budget is too small, and what that means only a survey can tell. */
static bool charge(const struct work *work, const struct silt_record *record)
{
	const struct silt_survey_wish *wish = work->wish;
	const uint64_t *limits = silt_limits_or_default(wish->limits)->value;
	const uint64_t unpacked = silt_record_unpacked(record);
	const bool fits =
		(!wish->total || unpacked <= silt_shared_left(wish->total, limits[SILT_LIMIT_TOTAL_BYTES])) &&
		(!wish->entry_bytes ||
		 record->entry_bytes < silt_shared_left(wish->entry_bytes, limits[SILT_LIMIT_ENTRY_BYTES_TOTAL]));
	if (fits && wish->total) {
		silt_shared_take(wish->total, unpacked);
	}
	if (fits && wish->entry_bytes) {
		silt_shared_take(wish->entry_bytes, record->entry_bytes);
	}
	return fits;
}

static enum silt_status survey(struct work *work, struct silt_record **out, struct silt_error *err)
{
	struct silt_source source;
	enum silt_status status = open_source(work, &source, err);
	return status == SILT_OK ? silt_survey_layer(source, work->wish, out, err) : status;
}

/* With the blob claimed. */
static enum silt_status survey_and_keep(struct work *work, struct silt_record **out, struct silt_error *err)
{
	enum silt_status status = survey(work, out, err);
	if (status != SILT_OK) {
		silt_cache_release(work->of->cache, &work->blob);
		return status;
	}
	status = silt_cache_keep(work->of->cache, &work->blob, *out, err);
	if (status != SILT_OK) {
		silt_record_free(*out);
		*out = NULL;
	}
	return status;
}

/* `*out` was found under the name of the blob: it counts if the blob is what its name says. */
static enum silt_status verify(struct work *work, struct silt_record **out, struct silt_error *err)
{
	struct silt_layer_blob found;
	enum silt_status status = hash(work, &found, err);
	if (status == SILT_OK && silt_digest_equal(&found.digest, &work->blob.digest)) {
		return SILT_OK;
	}
	silt_record_free(*out);
	*out = NULL;
	return status;
}

static enum silt_status look_up(struct work *work, struct silt_record **out, struct silt_error *err)
{
	const bool named = work->of->named != NULL;
	enum silt_status status = named ? sniff(work, &work->blob, err) : hash(work, &work->blob, err);
	return status == SILT_OK ? silt_cache_find(work->of->cache, &work->blob, work->wish->pulse, out, err) : status;
}

/* A record of the same, that shares nothing with it. NULL: it is none that can be copied. */
static enum silt_status copy_record(const struct silt_record *record, const struct silt_matcher *matcher,
				    struct silt_record **out, struct silt_error *err)
{
	struct silt_buffer layer = {0}, blob = {0};
	const char *why = NULL;
	enum silt_status status = silt_record_refusal(record, matcher, &why, err);
	if (status == SILT_OK && !why) {
		status = silt_record_pack(record, &layer, &blob, err);
	}
	if (status == SILT_OK && !why) {
		status = silt_record_unpack(silt_buffer_bytes(&layer), silt_buffer_bytes(&blob), matcher, out, err);
	}
	silt_buffer_done(&layer);
	silt_buffer_done(&blob);
	return status == SILT_ERR_INPUT ? SILT_OK : status; /* it is too large */
}

/* `*out` NULL: it is another blob, and has been read once. */
static enum silt_status take_after_twin(struct work *work, struct silt_record **out, struct silt_error *err)
{
	const struct silt_record *twin = work->of->twin;
	enum silt_status status = hash(work, &work->blob, err);
	if (status == SILT_OK && silt_digest_equal(&work->blob.digest, &twin->digest)) {
		status = copy_record(twin, work->of->matcher, out, err);
	}
	if (*out && !charge(work, *out)) {
		silt_record_free(*out);
		*out = NULL;
	}
	return status;
}

/* Of secrets, digests and values that are looked for a record as bytes knows nothing; and of entries alone none is kept. */
static bool needs_survey(const struct silt_survey_wish *wish)
{
	return !wish->matcher || wish->keep_secrets || wish->digests || wish->matcher->wanted;
}

enum silt_status silt_survey_known(const struct silt_known_blob *blob, const struct silt_survey_wish *wish,
				   struct silt_record **out, bool *believed, struct silt_error *err)
{
	struct work work = {.of = blob, .wish = wish};
	*out = NULL;
	*believed = false;
	if (blob->twin && !blob->trust && !needs_survey(wish)) {
		enum silt_status status = take_after_twin(&work, out, err);
		if (status != SILT_OK || *out) {
			return status;
		}
	}
	if (!blob->cache->access || needs_survey(wish)) {
		return survey(&work, out, err);
	}
	enum silt_status status = look_up(&work, out, err);
	if (status != SILT_OK) {
		return status;
	}
	if (!*out) {
		return survey_and_keep(&work, out, err);
	}
	*believed = blob->named && blob->trust;
	if (blob->named && !blob->trust) {
		status = verify(&work, out, err);
	}
	if (status == SILT_OK && *out && charge(&work, *out)) {
		return SILT_OK;
	}
	silt_record_free(*out);
	*out = NULL;
	*believed = false;
	return status == SILT_OK ? survey(&work, out, err) : status;
}
