/* A record taken apart into what is of its layer and what is only of its blob, and put together again. */
#include "layer/record_pack.h"

#include "base/attributes.h"

#include <stdlib.h>

/* What depends on how the layer was compressed, and not on its bytes. */
static bool is_of_blob(enum silt_anomaly_kind kind)
{
	return kind == SILT_ANOMALY_FRAMING || kind == SILT_ANOMALY_RATIO;
}

/* ---- Apart ---------------------------------------------------------------------------------------------------------- */

/* Borrows what the hits and anomalies point to; owns its arrays of them. */
static void part_done(struct silt_record_part *part)
{
	free(part->record.hits);
	free(part->record.anomalies);
	free(part->hit_places);
	free(part->anomaly_places);
}

static bool make_room(struct silt_record_part *part, const struct silt_record *record)
{
	part->record.hits = calloc(record->hit_count + 1, sizeof(*record->hits));
	part->record.anomalies = calloc(record->anomaly_count + 1, sizeof(*record->anomalies));
	part->hit_places = calloc(record->hit_count + 1, sizeof(uint32_t));
	part->anomaly_places = calloc(record->anomaly_count + 1, sizeof(uint32_t));
	part->record.hit_count = part->record.anomaly_count = 0;
	return part->record.hits && part->record.anomalies && part->hit_places && part->anomaly_places;
}

static void add_hit(struct silt_record_part *part, const struct silt_hit *hit, size_t place)
{
	part->hit_places[part->record.hit_count] = (uint32_t)place;
	part->record.hits[part->record.hit_count++] = *hit;
}

static void add_anomaly(struct silt_record_part *part, const struct silt_anomaly *anomaly, size_t place)
{
	part->anomaly_places[part->record.anomaly_count] = (uint32_t)place;
	part->record.anomalies[part->record.anomaly_count++] = *anomaly;
}

static void take_apart(const struct silt_record *record, struct silt_record_part *layer, struct silt_record_part *blob)
{
	for (size_t i = 0; i < record->hit_count; i++) {
		const bool framing = record->hits[i].place == SILT_HIT_FRAMING;
		add_hit(framing ? blob : layer, &record->hits[i], i);
	}
	for (size_t i = 0; i < record->anomaly_count; i++) {
		add_anomaly(is_of_blob(record->anomalies[i].kind) ? blob : layer, &record->anomalies[i], i);
	}
	for (size_t kind = 0; kind < SILT_ANOMALY_KINDS; kind++) {
		struct silt_record_part *of = is_of_blob((enum silt_anomaly_kind)kind) ? blob : layer;
		of->record.anomaly_totals[kind] = record->anomaly_totals[kind];
	}
}

static struct silt_record layer_head(const struct silt_record *record)
{
	struct silt_record head = *record;
	head.digest = (struct silt_digest){0};
	head.compression = SILT_COMPRESSION_NONE;
	head.blob_bytes = 0;
	memset(head.anomaly_totals, 0, sizeof(head.anomaly_totals));
	return head;
}

static struct silt_record blob_head(const struct silt_record *record)
{
	return (struct silt_record){.digest = record->digest,
				    .diff_id = record->diff_id,
				    .compression = record->compression,
				    .blob_bytes = record->blob_bytes,
				    .complete = true};
}

enum silt_status silt_record_pack(const struct silt_record *record, struct silt_buffer *layer, struct silt_buffer *blob,
				  struct silt_error *err)
{
	struct silt_record_part of_layer = {.record = layer_head(record)}, of_blob = {.record = blob_head(record)};
	enum silt_status status = SILT_ERR_MEMORY;
	if (make_room(&of_layer, record) && make_room(&of_blob, record)) {
		take_apart(record, &of_layer, &of_blob);
		free(of_layer.hit_places); /* the places that are left */
		free(of_layer.anomaly_places);
		of_layer.hit_places = of_layer.anomaly_places = NULL;
		status = silt_part_pack(&of_layer, layer, err);
	} else {
		status = silt_fail_memory(err);
	}
	if (status == SILT_OK && record->compression != SILT_COMPRESSION_NONE) {
		status = silt_part_pack(&of_blob, blob, err);
	}
	part_done(&of_layer);
	part_done(&of_blob);
	return status;
}

/* ---- Together ------------------------------------------------------------------------------------------------------- */

/* Of `size` bytes each: those of `other` go to their places, those of `own` to the others. False: a place is none. */
static bool weave(const uint8_t *own, size_t own_count, const uint8_t *other, size_t other_count,
		  const uint32_t *places, size_t size, uint8_t *out)
{
	size_t from_own = 0, from_other = 0;
	for (size_t at = 0; at < own_count + other_count; at++) {
		const bool others = from_other < other_count && places[from_other] == at;
		if (!others && from_own == own_count) {
			return false;
		}
		memcpy(out + at * size, others ? other + from_other++ * size : own + from_own++ * size, size);
	}
	return true;
}

static enum silt_status weave_into(void *items, size_t *count, const void *other, size_t other_count,
				   const uint32_t *places, size_t size, struct silt_error *err)
{
	void *own;
	memcpy(&own, items, sizeof(own));
	if (other_count == 0) {
		return SILT_OK;
	}
	uint8_t *all = places ? calloc(*count + other_count, size) : NULL;
	if (places && !all) {
		return silt_fail_memory(err);
	}
	if (!all || !weave(own, *count, other, other_count, places, size, all)) {
		free(all);
		return silt_fail(err, SILT_ERR_INPUT, "a kept record is damaged");
	}
	free(own);
	memcpy(items, &all, sizeof(all));
	*count += other_count;
	return SILT_OK;
}

static bool fits_layer(const struct silt_record *blob, const struct silt_record *layer)
{
	bool fits = blob->digest.known && blob->compression != SILT_COMPRESSION_NONE &&
		    silt_digest_equal(&blob->diff_id, &layer->diff_id) && blob->entry_count == 0;
	for (size_t kind = 0; kind < SILT_ANOMALY_KINDS; kind++) {
		fits = fits && (is_of_blob((enum silt_anomaly_kind)kind) || blob->anomaly_totals[kind] == 0);
	}
	return fits && silt_record_is_sound(blob);
}

static enum silt_status add_blob(struct silt_record *record, struct silt_record_part *part, struct silt_error *err)
{
	struct silt_record *blob = &part->record;
	if (!fits_layer(blob, record)) {
		return silt_fail(err, SILT_ERR_INPUT, "a kept blob is damaged");
	}
	record->digest = blob->digest;
	record->compression = blob->compression;
	record->blob_bytes = blob->blob_bytes;
	for (size_t kind = 0; kind < SILT_ANOMALY_KINDS; kind++) {
		record->anomaly_totals[kind] += blob->anomaly_totals[kind];
	}
	enum silt_status status = weave_into(&record->hits, &record->hit_count, blob->hits, blob->hit_count,
					     part->hit_places, sizeof(*blob->hits), err);
	return status == SILT_OK ? weave_into(&record->anomalies, &record->anomaly_count, blob->anomalies,
					      blob->anomaly_count, part->anomaly_places, sizeof(*blob->anomalies), err)
				 : status;
}

/* What silt_record_free frees, of a record that is not on the heap itself. */
static void unpacked_done(struct silt_record_part *part)
{
	free(part->hit_places);
	free(part->anomaly_places);
	silt_record_done(&part->record);
}

static enum silt_status unpack_blob(struct silt_bytes bytes, const struct silt_matcher *matcher,
				    struct silt_record *record, struct silt_error *err)
{
	struct silt_record_part blob = {0};
	enum silt_status status = silt_part_unpack(bytes, matcher, &record->arena, &blob, err);
	if (status == SILT_OK) {
		status = add_blob(record, &blob, err);
	}
	unpacked_done(&blob);
	return status;
}

/* A layer that is stored as it is, is its own blob. */
static void be_own_blob(struct silt_record *record)
{
	record->digest = record->diff_id;
	record->blob_bytes = record->bytes;
}

static enum silt_status unpack_both(struct silt_bytes layer, struct silt_bytes blob, const struct silt_matcher *matcher,
				    struct silt_record_part *part, struct silt_error *err)
{
	enum silt_status status = silt_part_unpack(layer, matcher, &part->record.arena, part, err);
	const struct silt_record *record = &part->record;
	if (status == SILT_OK &&
	    (!silt_record_is_sound(record) || record->digest.known || record->compression != SILT_COMPRESSION_NONE ||
	     part->hit_places || part->anomaly_places)) {
		return silt_fail(err, SILT_ERR_INPUT, "a kept record is damaged");
	}
	if (status == SILT_OK && blob.len > 0) {
		return unpack_blob(blob, matcher, &part->record, err);
	}
	if (status == SILT_OK) {
		be_own_blob(&part->record);
	}
	return status;
}

enum silt_status silt_record_unpack(struct silt_bytes layer, struct silt_bytes blob, const struct silt_matcher *matcher,
				    struct silt_record **out, struct silt_error *err)
{
	struct silt_record_part part = {0};
	struct silt_record *record = calloc(1, sizeof(*record));
	enum silt_status status = record ? unpack_both(layer, blob, matcher, &part, err) : silt_fail_memory(err);
	if (status == SILT_OK) {
		*record = part.record;
		*out = record;
		return SILT_OK;
	}
	unpacked_done(&part);
	free(record);
	return status;
}

enum silt_status silt_record_unpack_diff_id(struct silt_bytes blob, const struct silt_matcher *matcher,
					    struct silt_digest *out, struct silt_error *err)
{
	struct silt_record_part part = {0};
	enum silt_status status = silt_part_unpack(blob, matcher, &part.record.arena, &part, err);
	if (status == SILT_OK) {
		*out = part.record.diff_id;
	}
	unpacked_done(&part);
	return status;
}
