/* A layer blob as stored, through every stage: hash, inflate, hash, tar, match. */
#include "layer/survey.h"
#include "stream/tar_body.h"

#include <stdlib.h>

/*
 * blob ─► count, SHA-256 ─► inflate ─► count, SHA-256 ─► tar ─► survey
 *         (digest)              │       (diff ID)
 *                               └─ asides ─► survey
 */
struct pipeline {
	struct silt_hasher *blob_hasher, *tar_hasher;
	struct silt_tap blob_tap, tar_tap;
	struct silt_inflate *inflate;
	struct silt_tar *tar;
	struct silt_tar_body body;
	struct silt_survey *survey;
};

static enum silt_status next_event(void *ctx, struct silt_tar_event *event, struct silt_error *err)
{
	struct pipeline *pipeline = ctx;
	return silt_tar_next(pipeline->tar, event, err);
}

static enum silt_status take_event(void *ctx, const struct silt_tar_event *event, struct silt_error *err)
{
	struct pipeline *pipeline = ctx;
	return silt_survey_event(pipeline->survey, event, err);
}

/* An uncompressed blob has one digest; hashing its bytes twice would be the largest cost of all. */
static void see_tar(void *ctx, struct silt_bytes block)
{
	struct pipeline *pipeline = ctx;
	if (silt_inflate_report(pipeline->inflate)->compression != SILT_COMPRESSION_NONE) {
		silt_hasher_add(pipeline->tar_hasher, block);
	}
}

static enum silt_status build(struct pipeline *pipeline, struct silt_source blob, const struct silt_survey_wish *wish,
			      struct silt_error *err)
{
	enum silt_status status = silt_survey_new(wish, &pipeline->survey, err);
	if (status == SILT_OK) {
		status = silt_hasher_new(&pipeline->blob_hasher, err);
	}
	if (status == SILT_OK) {
		status = silt_hasher_new(&pipeline->tar_hasher, err);
	}
	if (status != SILT_OK) {
		return status;
	}
	pipeline->blob_tap = (struct silt_tap){blob, silt_hasher_see, pipeline->blob_hasher, 0};
	status = silt_inflate_new(silt_tap(&pipeline->blob_tap), silt_survey_aside, pipeline->survey, wish->limits,
				  &pipeline->inflate, err);
	if (status != SILT_OK) {
		return status;
	}
	silt_inflate_set_budget(pipeline->inflate,
				(struct silt_inflate_budget){.own = SILT_LIMIT_LAYER_BYTES, .total = wish->total});
	pipeline->tar_tap = (struct silt_tap){silt_inflate_source(pipeline->inflate), see_tar, pipeline, 0};
	return silt_tar_new(silt_tap(&pipeline->tar_tap), wish->limits, &pipeline->tar, err);
}

/* The body of the entry that came last, if it has one. A sparse one comes as DATA events: its holes are known there. */
static enum silt_status read_body(struct pipeline *pipeline, uint64_t size, struct silt_error *err)
{
	return silt_survey_body(pipeline->survey, silt_tar_body_source(&pipeline->body), size, err);
}

static enum silt_status pump(struct pipeline *pipeline, struct silt_error *err)
{
	struct silt_tar_event event = {0};
	enum silt_status status = SILT_OK;
	do {
		status = silt_tar_body_event(&pipeline->body, &event, err);
		bool has_body = status == SILT_OK && event.kind == SILT_TAR_ENTRY && event.entry->has_data &&
				!event.entry->sparse;
		uint64_t size = has_body ? event.entry->size : 0;
		if (status == SILT_OK) {
			status = silt_survey_event(pipeline->survey, &event, err);
		}
		if (status == SILT_OK && has_body) {
			status = read_body(pipeline, size, err);
		}
	} while (status == SILT_OK && event.kind != SILT_TAR_END);
	return status;
}

static enum silt_status finish(struct pipeline *pipeline, struct silt_record **out, struct silt_error *err)
{
	const struct silt_inflate_report *report = silt_inflate_report(pipeline->inflate);
	enum silt_status status = silt_survey_inflated(pipeline->survey, report, err);
	if (status == SILT_OK) {
		status = silt_survey_end(pipeline->survey, out, err);
	}
	if (status != SILT_OK) {
		return status;
	}
	struct silt_record *record = *out;
	silt_hasher_end(pipeline->blob_hasher, &record->digest);
	record->diff_id = record->digest;
	if (report->compression != SILT_COMPRESSION_NONE) {
		silt_hasher_end(pipeline->tar_hasher, &record->diff_id);
	}
	record->blob_bytes = pipeline->blob_tap.total;
	record->bytes = pipeline->tar_tap.total;
	return SILT_OK;
}

enum silt_status silt_survey_layer(struct silt_source blob, const struct silt_survey_wish *wish,
				   struct silt_record **out, struct silt_error *err)
{
	struct pipeline pipeline = {0};
	pipeline.body = (struct silt_tar_body){.next = next_event, .take = take_event, .ctx = &pipeline};
	enum silt_status status = build(&pipeline, blob, wish, err);
	if (status == SILT_OK) {
		status = pump(&pipeline, err);
	}
	if (status == SILT_OK) {
		status = finish(&pipeline, out, err);
	}
	silt_tar_free(pipeline.tar);
	silt_inflate_free(pipeline.inflate);
	silt_survey_free(pipeline.survey);
	silt_hasher_free(pipeline.blob_hasher);
	silt_hasher_free(pipeline.tar_hasher);
	return status;
}
