/*
 * The tar reader: libarchive's calls turned into events.
 *
 * One call of libarchive may mean several events: bytes it stepped over (GAP), a warning (NOTE), and the thing itself.
 * So each call sets how far the gap goes and which events follow it, and silt_tar_next hands these out one by one
 * before it calls again. The place in the stream after each call (archive_filter_bytes) tells the gap's end: with no
 * filter it is exact, and after archive_read_data_block it is the place of the block returned.
 */
#include "stream/tar.h"

#include "base/escape.h"
#include "stream/tar_compare.h"
#include "stream/tar_entry.h"
#include "stream/tar_feed.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdlib.h>

enum { PENDING_MAX = 2, TEXT_MAX = 256, BLOCK = 512 };

enum phase {
	PHASE_OPEN,   /* libarchive has not looked at the stream yet */
	PHASE_HEADER, /* between entries */
	PHASE_BODY,   /* inside an entry */
	PHASE_REST,   /* behind the archive, or behind what libarchive could read of it */
	PHASE_END,
};

struct silt_tar {
	struct archive *archive;
	/* In any other locale libarchive warns of every name that is not ASCII. 0 if there is none: it only warns. */
	locale_t locale;
	struct silt_tar_feed feed;
	enum silt_status feed_status; /* what stopped the read callback */
	struct silt_error *err;       /* of the call of silt_tar_next that is running */
	enum phase phase;

	uint64_t gap_end; /* bytes in front of it are a gap, and come before what is pending */
	struct silt_tar_event pending[PENDING_MAX];
	size_t pending_next, pending_end;
	char text[TEXT_MAX];

	struct silt_tar_entry_slot slot;
	bool body_open;   /* DATA was promised, or given, and the last piece was not given */
	uint64_t body_at; /* bytes of the body given so far */
	bool lost;        /* inside a run of bad headers; it is noted once */
	struct silt_tar_compare compare;
	bool marked; /* the end marker was seen: bytes behind it are a tail */
};

enum silt_status silt_tar_new(struct silt_source source, const struct silt_limits *limits, struct silt_tar **out,
			      struct silt_error *err)
{
	struct silt_tar *tar = calloc(1, sizeof(*tar));
	if (!tar) {
		return silt_fail_memory(err);
	}
	tar->feed.source = source;
	tar->feed.kept_max = silt_limit_size(silt_limits_or_default(limits), SILT_LIMIT_TAR_HEADER_BYTES);
	tar->archive = archive_read_new();
	if (!tar->archive || archive_read_support_format_tar(tar->archive) != ARCHIVE_OK ||
	    archive_read_support_filter_none(tar->archive) != ARCHIVE_OK) {
		silt_tar_free(tar);
		return silt_fail(err, SILT_ERR_INTERNAL, "libarchive offers no tar reader");
	}
	tar->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	*out = tar;
	return SILT_OK;
}

void silt_tar_free(struct silt_tar *tar)
{
	if (!tar) {
		return;
	}
	archive_read_free(tar->archive);
	if (tar->locale) {
		freelocale(tar->locale);
	}
	silt_tar_feed_done(&tar->feed);
	silt_tar_compare_done(&tar->compare);
	silt_tar_entry_slot_done(&tar->slot);
	free(tar);
}

uint64_t silt_tar_position(const struct silt_tar *tar)
{
	return tar->feed.cursor;
}

/* ---- What a call of libarchive leaves to be handed out ------------------------------------------------------------- */

static void add_event(struct silt_tar *tar, struct silt_tar_event event)
{
	tar->pending[tar->pending_end++] = event;
}

/* `text` is ours or libarchive's, which may quote the archive. */
static void add_note(struct silt_tar *tar, enum silt_tar_note note, uint64_t offset, const char *text)
{
	add_event(tar, (struct silt_tar_event){
			       .kind = SILT_TAR_NOTE,
			       .note = note,
			       .offset = offset,
			       .text = silt_escape_text(silt_bytes_text(text), tar->text, sizeof(tar->text)),
		       });
}

/* Ends a body whose last piece did not know that it was the last, or never came. */
static void close_body(struct silt_tar *tar)
{
	if (tar->body_open) {
		tar->body_open = false;
		add_event(tar, (struct silt_tar_event){.kind = SILT_TAR_DATA, .offset = tar->body_at, .last = true});
	}
}

static const char *archive_words(struct silt_tar *tar)
{
	const char *words = archive_error_string(tar->archive);
	return words ? words : "no reason given";
}

static uint64_t place(struct silt_tar *tar)
{
	return (uint64_t)archive_filter_bytes(tar->archive, 0);
}

/* libarchive cannot go on. If that is because the stream is over, it says more about the archive than about a fault. */
static void give_up(struct silt_tar *tar)
{
	uint64_t end = silt_tar_feed_end(&tar->feed);
	bool in_body = tar->body_open;
	bool body_complete = tar->phase == PHASE_BODY && !in_body;
	close_body(tar);
	if (tar->feed.overflowed) {
		add_note(tar, SILT_TAR_NOTE_FATAL, tar->feed.cursor, "a longer run of headers or holes");
		tar->pending[tar->pending_end - 1].limit = SILT_LIMIT_TAR_HEADER_BYTES;
	} else if (!tar->feed.ended) {
		add_note(tar, SILT_TAR_NOTE_FATAL, place(tar), archive_words(tar)); /* it alone knows why */
	} else if (body_complete) {
		add_note(tar, SILT_TAR_NOTE_NO_END, end, "the archive ends in the padding of its last entry");
	} else if (end == 0) {
		add_note(tar, SILT_TAR_NOTE_NO_END, end, "there are no bytes at all");
	} else {
		add_note(tar, SILT_TAR_NOTE_TRUNCATED, end,
			 in_body ? "expected more of the body of the last entry, found the end of the data"
				 : "expected a whole tar header or the end marker, found the end of the data");
	}
	tar->gap_end = end;
	tar->phase = PHASE_REST;
}

/* ---- The calls ----------------------------------------------------------------------------------------------------- */

static la_ssize_t read_block(struct archive *archive, void *ctx, const void **buffer)
{
	struct silt_tar *tar = ctx;
	struct silt_bytes block;
	tar->feed_status = silt_tar_feed_next(&tar->feed, &block, tar->err);
	if (tar->feed_status != SILT_OK || tar->feed.overflowed) {
		archive_set_error(archive, EIO, "stopped");
		return -1;
	}
	*buffer = block.ptr;
	return (la_ssize_t)block.len;
}

static void open_archive(struct silt_tar *tar)
{
	if (archive_read_open2(tar->archive, tar, NULL, read_block, NULL, NULL) == ARCHIVE_OK) {
		tar->phase = PHASE_HEADER;
	} else {
		give_up(tar);
	}
}

/* The last 512 bytes of the gap that ends at `end` are all zero. */
static bool ends_with_zeros(const struct silt_tar_feed *feed, uint64_t end)
{
	struct silt_bytes bytes = silt_buffer_bytes(&feed->kept);
	if (end > feed->block_at) {
		bytes = silt_bytes_slice(feed->block, 0, (size_t)(end - feed->block_at));
	}
	return bytes.len >= BLOCK && silt_bytes_all(silt_bytes_slice(bytes, bytes.len - BLOCK, BLOCK), 0);
}

static void take_end(struct silt_tar *tar, uint64_t start)
{
	uint64_t end = place(tar);
	tar->gap_end = end;
	tar->marked = end > start && ends_with_zeros(&tar->feed, end);
	/* What libarchive steps over here is padding of less than a block, and the marker. */
	if (!tar->marked || end - start < 2 * BLOCK) {
		add_note(tar, SILT_TAR_NOTE_NO_END, end, "the archive has no whole end marker");
	}
	tar->phase = PHASE_REST;
}

/* A header with a bad checksum; libarchive tries the next block. */
static void take_bad_header(struct silt_tar *tar, uint64_t start)
{
	tar->gap_end = place(tar);
	if (tar->gap_end <= start) {
		give_up(tar);
	} else if (!tar->lost) {
		tar->lost = true;
		add_note(tar, SILT_TAR_NOTE_DAMAGED, start,
			 "expected a tar header with a right checksum, found other bytes; entries may be lost");
	}
}

/* libarchive could not convert a name to the locale. We take names as they are. */
static bool is_about_charset(const char *words)
{
	return strstr(words, "can't be converted") != NULL;
}

static enum silt_status take_entry(struct silt_tar *tar, struct archive_entry *from, bool warned)
{
	uint64_t offset = (uint64_t)archive_read_header_position(tar->archive);
	enum silt_status status = silt_tar_entry_fill(&tar->slot, from, offset, tar->err);
	if (status != SILT_OK) {
		return status;
	}
	if (warned && !is_about_charset(archive_words(tar))) {
		add_note(tar, SILT_TAR_NOTE_WARNING, offset, archive_words(tar));
	}
	add_event(tar, (struct silt_tar_event){.kind = SILT_TAR_ENTRY, .entry = &tar->slot.entry});
	tar->gap_end = place(tar);
	tar->body_open = tar->slot.entry.size > 0;
	tar->body_at = 0;
	tar->lost = false;
	tar->phase = PHASE_BODY;
	return SILT_OK;
}

static enum silt_status read_header(struct silt_tar *tar)
{
	struct archive_entry *from = NULL;
	uint64_t start = place(tar);
	int result = archive_read_next_header(tar->archive, &from);
	switch (tar->feed_status == SILT_OK ? result : ARCHIVE_FATAL) {
	case ARCHIVE_OK:
	case ARCHIVE_WARN:
		return take_entry(tar, from, result == ARCHIVE_WARN);
	case ARCHIVE_EOF:
		take_end(tar, start);
		return SILT_OK;
	case ARCHIVE_RETRY:
		take_bad_header(tar, start);
		return SILT_OK;
	default: /* ARCHIVE_FAILED, ARCHIVE_FATAL */
		give_up(tar);
		return SILT_OK;
	}
}

/* A piece of the body. One that comes after the last is not of the body: it becomes part of the gap. */
static void take_data(struct silt_tar *tar, struct silt_bytes bytes, uint64_t offset)
{
	const struct silt_tar_entry *entry = &tar->slot.entry;
	uint64_t at = place(tar);
	if (at < tar->feed.cursor || bytes.len > silt_tar_feed_end(&tar->feed) - at) {
		give_up(tar);
		return;
	}
	tar->gap_end = at;
	if (bytes.len == 0 || (!tar->body_open && entry->size > 0)) {
		return;
	}
	bool last = !entry->sparse && offset + bytes.len == entry->size;
	add_event(tar, (struct silt_tar_event){.kind = SILT_TAR_DATA, .bytes = bytes, .offset = offset, .last = last});
	tar->body_at = offset + bytes.len;
	tar->body_open = !last;
}

static enum silt_status read_body(struct silt_tar *tar)
{
	const void *ptr = NULL;
	size_t len = 0;
	la_int64_t offset = 0;
	int result = archive_read_data_block(tar->archive, &ptr, &len, &offset);
	switch (tar->feed_status == SILT_OK ? result : ARCHIVE_FATAL) {
	case ARCHIVE_OK:
	case ARCHIVE_WARN:
		take_data(tar, silt_bytes(ptr, len), (uint64_t)offset);
		return SILT_OK;
	case ARCHIVE_EOF:
		tar->gap_end = place(tar);
		close_body(tar);
		tar->phase = PHASE_HEADER;
		return SILT_OK;
	default: /* ARCHIVE_RETRY, ARCHIVE_FAILED, ARCHIVE_FATAL */
		give_up(tar);
		return SILT_OK;
	}
}

static size_t count_zeros(struct silt_bytes bytes)
{
	size_t zeros = 0;
	while (zeros < bytes.len && bytes.ptr[zeros] == 0) {
		zeros++;
	}
	return zeros;
}

/* Everything that libarchive did not want. */
static enum silt_status read_rest(struct silt_tar *tar)
{
	struct silt_tar_feed *feed = &tar->feed;
	uint64_t end = silt_tar_feed_end(feed);
	struct silt_bytes rest = silt_bytes_slice(feed->block, (size_t)(feed->cursor - feed->block_at), SIZE_MAX);
	if (rest.len == 0) {
		enum silt_status status = silt_tar_feed_next(feed, &rest, tar->err);
		tar->phase = status == SILT_OK && rest.len == 0 ? PHASE_END : PHASE_REST;
		return status;
	}
	size_t zeros = count_zeros(rest);
	if (tar->marked && zeros < rest.len) {
		tar->marked = false; /* noted once */
		add_note(tar, SILT_TAR_NOTE_TAIL, feed->cursor + zeros, "bytes follow the end marker");
	}
	tar->gap_end = end;
	return SILT_OK;
}

static enum silt_status advance(struct silt_tar *tar)
{
	enum silt_status status = tar->feed_status;
	if (status != SILT_OK) {
		return status;
	}
	switch (tar->phase) {
	case PHASE_OPEN:
		open_archive(tar);
		break;
	case PHASE_HEADER:
		status = read_header(tar);
		break;
	case PHASE_BODY:
		status = read_body(tar);
		break;
	case PHASE_REST:
		status = read_rest(tar);
		break;
	case PHASE_END:
		add_event(tar, (struct silt_tar_event){.kind = SILT_TAR_END, .offset = tar->feed.cursor});
		break;
	}
	return status != SILT_OK ? status : tar->feed_status;
}

/* ---- The events ---------------------------------------------------------------------------------------------------- */

static bool take_ready(struct silt_tar *tar, struct silt_tar_event *event)
{
	*event = (struct silt_tar_event){.kind = SILT_TAR_GAP};
	if (silt_tar_feed_take(&tar->feed, tar->gap_end, &event->bytes, &event->offset)) {
		return true;
	}
	if (tar->pending_next == tar->pending_end) {
		return false;
	}
	if (silt_tar_compare_note(&tar->compare, &tar->pending[tar->pending_next], tar->feed.cursor, event)) {
		return true;
	}
	*event = tar->pending[tar->pending_next++];
	if (event->kind == SILT_TAR_DATA) {
		silt_tar_feed_pass(&tar->feed, event->bytes.len);
	}
	return true;
}

enum silt_status silt_tar_next(struct silt_tar *tar, struct silt_tar_event *event, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	locale_t before = uselocale(tar->locale);
	tar->err = err;
	while (status == SILT_OK && !take_ready(tar, event)) {
		tar->pending_next = tar->pending_end = 0;
		status = advance(tar);
	}
	if (status == SILT_OK) {
		status = silt_tar_compare_follow(&tar->compare, event, err);
	}
	tar->err = NULL;
	uselocale(before);
	return status;
}
