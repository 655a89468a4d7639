/* The entries of a tar, told apart by the record that the first reading made, and the bytes that are none of theirs. */
#include "evidence/work.h"

#include "base/path.h"

void silt_tar_dig_begin(struct silt_tar_dig *dig, struct silt_dig_work *work, size_t stored)
{
	*dig = (struct silt_tar_dig){.work = work,
				     .stored = stored,
				     .record = silt_stored_record(work->result, stored),
				     .entry = UINT32_MAX,
				     .padding_from = UINT64_MAX,
				     .tail_from = UINT64_MAX};
	dig->items = silt_wanted_of(work, stored, SILT_DIG_BODY, &dig->count);
}

/* ---- Entries ------------------------------------------------------------------------------------------------------- */

/* The last component of a name as it stands in a tar is that of the clean path in the record. */
static bool has_name(const struct silt_record *record, const struct silt_entry *entry, struct silt_bytes raw)
{
	const struct silt_bytes name = silt_entry_name(record, entry);
	while (raw.len > 0 && (raw.ptr[raw.len - 1] == '/' || raw.ptr[raw.len - 1] == '.')) {
		raw.len--;
	}
	struct silt_bytes clean = name;
	while (clean.len > 0 && clean.ptr[clean.len - 1] == '.') {
		clean.len--;
	}
	/* What ".." made of a name is not worth cleaning for: place and size must do. */
	return silt_bytes_find(raw, SILT_LITERAL("..")) != SIZE_MAX || clean.len > raw.len ||
	       silt_bytes_equal(silt_bytes_slice(raw, raw.len - clean.len, clean.len), clean);
}

static bool is_entry(const struct silt_record *record, uint32_t index, const struct silt_tar_entry *entry)
{
	const struct silt_entry *known = &record->entries[index];
	return silt_entry_offset(known) == entry->offset / SILT_ENTRY_BLOCK * SILT_ENTRY_BLOCK &&
	       known->size == entry->size && known->type == (uint8_t)entry->type &&
	       ((known->flags & SILT_ENTRY_DISPUTED) != 0) == (entry->reading == SILT_TAR_READ_OTHER) &&
	       has_name(record, known, entry->path);
}

/* The item that wants the body of the entry under way; NULL: none does. Items of one body follow each other. */
static struct silt_wanted_item *item_of(const struct silt_tar_dig *dig)
{
	size_t low = 0, high = dig->count;
	while (low < high) {
		const size_t half = low + (high - low) / 2;
		if (dig->items[half].item.entry < dig->entry) {
			low = half + 1;
		} else {
			high = half;
		}
	}
	return low < dig->count && dig->items[low].item.entry == dig->entry ? &dig->items[low] : NULL;
}

/* To every item that wants this body, and to who wants all. */
static enum silt_status give_body(struct silt_tar_dig *dig, uint64_t offset, struct silt_bytes bytes, bool last,
				  struct silt_error *err)
{
	const struct silt_dig_piece piece = {.stored = dig->stored,
					     .part = SILT_DIG_BODY,
					     .entry = dig->entry == UINT32_MAX ? SIZE_MAX : dig->entry,
					     .offset = offset,
					     .bytes = bytes,
					     .last = last};
	if (dig->work->all) {
		return silt_give(dig->work, NULL, piece, err);
	}
	struct silt_wanted_item *item = item_of(dig);
	enum silt_status status = SILT_OK;
	for (; item && item < dig->items + dig->count && item->item.entry == dig->entry && status == SILT_OK; item++) {
		status = item->done ? SILT_OK : silt_give(dig->work, item, piece, err);
	}
	return status;
}

enum silt_status silt_tar_dig_entry(struct silt_tar_dig *dig, const struct silt_tar_entry *entry,
				    struct silt_error *err)
{
	const bool known = dig->next < dig->record->entry_count && is_entry(dig->record, dig->next, entry);
	dig->entry = known ? dig->next++ : UINT32_MAX;
	dig->open = entry->has_data && (dig->work->all || (known && item_of(dig)));
	if (entry->has_data || !known) {
		return SILT_OK;
	}
	return dig->work->all ? SILT_OK : give_body(dig, 0, silt_bytes(NULL, 0), true, err);
}

/* ---- The rest ------------------------------------------------------------------------------------------------------ */

/* Where the headers of the entry that comes next begin. */
static uint64_t next_header(const struct silt_tar_dig *dig)
{
	return dig->next < dig->record->entry_count ? silt_entry_offset(&dig->record->entries[dig->next]) : UINT64_MAX;
}

/* What the first byte at a place of a gap is, and how far the same goes. */
static enum silt_dig_part part_at(const struct silt_tar_dig *dig, uint64_t at, uint64_t *to)
{
	if (at >= dig->tail_from) {
		const uint64_t header = next_header(dig);
		if (at >= header) {
			return SILT_DIG_HEADER;
		}
		*to = *to < header ? *to : header;
		return SILT_DIG_TAIL;
	}
	if (at >= dig->padding_from && at < dig->padding_to) {
		*to = *to < dig->padding_to ? *to : dig->padding_to;
		return SILT_DIG_PADDING;
	}
	*to = *to < dig->tail_from ? *to : dig->tail_from;
	return SILT_DIG_HEADER;
}

static enum silt_status give_gap(struct silt_tar_dig *dig, uint64_t at, struct silt_bytes bytes, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	while (bytes.len > 0 && status == SILT_OK) {
		uint64_t to = at + bytes.len;
		const enum silt_dig_part part = part_at(dig, at, &to);
		const size_t len = (size_t)(to - at);
		status = silt_give(dig->work, NULL,
				   (struct silt_dig_piece){.stored = dig->stored,
							   .part = part,
							   .entry = SIZE_MAX,
							   .offset = at,
							   .bytes = silt_bytes_slice(bytes, 0, len)},
				   err);
		bytes = silt_bytes_slice(bytes, len, bytes.len);
		at = to;
	}
	return status;
}

static enum silt_status take_data(struct silt_tar_dig *dig, const struct silt_tar_event *event, uint64_t at,
				  struct silt_error *err)
{
	if (event->last) {
		dig->padding_from = at;
		dig->padding_to = (at + SILT_ENTRY_BLOCK - 1) / SILT_ENTRY_BLOCK * SILT_ENTRY_BLOCK;
	}
	return dig->open ? give_body(dig, event->offset, event->bytes, event->last, err) : SILT_OK;
}

enum silt_status silt_tar_dig_event(struct silt_tar_dig *dig, const struct silt_tar_event *event, uint64_t at,
				    struct silt_error *err)
{
	switch (event->kind) {
	case SILT_TAR_DATA:
		return take_data(dig, event, at, err);
	case SILT_TAR_GAP:
		return dig->work->all ? give_gap(dig, event->offset, event->bytes, err) : SILT_OK;
	case SILT_TAR_NOTE:
		dig->tail_from = event->note == SILT_TAR_NOTE_TAIL ? event->offset : dig->tail_from;
		return SILT_OK;
	case SILT_TAR_ENTRY:
	case SILT_TAR_END:
		break;
	}
	return SILT_OK;
}

enum silt_status silt_tar_dig_end(const struct silt_tar_dig *dig, struct silt_error *err)
{
	return dig->next == dig->record->entry_count ? SILT_OK
						     : silt_fail(err, SILT_ERR_INPUT,
								 "it was changed while it was read: of %zu entries "
								 "found at first, only %u were met again",
								 dig->record->entry_count, dig->next);
}
