/*
 * Fuzz target: the tar reader. Every byte of the input belongs to exactly one DATA or GAP event, in order; bodies come as
 * they were promised; and what Docker reads does not depend on how the stream is cut, and so not on libarchive either.
 */
#include "stream/tar.h"

#include <stdlib.h>

struct cut_source {
	struct silt_bytes rest;
	size_t block;
};

/* What was seen of one reading. */
struct reading {
	struct silt_bytes input;
	size_t seen;      /* bytes of it */
	bool open;        /* the last piece of a body is due */
	bool dockers;     /* of an entry that Docker reads */
	uint64_t body_at; /* where its next piece begins at the earliest */
	uint64_t hash;    /* over what Docker reads */
};

static void demand(bool holds)
{
	if (!holds) {
		abort();
	}
}

static enum silt_status next_cut(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	(void)err;
	struct cut_source *source = ctx;
	*block = silt_bytes_slice(source->rest, 0, source->block);
	source->rest = silt_bytes_slice(source->rest, source->block, source->rest.len);
	return SILT_OK;
}

/* FNV-1a. */
static void hash_bytes(struct reading *reading, struct silt_bytes bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		reading->hash = (reading->hash ^ bytes.ptr[i]) * UINT64_C(0x100000001b3);
	}
}

static void hash_number(struct reading *reading, uint64_t number)
{
	hash_bytes(reading, silt_bytes(&number, sizeof(number)));
}

static void take_bytes(struct reading *reading, struct silt_bytes bytes)
{
	demand(bytes.len <= reading->input.len - reading->seen);
	demand(silt_bytes_equal(bytes, silt_bytes_slice(reading->input, reading->seen, bytes.len)));
	reading->seen += bytes.len;
}

static void take_entry(struct reading *reading, const struct silt_tar_entry *entry)
{
	demand(!reading->open && (!entry->has_data || entry->size > 0));
	reading->open = entry->has_data;
	reading->dockers = entry->reading != SILT_TAR_READ_OTHER;
	reading->body_at = 0;
	if (!reading->dockers) {
		return;
	}
	hash_bytes(reading, entry->path);
	hash_bytes(reading, entry->link);
	hash_number(reading, entry->type);
	hash_number(reading, entry->mode);
	hash_number(reading, entry->uid);
	hash_number(reading, entry->gid);
	hash_number(reading, entry->size);
	hash_number(reading, (uint64_t)entry->mtime);
	hash_number(reading, entry->dev_major);
	hash_number(reading, entry->dev_minor);
	hash_number(reading, entry->offset);
	for (size_t i = 0; i < entry->xattr_count; i++) {
		hash_bytes(reading, entry->xattrs[i].name);
		hash_bytes(reading, entry->xattrs[i].value);
	}
}

static void take_data(struct reading *reading, const struct silt_tar_event *event)
{
	demand(reading->open && (event->bytes.len > 0 || event->last));
	demand(event->offset >= reading->body_at || !reading->dockers); /* libarchive takes maps that overlap */
	take_bytes(reading, event->bytes);
	if (reading->dockers) {
		for (size_t i = 0; i < event->bytes.len; i++) {
			hash_number(reading, (event->offset + i) << 8 | event->bytes.ptr[i]);
		}
	}
	reading->body_at = event->offset + event->bytes.len;
	reading->open = !event->last;
}

static void take_event(struct reading *reading, const struct silt_tar_event *event)
{
	switch (event->kind) {
	case SILT_TAR_ENTRY:
		take_entry(reading, event->entry);
		break;
	case SILT_TAR_DATA:
		take_data(reading, event);
		break;
	case SILT_TAR_GAP:
		demand(event->offset == reading->seen && event->bytes.len > 0);
		take_bytes(reading, event->bytes);
		break;
	case SILT_TAR_NOTE:
		demand(!reading->open && event->text[0] != '\0');
		break;
	case SILT_TAR_END:
		demand(!reading->open && reading->seen == reading->input.len);
		break;
	}
}

static uint64_t read_all(struct silt_bytes input, size_t block)
{
	struct cut_source cut = {input, block};
	struct reading reading = {.input = input};
	struct silt_error err = {0};
	struct silt_tar *tar = NULL;
	struct silt_tar_event event = {0};
	demand(silt_tar_new((struct silt_source){.next = next_cut, .ctx = &cut}, NULL, &tar, &err) == SILT_OK);
	do {
		demand(silt_tar_next(tar, &event, &err) == SILT_OK);
		take_event(&reading, &event);
	} while (event.kind != SILT_TAR_END);
	silt_tar_free(tar);
	return reading.hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_bytes input = silt_bytes(data, size);
	uint64_t whole = read_all(input, size + 512 - size % 512);
	demand(read_all(input, 512) == whole);
	demand(read_all(input, 700) == whole);
	return 0;
}
