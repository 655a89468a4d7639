/* Blocks for libarchive, and what is left of them for the walk. */
#include "stream/tar_feed.h"

#include <assert.h>

void silt_tar_feed_done(struct silt_tar_feed *feed)
{
	silt_buffer_done(&feed->kept);
}

static struct silt_bytes rest_of_block(const struct silt_tar_feed *feed)
{
	return silt_bytes_slice(feed->block, feed->block_used, SIZE_MAX);
}

static void drop_given(struct silt_tar_feed *feed)
{
	struct silt_buffer *kept = &feed->kept;
	if (feed->kept_used > 0) {
		memmove(kept->ptr, kept->ptr + feed->kept_used, kept->len - feed->kept_used);
		kept->len -= feed->kept_used;
		feed->kept_used = 0;
	}
}

enum silt_status silt_tar_feed_pull(struct silt_tar_feed *feed, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_bytes rest = rest_of_block(feed);
	*block = silt_bytes(NULL, 0);
	drop_given(feed);
	if (rest.len > feed->kept_max - feed->kept.len) {
		feed->overflowed = true;
		return SILT_OK;
	}
	silt_buffer_add(&feed->kept, rest);
	if (feed->kept.failed) {
		return silt_fail_memory(err);
	}
	feed->block = *block;
	feed->block_used = 0;
	enum silt_status status = silt_source_next(feed->source, block, err);
	if (status != SILT_OK) {
		return status;
	}
	feed->ended = block->len == 0;
	feed->block = *block;
	feed->end += block->len;
	return SILT_OK;
}

struct silt_bytes silt_tar_feed_bytes(struct silt_tar_feed *feed)
{
	if (feed->kept_used == feed->kept.len) {
		silt_buffer_clear(&feed->kept);
		feed->kept_used = 0;
		return rest_of_block(feed);
	}
	return silt_bytes_slice(silt_buffer_bytes(&feed->kept), feed->kept_used, SIZE_MAX);
}

void silt_tar_feed_pass(struct silt_tar_feed *feed, size_t len)
{
	size_t kept = feed->kept.len - feed->kept_used;
	assert(len <= (kept > 0 ? kept : rest_of_block(feed).len));
	*(kept > 0 ? &feed->kept_used : &feed->block_used) += len;
}

uint64_t silt_tar_feed_cursor(const struct silt_tar_feed *feed)
{
	return feed->end - rest_of_block(feed).len - (feed->kept.len - feed->kept_used);
}
