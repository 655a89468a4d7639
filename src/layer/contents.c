/* One SHA-256 for each body, as it streams by. */
#include "layer/contents.h"

#include "base/secure.h"
#include "stream/digest.h"

#include <stdlib.h>

void silt_contents_done(struct silt_contents *contents)
{
	silt_hasher_free(contents->hasher);
	contents->hasher = NULL;
}

static enum silt_status keep(struct silt_contents *contents, struct silt_record *record,
			     const struct silt_content_digest *content, struct silt_error *err)
{
	if (!silt_grow((void **)&record->contents, record->content_count, &contents->capacity, sizeof(*content))) {
		return silt_fail_memory(err);
	}
	record->contents[record->content_count++] = *content;
	return SILT_OK;
}

/* The end of a body that came in pieces. */
static void take_digest(struct silt_contents *contents, struct silt_content_digest *content, bool *known)
{
	struct silt_digest digest;
	silt_hasher_end(contents->hasher, &digest);
	memcpy(content->sha256, digest.sha256, sizeof(content->sha256));
	*known = digest.known;
}

static enum silt_status add_piece(struct silt_contents *contents, struct silt_bytes bytes, struct silt_error *err)
{
	if (!contents->hasher) {
		enum silt_status status = silt_hasher_new(&contents->hasher, err);
		if (status != SILT_OK) {
			return status;
		}
	}
	silt_hasher_add(contents->hasher, bytes);
	return SILT_OK;
}

static bool is_wanted(const struct silt_contents *contents, const struct silt_record *record, uint32_t entry)
{
	bool wanted = contents->wanted;
	for (size_t i = 0; i < contents->name_count && !wanted; i++) {
		wanted = silt_bytes_equal(contents->names[i], silt_entry_name(record, &record->entries[entry]));
	}
	return wanted;
}

/* A body that comes in one piece, as most do, needs no hasher. */
enum silt_status silt_contents_data(struct silt_contents *contents, struct silt_collector *collector, uint32_t entry,
				    const struct silt_tar_event *data, struct silt_error *err)
{
	if (entry == UINT32_MAX || (!contents->wanted && contents->name_count == 0)) {
		return SILT_OK;
	}
	if (data->offset == 0) {
		contents->taken = is_wanted(contents, collector->record, entry);
	}
	if (!contents->taken) {
		return SILT_OK;
	}
	struct silt_content_digest content = {.entry = entry};
	if (data->offset == 0) {
		silt_contents_done(contents);
		contents->seen = 0;
		contents->whole = true;
	}
	contents->whole = contents->whole && data->offset == contents->seen;
	contents->seen = data->offset + data->bytes.len;
	bool known = contents->whole && data->last && contents->seen == collector->record->entries[entry].size;
	enum silt_status status = SILT_OK;
	if (data->offset == 0 && data->last) {
		silt_sha256(data->bytes, content.sha256);
	} else if (contents->whole) {
		status = add_piece(contents, data->bytes, err);
	}
	if (status == SILT_OK && known && contents->hasher) {
		take_digest(contents, &content, &known);
	}
	return status == SILT_OK && known ? keep(contents, collector->record, &content, err) : status;
}

static int order_contents(const void *left, const void *right)
{
	const struct silt_content_digest *a = left, *b = right;
	return (a->entry > b->entry) - (a->entry < b->entry);
}

const struct silt_content_digest *silt_record_content(const struct silt_record *record, uint32_t index)
{
	const struct silt_content_digest key = {.entry = index};
	return record->content_count == 0
		       ? NULL
		       : bsearch(&key, record->contents, record->content_count, sizeof(key), order_contents);
}
