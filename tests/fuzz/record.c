/*
 * A kept record is read as if it were hostile: whatever the bytes, they are refused or a record in which nothing points
 * astray, and which can be packed again. The input is what is in the frame: zstd's own fuzzers look at the frame.
 */
#include "base/secure.h"
#include "layer/record_pack.h"
#include "stream/pack_zstd.h"

#include <assert.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void pack(struct silt_bytes body, struct silt_buffer *out)
{
	struct silt_error err = {0};
	silt_buffer_add_text(out, SILT_RECORD_MAGIC);
	silt_buffer_add_byte(out, SILT_RECORD_FORMAT);
	for (size_t i = 0; i < 8; i++) {
		silt_buffer_add_byte(out, (uint8_t)((uint64_t)body.len >> 8 * i));
	}
	if (silt_zstd_pack(body, out, &err) != SILT_OK) {
		abort();
	}
}

/* As the checks do: every entry by its path and what stands beside it. */
static void look_at(const struct silt_record *record)
{
	for (size_t i = 0; i < record->entry_count; i++) {
		struct silt_path_room room;
		size_t facts;
		const struct silt_entry *entry = &record->entries[i];
		assert(silt_entry_path(record, entry, &room).len < SILT_PATH_MAX);
		(void)silt_entry_link(record, entry);
		(void)silt_entry_capability(record, entry);
		(void)silt_entry_mtime(record, entry);
		(void)silt_record_facts(record, (uint32_t)i, &facts);
		(void)silt_record_program(record, (uint32_t)i);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct silt_matcher *matcher = NULL;
	struct silt_record *record = NULL;
	struct silt_error err = {0};
	struct silt_buffer part = {0}, layer = {0}, blob = {0};
	if (silt_secure_init(&err) != SILT_OK || silt_matcher_shared(&matcher, &err) != SILT_OK) {
		abort();
	}
	pack(silt_bytes(data, size), &part);
	if (silt_record_unpack(silt_buffer_bytes(&part), silt_bytes(NULL, 0), matcher, &record, &err) == SILT_OK) {
		look_at(record);
		assert(silt_record_pack(record, &layer, &blob, &err) == SILT_OK && blob.len == 0);
	} else {
		assert(err.status == SILT_ERR_INPUT);
	}
	struct silt_digest diff_id; /* of it as the part of a blob */
	struct silt_error why = {0};
	(void)silt_record_unpack_diff_id(silt_buffer_bytes(&part), matcher, &diff_id, &why);
	silt_record_free(record);
	silt_buffer_done(&part);
	silt_buffer_done(&layer);
	silt_buffer_done(&blob);
	return 0;
}
