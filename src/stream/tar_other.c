/* libarchive's reading of a tar. */
#include "stream/tar_other.h"

#include "base/escape.h"

#include "stream/tar_locale.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>

/*
 * What libarchive 3.6.2 makes for itself without a look whether it got it is made here, and looked at: the entry, and
 * the object that holds the context of callbacks.
 */
bool silt_tar_other_init(struct silt_tar_other *other, struct silt_tar_feed *feed)
{
	*other = (struct silt_tar_other){.feed = feed, .archive = archive_read_new(), .entry = archive_entry_new()};
	return other->archive && other->entry && archive_read_set_callback_data(other->archive, other) == ARCHIVE_OK &&
	       archive_read_support_format_tar(other->archive) == ARCHIVE_OK &&
	       archive_read_support_filter_none(other->archive) == ARCHIVE_OK;
}

void silt_tar_other_done(struct silt_tar_other *other)
{
	archive_read_free(other->archive);
	archive_entry_free(other->entry);
	silt_tar_entry_slot_done(&other->slot);
}

static la_ssize_t read_block(struct archive *archive, void *ctx, const void **buffer)
{
	struct silt_tar_other *other = ctx;
	struct silt_bytes block;
	other->status = silt_tar_feed_pull(other->feed, &block, other->err);
	if (other->status != SILT_OK || other->feed->overflowed) {
		archive_set_error(archive, EIO, "what it wants to step over at once is more than silt keeps");
		return -1;
	}
	*buffer = block.ptr;
	return (la_ssize_t)block.len;
}

static void keep_words(struct silt_tar_other *other)
{
	const char *words = archive_error_string(other->archive);
	silt_escape_text(silt_bytes_text(words ? words : "no reason given"), other->words, sizeof(other->words));
}

/* Without memory libarchive reads another archive, or none: what it says of this one is not to be believed. */
static enum silt_tar_step starve(struct silt_tar_other *other)
{
	other->status = silt_fail_memory(other->err);
	other->over = true;
	return SILT_TAR_STEP_OVER;
}

static bool is_starved(const struct silt_tar_other *other)
{
	return archive_errno(other->archive) == ENOMEM;
}

static enum silt_tar_step give_up(struct silt_tar_other *other)
{
	keep_words(other);
	other->fatal = other->over = true;
	return SILT_TAR_STEP_OVER;
}

/* libarchive could not convert a name to the locale. We take names as they are. */
static bool is_about_charset(const char *words)
{
	return strstr(words, "can't be converted") != NULL;
}

static enum silt_tar_step take_entry(struct silt_tar_other *other, bool warned)
{
	uint64_t offset = (uint64_t)archive_read_header_position(other->archive);
	other->status = silt_tar_entry_fill(&other->slot, other->entry, offset, other->err);
	if (warned) {
		keep_words(other);
	}
	other->warned = warned && !is_about_charset(other->words);
	other->has_entry = other->in_body = true;
	other->entry_end = other->place;
	return SILT_TAR_STEP_ENTRY;
}

static enum silt_tar_step read_header(struct silt_tar_other *other)
{
	uint64_t before = other->place;
	int result = archive_read_next_header2(other->archive, other->entry);
	other->has_entry = false;
	other->place = (uint64_t)archive_filter_bytes(other->archive, 0);
	switch (result) {
	case ARCHIVE_OK:
	case ARCHIVE_WARN:
		return take_entry(other, result == ARCHIVE_WARN);
	case ARCHIVE_EOF:
		other->over = true;
		return SILT_TAR_STEP_OVER;
	case ARCHIVE_RETRY:
		return other->place > before ? SILT_TAR_STEP_LOST : give_up(other);
	default: /* ARCHIVE_FAILED, ARCHIVE_FATAL */
		return give_up(other);
	}
}

static enum silt_tar_step read_body(struct silt_tar_other *other)
{
	const void *ptr = NULL;
	size_t len = 0;
	la_int64_t offset = 0;
	int result = archive_read_data_block(other->archive, &ptr, &len, &offset);
	other->place = (uint64_t)archive_filter_bytes(other->archive, 0);
	switch (result) {
	case ARCHIVE_OK:
	case ARCHIVE_WARN:
		other->data_len = len;
		other->data_offset = (uint64_t)offset;
		return len <= other->feed->end - other->place ? SILT_TAR_STEP_DATA : give_up(other);
	case ARCHIVE_EOF:
		other->in_body = false;
		return SILT_TAR_STEP_BODY;
	default: /* ARCHIVE_RETRY, ARCHIVE_FAILED, ARCHIVE_FATAL */
		return give_up(other);
	}
}

/* Only memory is refused here without a reason. */
static enum silt_tar_step fail_open(struct silt_tar_other *other)
{
	return is_starved(other) || archive_errno(other->archive) == 0 ? starve(other) : give_up(other);
}

static enum silt_tar_step take_step(struct silt_tar_other *other)
{
	other->data_len = 0;
	if (!other->opened) {
		other->opened = true;
		archive_read_set_read_callback(other->archive, read_block);
		if (archive_read_open1(other->archive) != ARCHIVE_OK) {
			return fail_open(other);
		}
	}
	enum silt_tar_step step = other->in_body ? read_body(other) : read_header(other);
	return is_starved(other) ? starve(other) : step;
}

enum silt_status silt_tar_other_step(struct silt_tar_other *other, enum silt_tar_step *step, struct silt_error *err)
{
	locale_t before = uselocale(silt_tar_locale());
	other->err = err;
	*step = take_step(other);
	other->err = NULL;
	uselocale(before);
	return other->status;
}
