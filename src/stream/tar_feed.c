/* Blocks for libarchive, and the account of the bytes that it swallows. */
#include "stream/tar_feed.h"

#include <assert.h>

void silt_tar_feed_done(struct silt_tar_feed *feed)
{
	silt_buffer_done(&feed->kept);
}

uint64_t silt_tar_feed_end(const struct silt_tar_feed *feed)
{
	return feed->block_at + feed->block.len;
}

static struct silt_bytes not_given(const struct silt_tar_feed *feed)
{
	return silt_bytes_slice(feed->block, (size_t)(feed->cursor - feed->block_at), SIZE_MAX);
}

static void drop_given(struct silt_tar_feed *feed)
{
	if (feed->kept_given) {
		silt_buffer_clear(&feed->kept);
		feed->kept_given = false;
	}
}

/* Keeps what is left of the block. False if that is too much. */
static bool keep(struct silt_tar_feed *feed)
{
	struct silt_bytes left = not_given(feed);
	if (left.len > feed->kept_max - feed->kept.len) {
		return false;
	}
	if (feed->kept.len == 0) {
		feed->kept_at = feed->cursor;
	}
	silt_buffer_add(&feed->kept, left);
	feed->cursor += left.len;
	return true;
}

enum silt_status silt_tar_feed_next(struct silt_tar_feed *feed, struct silt_bytes *block, struct silt_error *err)
{
	*block = silt_bytes(NULL, 0);
	drop_given(feed);
	if (!keep(feed)) {
		feed->overflowed = true;
		return SILT_OK;
	}
	if (feed->kept.failed) {
		return silt_fail_memory(err);
	}
	enum silt_status status = silt_source_next(feed->source, block, err);
	if (status != SILT_OK) {
		return status;
	}
	feed->ended = block->len == 0;
	feed->block_at = feed->cursor;
	feed->block = *block;
	return SILT_OK;
}

bool silt_tar_feed_take(struct silt_tar_feed *feed, uint64_t until, struct silt_bytes *bytes, uint64_t *at)
{
	drop_given(feed);
	if (feed->kept.len > 0) {
		*bytes = silt_buffer_bytes(&feed->kept);
		*at = feed->kept_at;
		feed->kept_given = true;
		return true;
	}
	if (until <= feed->cursor) {
		return false;
	}
	*bytes = silt_bytes_slice(not_given(feed), 0, (size_t)(until - feed->cursor));
	*at = feed->cursor;
	feed->cursor += bytes->len;
	return bytes->len > 0;
}

void silt_tar_feed_pass(struct silt_tar_feed *feed, size_t len)
{
	assert(len <= silt_tar_feed_end(feed) - feed->cursor);
	feed->cursor += len;
}
