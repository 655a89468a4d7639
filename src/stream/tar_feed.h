/*
 * The bytes under the tar reader: which block libarchive looks at, and which bytes were given to nobody yet.
 *
 * libarchive asks for the next block in the middle of its own calls, and the block before dies then. What nobody had of
 * that block is a gap (a header, padding): it is copied and kept until the caller fetches it.
 *
 *        kept (copies)      block of the source
 *     |<------------->|<-------------------------->|
 *     +---------------+-----------+----------------+ - - -
 *     | not given     | given     | not given      | not read
 *     +---------------+-----------+----------------+ - - -
 *                                 ^ cursor         ^ end
 */
#ifndef SILT_STREAM_TAR_FEED_H
#define SILT_STREAM_TAR_FEED_H

#include "base/buffer.h"
#include "stream/source.h"

/* Start with `source` and `kept_max` set and the rest zero. */
struct silt_tar_feed {
	struct silt_source source;
	size_t kept_max; /* bytes */
	struct silt_bytes block;
	uint64_t block_at; /* place of the block in the stream */
	uint64_t cursor;   /* in the block: everything before was given or is kept */
	struct silt_buffer kept;
	uint64_t kept_at;
	bool kept_given; /* `kept` was handed out, and is valid until the next call */
	bool ended;      /* the source gave its end */
	bool overflowed; /* more had to be kept than `kept_max`: no further block was fetched */
};

void silt_tar_feed_done(struct silt_tar_feed *feed);

/* Place behind the last byte read. */
uint64_t silt_tar_feed_end(const struct silt_tar_feed *feed);

/*
 * Reads the next block; empty at the end. What is left of the block before is kept. If that is too much, `overflowed`
 * is set, the block stays as it is, and the result is SILT_OK with nothing in `*block`.
 */
enum silt_status silt_tar_feed_next(struct silt_tar_feed *feed, struct silt_bytes *block, struct silt_error *err);

/*
 * Gives the next bytes not yet given, in front of `until`, and counts them as given. False if there are none. Valid
 * until the next call of a function of the feed.
 */
bool silt_tar_feed_take(struct silt_tar_feed *feed, uint64_t until, struct silt_bytes *bytes, uint64_t *at);

/* Counts `len` bytes at the cursor as given. */
void silt_tar_feed_pass(struct silt_tar_feed *feed, size_t len);

#endif
