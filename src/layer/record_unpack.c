/* One part of a record, from bytes. record_pack.h has the diagram. */
#include "layer/record_pack.h"

#include "base/secure.h"
#include "layer/record_fields.h"
#include "secret/rule_digest.h"
#include "stream/pack_zstd.h"

#include <assert.h>
#include <stdlib.h>

enum {
	HEADER_SIZE = sizeof(SILT_RECORD_MAGIC) + 8, /* the format stands where the magic has its NUL */
	RECENT_SPANS = 16,
};

/* Whatever goes wrong sticks, so that only the end of a column needs a test. */
struct reader {
	struct silt_bytes left;
	const struct silt_matcher *matcher;
	struct silt_arena *arena;               /* borrows; of the record */
	struct silt_bytes recent[RECENT_SPANS]; /* a ring: spans that come again soon are kept once */
	size_t recent_next;
	const struct silt_rule *rule; /* the last one */
	bool damaged, starved;
};

static bool is_well(const struct reader *reader)
{
	return !reader->damaged && !reader->starved;
}

static struct silt_bytes take(struct reader *reader, size_t size)
{
	if (!is_well(reader) || size > reader->left.len) {
		reader->damaged = true;
		return silt_bytes(NULL, 0);
	}
	const struct silt_bytes taken = silt_bytes(reader->left.ptr, size);
	reader->left = silt_bytes(reader->left.ptr + size, reader->left.len - size);
	return taken;
}

static uint64_t take_number(struct reader *reader, size_t size)
{
	const struct silt_bytes bytes = take(reader, size);
	uint64_t value = 0;
	for (size_t i = bytes.len; i > 0; i--) {
		value = value << 8 | bytes.ptr[i - 1];
	}
	return value;
}

static struct silt_bytes keep(struct reader *reader, struct silt_bytes bytes)
{
	for (size_t i = 0; i < RECENT_SPANS; i++) {
		if (silt_bytes_equal(reader->recent[i], bytes) && reader->recent[i].ptr) {
			return reader->recent[i];
		}
	}
	const struct silt_bytes copy = silt_arena_copy(reader->arena, bytes);
	reader->starved = reader->starved || !copy.ptr;
	reader->recent[reader->recent_next++ % RECENT_SPANS] = copy;
	return copy;
}

static struct silt_bytes take_span(struct reader *reader)
{
	const struct silt_bytes bytes = take(reader, (size_t)take_number(reader, 4));
	return bytes.len > 0 ? keep(reader, bytes) : silt_bytes(NULL, 0);
}

/* NULL: there is none. */
static const char *take_text(struct reader *reader)
{
	const uint64_t size = take_number(reader, 4);
	if (size == 0 || !is_well(reader)) {
		return NULL;
	}
	const struct silt_bytes bytes = take(reader, (size_t)size - 1);
	if (!is_well(reader) || silt_bytes_find_byte(bytes, '\0') != SIZE_MAX) {
		reader->damaged = true;
		return NULL;
	}
	return (const char *)keep(reader, bytes).ptr;
}

static const struct silt_rule *take_rule(struct reader *reader)
{
	const struct silt_bytes id = take(reader, (size_t)take_number(reader, 4));
	if (!reader->rule || !silt_bytes_equal(silt_bytes_text(reader->rule->id), id)) {
		reader->rule = is_well(reader) ? silt_matcher_rule(reader->matcher, id) : NULL;
	}
	reader->damaged = reader->damaged || !reader->rule || silt_rule_tells_facts(reader->rule);
	return reader->rule;
}

static void store(uint8_t *at, size_t size, uint64_t value)
{
	const uint8_t one = (uint8_t)value;
	const uint16_t two = (uint16_t)value;
	const uint32_t four = (uint32_t)value;
	switch (size) {
	case sizeof(one):
		*at = one;
		return;
	case sizeof(two):
		memcpy(at, &two, size);
		return;
	case sizeof(four):
		memcpy(at, &four, size);
		return;
	default:
		memcpy(at, &value, sizeof(value));
		return;
	}
}

static void take_raw(struct reader *reader, uint8_t *at, size_t size)
{
	const struct silt_bytes raw = take(reader, size);
	if (raw.len == size) {
		memcpy(at, raw.ptr, size);
	}
}

static void take_claim(struct reader *reader, uint8_t *item)
{
	const uint64_t value = take_number(reader, 4);
	struct silt_claim claim;
	memcpy(&claim, item, sizeof(claim));
	claim.package = (uint32_t)value & 0xFFFFFFF;
	claim.flags = (uint32_t)(value >> 28) & 0xF;
	memcpy(item, &claim, sizeof(claim));
}

static void take_field(struct reader *reader, const struct silt_record_field *field, uint8_t *item)
{
	uint8_t *at = item + field->at;
	switch (field->kind) {
	case SILT_FIELD_NUMBER:
		for (size_t i = 0; i < field->times; i++) {
			const uint64_t value = take_number(reader, field->size);
			reader->damaged = reader->damaged || value > field->most;
			store(at + i * field->size, field->size, value);
		}
		return;
	case SILT_FIELD_RAW:
		take_raw(reader, at, field->size);
		return;
	case SILT_FIELD_TEXT:
		memcpy(at, &(const char *){take_text(reader)}, field->size);
		return;
	case SILT_FIELD_SPAN:
		memcpy(at, (struct silt_bytes[]){take_span(reader)}, field->size);
		return;
	case SILT_FIELD_RULE:
		memcpy(at, &(const struct silt_rule *){take_rule(reader)}, field->size);
		return;
	case SILT_FIELD_CLAIM:
		take_claim(reader, item);
		return;
	}
}

static void take_columns(struct reader *reader, const struct silt_record_array *array, uint8_t *items, size_t count)
{
	for (size_t f = 0; f < array->field_count; f++) {
		for (size_t i = 0; i < count && is_well(reader); i++) {
			take_field(reader, &array->fields[f], items + i * array->size);
		}
	}
}

/* How many items, of `size` bytes here or more, can follow: no more memory than that is asked for. */
static size_t take_count(struct reader *reader, size_t size)
{
	const uint64_t count = take_number(reader, 4);
	assert(size > 0);
	reader->damaged = reader->damaged || count > reader->left.len / size;
	return is_well(reader) ? (size_t)count : 0;
}

static void take_array(struct reader *reader, const struct silt_record_array *array, struct silt_record *record)
{
	size_t bytes = 0;
	for (size_t f = 0; f < array->field_count; f++) {
		bytes += silt_record_field_bytes(&array->fields[f]);
	}
	const size_t count = take_count(reader, bytes);
	uint8_t *items = count > 0 ? calloc(count, array->size) : NULL;
	reader->starved = reader->starved || (count > 0 && !items);
	take_columns(reader, array, items, items ? count : 0);
	memcpy((uint8_t *)record + array->items, &items, sizeof(items));
	memcpy((uint8_t *)record + array->count, &(size_t){items ? count : 0}, sizeof(count));
}

static void take_texts(struct reader *reader, struct silt_text_pool *texts)
{
	const uint64_t total = take_number(reader, 8), used = take_number(reader, 4);
	const size_t count = take_count(reader, 4);
	for (size_t i = 0; i < count && is_well(reader); i++) {
		const struct silt_bytes chunk = take(reader, (size_t)take_number(reader, 4));
		reader->damaged = reader->damaged || chunk.len == 0 || chunk.len > SILT_TEXT_CHUNK;
		reader->starved = is_well(reader) && !silt_text_pool_add_chunk(texts, chunk);
	}
	const bool fits = count == 0 ? used == 0 : texts->count > 0 && used <= texts->chunks[texts->count - 1].size;
	reader->damaged = reader->damaged || !fits;
	texts->total = (size_t)total;
	texts->used = is_well(reader) ? (size_t)used : texts->used;
}

/* Places of `count` items, or none at all. */
static uint32_t *take_places(struct reader *reader, size_t count)
{
	const size_t given = take_count(reader, 4);
	uint32_t *places = given > 0 ? calloc(given, sizeof(*places)) : NULL;
	reader->damaged = reader->damaged || (given != 0 && given != count);
	reader->starved = reader->starved || (given > 0 && !places);
	for (size_t i = 0; places && i < given; i++) {
		places[i] = (uint32_t)take_number(reader, 4);
		reader->damaged = reader->damaged || (i > 0 && places[i] <= places[i - 1]);
	}
	return places;
}

static enum silt_status outcome(const struct reader *reader, struct silt_error *err)
{
	return reader->starved   ? silt_fail_memory(err)
	       : reader->damaged ? silt_fail(err, SILT_ERR_INPUT, "a kept record is damaged")
				 : SILT_OK;
}

/* What is in the frame becomes `*body`, which the caller wipes and frees. */
static enum silt_status open_frame(struct silt_bytes bytes, uint8_t **body, size_t *size, struct silt_error *err)
{
	struct reader reader = {.left = bytes};
	static const uint8_t start[] = {'s', 'i', 'l', 't', 'r', 'e', 'c', SILT_RECORD_FORMAT};
	const struct silt_bytes magic = take(&reader, sizeof(start));
	const uint64_t stated = take_number(&reader, 8);
	if (!is_well(&reader) || memcmp(magic.ptr, start, sizeof(start)) != 0 || stated == 0 ||
	    stated > SILT_RECORD_BYTES_MAX) {
		return silt_fail(err, SILT_ERR_INPUT, "expected a record of format %d", SILT_RECORD_FORMAT);
	}
	*size = (size_t)stated;
	*body = malloc(*size);
	silt_leave_undumped(*body, *body ? *size : 0);
	return *body ? silt_zstd_unpack(reader.left, *body, *size, err) : silt_fail_memory(err);
}

enum silt_status silt_part_unpack(struct silt_bytes bytes, const struct silt_matcher *matcher, struct silt_arena *arena,
				  struct silt_record_part *part, struct silt_error *err)
{
	struct silt_record *record = &part->record;
	uint8_t *body = NULL;
	size_t size = 0;
	enum silt_status status = open_frame(bytes, &body, &size, err);
	if (status == SILT_OK) {
		struct reader reader = {.left = {body, size}, .matcher = matcher, .arena = arena};
		take_columns(&reader, &silt_record_head, (uint8_t *)record, 1);
		take_texts(&reader, &record->texts);
		for (size_t i = 0; i < silt_record_array_count; i++) {
			take_array(&reader, &silt_record_arrays[i], record);
		}
		part->hit_places = take_places(&reader, record->hit_count);
		part->anomaly_places = take_places(&reader, record->anomaly_count);
		reader.damaged = reader.damaged || reader.left.len > 0;
		status = outcome(&reader, err);
	}
	if (body) {
		silt_wipe(body, size);
	}
	free(body);
	return status;
}
