/* A layer blob as stored, through every stage: hash, inflate, hash, tar, match. In one thread, or in three. */
#include "layer/survey.h"
#include "stream/relay.h"
#include "stream/stage.h"
#include "stream/tar_body.h"

#include <stdlib.h>

/*
 * blob ─► count, SHA-256 ─► inflate ─► count, SHA-256 ─► tar ─► survey
 *         (digest)              │       (diff ID)
 *                               └─ asides ─► survey
 *
 * With threads a relay stands behind `inflate`: the caller's thread does what is in front of it, and behind it one thread
 * hashes the tar while another one surveys it.
 */
struct pipeline {
	struct silt_hasher *blob_hasher, *tar_hasher;
	struct silt_tap blob_tap, tar_tap;
	bool sniffed, packed; /* whether the first block of the blob was seen, and what it says */
	struct silt_inflate *inflate;
	struct silt_relay *relay; /* NULL: one thread */
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

/* An uncompressed blob has one digest, that of the tar: hashing its bytes twice would be the largest cost of all. */
static void see_blob(void *ctx, struct silt_bytes block)
{
	struct pipeline *pipeline = ctx;
	if (!pipeline->sniffed) {
		pipeline->sniffed = true;
		pipeline->packed = silt_compression_sniff(block) != SILT_COMPRESSION_NONE;
	}
	if (pipeline->packed) {
		silt_hasher_add(pipeline->blob_hasher, block);
	}
}

static enum silt_status build_tools(struct pipeline *pipeline, const struct silt_survey_wish *wish,
				    struct silt_error *err)
{
	enum silt_status status = silt_survey_new(wish, &pipeline->survey, err);
	if (status == SILT_OK) {
		status = silt_hasher_new(&pipeline->blob_hasher, err);
	}
	if (status == SILT_OK) {
		status = silt_hasher_new(&pipeline->tar_hasher, err);
	}
	return status == SILT_OK && wish->staged ? silt_relay_new(SILT_RELAY_READERS, &pipeline->relay, err) : status;
}

enum { TAR_READER, HASH_READER }; /* of the relay */

static enum silt_status build(struct pipeline *pipeline, struct silt_source blob, const struct silt_survey_wish *wish,
			      struct silt_error *err)
{
	enum silt_status status = build_tools(pipeline, wish, err);
	if (status != SILT_OK) {
		return status;
	}
	struct silt_relay *relay = pipeline->relay;
	pipeline->blob_tap = (struct silt_tap){blob, see_blob, pipeline, 0};
	status = silt_inflate_new(silt_tap(&pipeline->blob_tap), relay ? silt_relay_aside : silt_survey_aside,
				  relay ? (void *)relay : (void *)pipeline->survey, wish->limits, &pipeline->inflate,
				  err);
	if (status != SILT_OK) {
		return status;
	}
	silt_inflate_set_budget(pipeline->inflate,
				(struct silt_inflate_budget){.own = SILT_LIMIT_LAYER_BYTES, .total = wish->total});
	pipeline->tar_tap = (struct silt_tap){.see = silt_hasher_see, .ctx = pipeline->tar_hasher};
	pipeline->tar_tap.inner = relay ? silt_relay_source(relay, HASH_READER, NULL, NULL)
					: silt_inflate_source(pipeline->inflate);
	struct silt_source tar = relay ? silt_relay_source(relay, TAR_READER, silt_survey_aside, pipeline->survey)
				       : silt_tap(&pipeline->tar_tap);
	return silt_tar_new(tar, wish->limits, &pipeline->tar, err);
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

/* ---- In three threads ---------------------------------------------------------------------------------------------- */

static enum silt_status survey_tar(void *ctx, struct silt_error *err)
{
	struct pipeline *pipeline = ctx;
	enum silt_status status = pump(pipeline, err);
	if (status != SILT_OK) {
		silt_relay_leave(pipeline->relay, TAR_READER);
	}
	return status;
}

static enum silt_status hash_tar(void *ctx, struct silt_error *err)
{
	struct pipeline *pipeline = ctx;
	return silt_source_drain(silt_tap(&pipeline->tar_tap), err);
}

/* What stopped the survey is the reason why the others stopped: it is asked first. */
static enum silt_status pump_staged(struct pipeline *pipeline, struct silt_error *err)
{
	struct silt_stage survey = {.run = survey_tar, .ctx = pipeline}, hash = {.run = hash_tar, .ctx = pipeline};
	enum silt_status status = silt_stage_start(&hash, err);
	if (status == SILT_OK) {
		status = silt_stage_start(&survey, err);
	}
	if (status == SILT_OK) {
		status = silt_relay_pump(pipeline->relay, silt_inflate_source(pipeline->inflate), err);
	} else {
		silt_relay_leave(pipeline->relay, TAR_READER); /* nobody is it */
	}
	status = silt_stage_end(&survey, status, err);
	return silt_stage_end(&hash, status, err);
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

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
	silt_hasher_end(pipeline->tar_hasher, &record->diff_id);
	record->digest = record->diff_id;
	if (pipeline->packed) {
		silt_hasher_end(pipeline->blob_hasher, &record->digest);
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
		status = pipeline.relay ? pump_staged(&pipeline, err) : pump(&pipeline, err);
	}
	if (status == SILT_OK) {
		status = finish(&pipeline, out, err);
	}
	silt_tar_free(pipeline.tar);
	silt_inflate_free(pipeline.inflate);
	silt_relay_free(pipeline.relay);
	silt_survey_free(pipeline.survey);
	silt_hasher_free(pipeline.blob_hasher);
	silt_hasher_free(pipeline.tar_hasher);
	return status;
}
