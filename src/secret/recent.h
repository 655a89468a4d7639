/*
 * The recent bytes of a stream that comes in blocks: any run of them that is no longer than `keep`, in one piece.
 *
 *        carry: the end of earlier blocks        block: the caller's bytes, in place
 *     ─────────┬──────────────────────────────┬─────────────────────────────────────────
 *              │        [ run across the seam-│-------]                 [ run in the block ]
 *     ─────────┴──────────────────────────────┴─────────────────────────────────────────
 *
 * A run inside the block is given where it is. For one across the seam the head of the block is copied behind the
 * carry, once. A stream of a single block is never copied.
 */
#ifndef SILT_SECRET_RECENT_H
#define SILT_SECRET_RECENT_H

#include "base/attributes.h"
#include "base/bytes.h"

struct silt_recent {
	size_t keep;             /* of this stream */
	size_t keep_max;         /* of any */
	uint64_t fed;            /* bytes of the stream up to the end of the block */
	struct silt_bytes block; /* borrows: what was pushed last */
	uint8_t *carry;          /* owns: room for three times `keep_max`, and slack */
	size_t carry_len;        /* bytes that stand right before the block */
	size_t carry_used;       /* most bytes it ever held in this stream: what must be wiped */
	size_t joined;           /* bytes of the block's head that stand behind the carry */
};

/*
 * False if memory ran out; silt_recent_done is due all the same. Memory that no stream needs is asked for, not touched.
 */
bool silt_recent_init(struct silt_recent *recent, size_t keep_max) SILT_MUST_USE;
void silt_recent_done(struct silt_recent *recent);

/* Ends the stream and wipes what is left of it; another one begins. It keeps as much as the one before. */
void silt_recent_reset(struct silt_recent *recent);

/* The same, and of the new stream `keep` bytes are kept: at most keep_max. */
void silt_recent_begin(struct silt_recent *recent, size_t keep);

/*
 * Keeps at least `keep` bytes from now on, at most keep_max. What an earlier settle let go of does not come back: runs
 * must not begin before it.
 */
void silt_recent_widen(struct silt_recent *recent, size_t keep);

/* The next block. It must stay where it is until silt_recent_settle or silt_recent_reset. */
void silt_recent_push(struct silt_recent *recent, struct silt_bytes block);

/* Lets go of the block, and keeps a copy of its end. */
void silt_recent_settle(struct silt_recent *recent);

/*
 * `len` bytes from `at` on, `len` at most `keep`. They must have been fed, and begin at most `keep` before the block.
 * Valid until the next call that is not this one.
 */
struct silt_bytes silt_recent_bytes(struct silt_recent *recent, uint64_t at, size_t len);

#endif
