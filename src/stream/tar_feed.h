/*
 * The bytes under the two readers of a tar. libarchive asks for the next block in the middle of its own calls, and the
 * block before dies then. What the walk has not had of it is copied and kept.
 *
 *        kept (copies)           block of the source
 *     |<------------------>|<-------------------------->|
 *     +----------+---------+----------------------------+ - - -
 *     | given    | not given                            | not read
 *     +----------+---------+----------------------------+ - - -
 *                ^ cursor                               ^ end
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
	uint64_t end;      /* place behind the block in the stream */
	size_t block_used; /* bytes of it that were given; 0 as long as some of `kept` were not */
	struct silt_buffer kept;
	size_t kept_used;
	bool ended;      /* the source gave its end */
	bool overflowed; /* more had to be kept than `kept_max`: no further block was fetched */
};

void silt_tar_feed_done(struct silt_tar_feed *feed);

/*
 * Reads the next block; empty at the end. What was not given of the block before is kept. If that is too much,
 * `overflowed` is set, the block stays as it is, and the result is SILT_OK with nothing in `*block`.
 */
enum silt_status silt_tar_feed_pull(struct silt_tar_feed *feed, struct silt_bytes *block, struct silt_error *err);

/* The next bytes not yet given that lie in one piece; none if all were. Valid until the next call. */
struct silt_bytes silt_tar_feed_bytes(struct silt_tar_feed *feed);

/* Counts the first `len` of them as given. They are valid until the next call of another function. */
void silt_tar_feed_pass(struct silt_tar_feed *feed, size_t len);

/* Place of the next byte not yet given. */
uint64_t silt_tar_feed_cursor(const struct silt_tar_feed *feed);

#endif
