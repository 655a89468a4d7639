/* One part of a record, as bytes. record_pack.h has the diagram. */
#include "layer/record_pack.h"

#include "layer/record_fields.h"
#include "stream/pack_zstd.h"

static void add_number(struct silt_buffer *out, uint64_t value, size_t size)
{
	uint8_t le[8];
	for (size_t i = 0; i < size; i++) {
		le[i] = (uint8_t)(value >> (8 * i));
	}
	silt_buffer_add(out, silt_bytes(le, size));
}

static void add_span(struct silt_buffer *out, struct silt_bytes bytes)
{
	add_number(out, bytes.len, 4);
	silt_buffer_add(out, bytes);
}

static void add_text(struct silt_buffer *out, const char *text)
{
	const struct silt_bytes bytes = silt_bytes_text(text);
	add_number(out, text ? bytes.len + 1 : 0, 4);
	silt_buffer_add(out, bytes);
}

static uint64_t load(const uint8_t *at, size_t size)
{
	uint8_t one;
	uint16_t two;
	uint32_t four;
	uint64_t eight;
	switch (size) {
	case sizeof(one):
		return *at;
	case sizeof(two):
		memcpy(&two, at, size);
		return two;
	case sizeof(four):
		memcpy(&four, at, size);
		return four;
	default:
		memcpy(&eight, at, sizeof(eight));
		return eight;
	}
}

static void add_claim(struct silt_buffer *out, const uint8_t *item)
{
	struct silt_claim claim;
	memcpy(&claim, item, sizeof(claim));
	add_number(out, (uint32_t)claim.package | (uint32_t)claim.flags << 28, 4);
}

static void add_field(struct silt_buffer *out, const struct silt_record_field *field, const uint8_t *item)
{
	const uint8_t *at = item + field->at;
	struct silt_bytes span;
	const char *text;
	const struct silt_rule *rule;
	switch (field->kind) {
	case SILT_FIELD_NUMBER:
		for (size_t i = 0; i < field->times; i++) {
			add_number(out, load(at + i * field->size, field->size), field->size);
		}
		return;
	case SILT_FIELD_RAW:
		silt_buffer_add(out, silt_bytes(at, field->size));
		return;
	case SILT_FIELD_TEXT:
		memcpy(&text, at, sizeof(text));
		add_text(out, text);
		return;
	case SILT_FIELD_SPAN:
		memcpy(&span, at, sizeof(span));
		add_span(out, span);
		return;
	case SILT_FIELD_RULE:
		memcpy(&rule, at, sizeof(rule));
		add_span(out, silt_bytes_text(rule->id));
		return;
	case SILT_FIELD_CLAIM:
		add_claim(out, item);
		return;
	}
}

static void add_columns(struct silt_buffer *out, const struct silt_record_array *array, const uint8_t *items,
			size_t count)
{
	for (size_t f = 0; f < array->field_count; f++) {
		for (size_t i = 0; i < count; i++) {
			add_field(out, &array->fields[f], items + i * array->size);
		}
	}
}

/* Texts are named by where they are, so they are kept where they are. */
static void add_texts(struct silt_buffer *out, const struct silt_text_pool *texts)
{
	add_number(out, texts->total, 8);
	add_number(out, texts->used, 4);
	add_number(out, texts->count, 4);
	for (size_t i = 0; i < texts->count; i++) {
		add_span(out, silt_bytes(texts->chunks[i].bytes, texts->chunks[i].size));
	}
}

static void add_array(struct silt_buffer *out, const struct silt_record_array *array, const struct silt_record *record)
{
	const uint8_t *items;
	size_t count;
	memcpy(&items, (const uint8_t *)record + array->items, sizeof(items));
	memcpy(&count, (const uint8_t *)record + array->count, sizeof(count));
	add_number(out, count, 4);
	add_columns(out, array, items, count);
}

static void add_places(struct silt_buffer *out, const uint32_t *places, size_t count)
{
	add_number(out, places ? count : 0, 4);
	for (size_t i = 0; places && i < count; i++) {
		add_number(out, places[i], 4);
	}
}

static void add_part(struct silt_buffer *out, const struct silt_record_part *part)
{
	const struct silt_record *record = &part->record;
	add_columns(out, &silt_record_head, (const uint8_t *)record, 1);
	add_texts(out, &record->texts);
	for (size_t i = 0; i < silt_record_array_count; i++) {
		add_array(out, &silt_record_arrays[i], record);
	}
	add_places(out, part->hit_places, record->hit_count);
	add_places(out, part->anomaly_places, record->anomaly_count);
}

enum silt_status silt_part_pack(const struct silt_record_part *part, struct silt_buffer *out, struct silt_error *err)
{
	struct silt_buffer body = {0};
	add_part(&body, part);
	enum silt_status status = SILT_OK;
	if (body.failed) {
		status = silt_fail_memory(err);
	} else if (body.len > SILT_RECORD_BYTES_MAX) {
		status = silt_fail(err, SILT_ERR_INPUT, "the record has %zu bytes", body.len);
	} else {
		silt_buffer_add_text(out, SILT_RECORD_MAGIC);
		silt_buffer_add_byte(out, SILT_RECORD_FORMAT);
		add_number(out, body.len, 8);
		status = silt_zstd_pack(silt_buffer_bytes(&body), out, err);
	}
	silt_buffer_done(&body);
	return status;
}
