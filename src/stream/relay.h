/*
 * A relay: one thread reads a source, and one or two others get its blocks, in the same order and without a copy.
 *
 *     source ─► writer ─► | block | block | block | ... | ─► reader 0
 *                            a ring, used again and again   ─► reader 1
 *
 * The writer makes each block in the room of a slot (the source's `fill`); a slot is free when every reader is done with
 * it. What is aside of the stream (a silt_aside_fn) comes to reader 0, in its place between the blocks.
 *
 * Reader 0 is the one that counts: when it leaves, the other is told so (SILT_ERR_STOPPED), and the writer stops. What
 * stops the source reaches the readers as the status of their next block.
 */
#ifndef SILT_STREAM_RELAY_H
#define SILT_STREAM_RELAY_H

#include "stream/inflate.h"

enum { SILT_RELAY_READERS = 2 };

struct silt_relay;

/* With so many readers: 1 or 2. Nobody waits for one that has left. */
enum silt_status silt_relay_new(size_t readers, struct silt_relay **out, struct silt_error *err);

/* When no thread uses it any more. The blocks are wiped. */
void silt_relay_free(struct silt_relay *relay);

/* ---- The writer ---------------------------------------------------------------------------------------------------- */

/*
 * Reads `source` to its end, or until reader 0 has left (SILT_OK, too). On failure the readers get the same status and
 * sentence.
 */
enum silt_status silt_relay_pump(struct silt_relay *relay, struct silt_source source, struct silt_error *err);

/* Ends what is not pumped: the readers fail with this. */
void silt_relay_give_up(struct silt_relay *relay, enum silt_status status, const struct silt_error *why);

/* A silt_aside_fn with the relay as ctx, for what `source` calls while it is pumped. The bytes are copied. */
enum silt_status silt_relay_aside(void *relay, enum silt_aside aside, uint64_t offset, bool start, bool end,
				  struct silt_bytes bytes, struct silt_error *err);

/* ---- The readers --------------------------------------------------------------------------------------------------- */

/* The blocks, for reader `reader`, from 0. For reader 0 `aside` gets what is aside; NULL: nobody does. */
struct silt_source silt_relay_source(struct silt_relay *relay, size_t reader, silt_aside_fn *aside, void *aside_ctx);

/* Reads no more. Not needed at the end. */
void silt_relay_leave(struct silt_relay *relay, size_t reader);

#endif
