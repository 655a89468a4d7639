/*
 * Fuzz target: whatever libarchive lists of a tar, silt lists too. An entry is given as one that all read alike, or as one
 * that only libarchive reads; or a note says that there are more of these than are kept. And what is said to be alike is
 * in libarchive's list.
 */
#include "base/path.h"
#include "stream/tar.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

enum { LISTED_MAX = 4096 };

/* The entries that one reader finds: where their headers begin, and what they are called. */
struct listing {
	struct {
		uint64_t offset, path;
	} items[LISTED_MAX];
	size_t count;
	bool partial; /* the reader gave up on some */
	bool other;   /* entries of no type are among them, which libarchive may count as part of what stands behind */
};

static void demand(bool holds)
{
	if (!holds) {
		abort();
	}
}

/* FNV-1a. */
static uint64_t hash_of(struct silt_bytes bytes)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < bytes.len; i++) {
		hash = (hash ^ bytes.ptr[i]) * UINT64_C(0x100000001b3);
	}
	return hash;
}

/* Of the name as it is extracted: slashes in front, behind and in a row make no difference. */
static uint64_t hash_of_clean(struct silt_bytes path)
{
	unsigned flags;
	uint8_t *clean = malloc(path.len + 1);
	demand(clean);
	uint64_t hash = hash_of(silt_bytes(clean, silt_path_clean(path, clean, &flags)));
	free(clean);
	return hash;
}

static void add(struct listing *listing, uint64_t offset, struct silt_bytes path)
{
	if (listing->count == LISTED_MAX) {
		listing->partial = true;
		return;
	}
	listing->items[listing->count].offset = offset;
	listing->items[listing->count++].path = hash_of_clean(path);
}

static bool has(const struct listing *listing, const struct listing *of, size_t item)
{
	for (size_t i = 0; i < listing->count; i++) {
		bool here = listing->items[i].offset == of->items[item].offset || listing->other || of->other;
		if (here && listing->items[i].path == of->items[item].path) {
			return true;
		}
	}
	return false;
}

/* Reads a body to its end, as silt does. False if libarchive gives up. */
static bool pass_body(struct archive *archive)
{
	const void *block;
	size_t len;
	la_int64_t offset;
	int result;
	do {
		result = archive_read_data_block(archive, &block, &len, &offset);
	} while (result == ARCHIVE_OK || result == ARCHIVE_WARN);
	return result == ARCHIVE_EOF;
}

static void list_by_libarchive(struct silt_bytes input, struct listing *listing)
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;
	demand(archive && archive_read_support_format_tar(archive) == ARCHIVE_OK);
	int result = archive_read_open_memory(archive, input.ptr, input.len);
	bool goes_on = result == ARCHIVE_OK;
	la_int64_t place = -1;
	while (goes_on) {
		result = archive_read_next_header(archive, &entry);
		bool found = result == ARCHIVE_OK || result == ARCHIVE_WARN;
		if (found) {
			add(listing, (uint64_t)archive_read_header_position(archive),
			    silt_bytes_text(archive_entry_pathname(entry)));
			goes_on = pass_body(archive);
		} else {
			la_int64_t now = archive_filter_bytes(archive, 0);
			goes_on = result == ARCHIVE_RETRY && now > place;
			place = now;
		}
	}
	archive_read_free(archive);
}

static enum silt_status next_block(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	(void)err;
	struct silt_bytes *rest = ctx;
	*block = *rest;
	*rest = silt_bytes(NULL, 0);
	return SILT_OK;
}

/* The label of a volume, which Go gives as an entry that no runtime extracts, and libarchive as nothing. */
static bool is_label(const struct silt_tar_entry *entry)
{
	return entry->type == SILT_ENTRY_OTHER && entry->size == 0;
}

/* `alike` gets what both list, `others` what libarchive may list alone. */
static void list_by_silt(struct silt_bytes input, struct listing *alike, struct listing *others)
{
	struct silt_tar *tar = NULL;
	struct silt_tar_event event;
	demand(silt_tar_new((struct silt_source){.next = next_block, .ctx = &input}, NULL, &tar, NULL) == SILT_OK);
	do {
		demand(silt_tar_next(tar, &event, NULL) == SILT_OK);
		if (event.kind == SILT_TAR_ENTRY && event.entry->type == SILT_ENTRY_OTHER) {
			alike->other = others->other = true;
		}
		if (event.kind == SILT_TAR_ENTRY && event.entry->reading != SILT_TAR_READ_GO) {
			bool sure = event.entry->reading == SILT_TAR_READ_ALIKE && !is_label(event.entry);
			add(sure ? alike : others, event.entry->offset, event.entry->path);
		} else if (event.kind == SILT_TAR_NOTE && event.limit != SILT_LIMIT_NONE) {
			others->partial = true;
		}
	} while (event.kind != SILT_TAR_END);
	silt_tar_free(tar);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct listing *lists = calloc(3, sizeof(*lists));
	demand(lists);
	struct listing *theirs = &lists[0], *alike = &lists[1], *others = &lists[2];
	list_by_libarchive(silt_bytes(data, size), theirs);
	list_by_silt(silt_bytes(data, size), alike, others);
	bool whole = !theirs->partial && !alike->partial && !others->partial;
	for (size_t i = 0; i < theirs->count && whole; i++) {
		demand(has(alike, theirs, i) || has(others, theirs, i));
	}
	for (size_t i = 0; i < alike->count && whole; i++) {
		demand(has(theirs, alike, i));
	}
	free(lists);
	return 0;
}
