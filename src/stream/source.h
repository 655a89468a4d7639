/*
 * A source: bytes that come in blocks, once, forwards.
 *
 * Everything silt reads is a source: a file, a pipe, a member of a tar, the inflated form of another source. Stages are
 * stacked by giving one source to the next stage. No stage seeks.
 *
 * Invariants every source keeps:
 *   - a block is valid until the next call of `next` or the end of the source;
 *   - every block but the last is a multiple of 512 bytes, so that tar headers do not straddle blocks;
 *   - the end is an empty block with SILT_OK, and it stays at the end when asked again.
 *
 * What can go wrong: SILT_ERR_IO (the system), SILT_ERR_MEMORY, SILT_ERR_STOPPED. Damage in the bytes is not an error
 * of a source: it ends early and its owner tells what happened (see inflate.h, tar.h).
 */
#ifndef SILT_STREAM_SOURCE_H
#define SILT_STREAM_SOURCE_H

#include "base/attributes.h"
#include "base/bytes.h"
#include "base/error.h"

struct silt_source {
	/* Gives the next block in `*block`, or an empty one at the end. */
	enum silt_status (*next)(void *ctx, struct silt_bytes *block, struct silt_error *err);
	void *ctx; /* borrows */
	/*
	 * The same, made in the caller's `room` of SILT_BLOCK_SIZE: for who keeps blocks longer than until the next one. NULL:
	 * this source makes no blocks, but gives those of others.
	 */
	enum silt_status (*fill)(void *ctx, uint8_t *room, size_t *len, struct silt_error *err);
};

static inline enum silt_status silt_source_next(struct silt_source source, struct silt_bytes *block,
						struct silt_error *err)
{
	return source.next(source.ctx, block, err);
}

/* ---- A file descriptor: a file, a pipe, a socket. ---------------------------------------------------------------- */

struct silt_fd_source;

/*
 * Reads `fd` (borrowed, not closed) from where it stands, in blocks of SILT_BLOCK_SIZE, filled up whatever the pipe
 * delivers; EINTR is handled.
 */
enum silt_status silt_fd_source_new(int fd, struct silt_fd_source **out, struct silt_error *err);
void silt_fd_source_free(struct silt_fd_source *source);
struct silt_source silt_fd_source(struct silt_fd_source *source);

/* A run of bytes of a file, which others may read at the same time: where the descriptor stands does not matter. */
struct silt_file_range {
	int fd; /* borrows; of a regular file */
	uint64_t offset, size;
};

/* Reads that; less if the file ends before. */
enum silt_status silt_range_source_new(struct silt_file_range range, struct silt_fd_source **out,
				       struct silt_error *err);

/* The `size` bytes from place `at` of the source on, as a run of a file. False for a pipe, and if the file ends before. */
bool silt_fd_source_locate(const struct silt_fd_source *source, uint64_t at, uint64_t size,
			   struct silt_file_range *range);

/*
 * The bytes in front of `end`, a place in the source, are read by somebody else: as far as whole blocks lie in them they
 * are given without being read, as whatever bytes. For readers that only step over them.
 */
void silt_fd_source_pass_over(struct silt_fd_source *source, uint64_t end);

/* Bytes that were so given. */
uint64_t silt_fd_source_passed(const struct silt_fd_source *source);

/* To the start again, where `fd` stood at first. False if it is a pipe. */
bool silt_fd_source_rewind(struct silt_fd_source *source);

/* ---- A read callback of the caller of the library. --------------------------------------------------------------- */

/*
 * As read(2): bytes stored in `buffer` (1..size), 0 at the end, -1 for a failure, which errno may tell. Short answers are
 * fine. -2: the end, but only because nobody wants to wait any longer.
 */
typedef int64_t silt_read_fn(void *ctx, void *buffer, size_t size);

struct silt_callback_source;

enum silt_status silt_callback_source_new(silt_read_fn *read, void *ctx, struct silt_callback_source **out,
					  struct silt_error *err);
void silt_callback_source_free(struct silt_callback_source *source);
struct silt_source silt_callback_source(struct silt_callback_source *source);

/* True if it ended by giving up. */
bool silt_callback_source_gave_up(const struct silt_callback_source *source);

/* ---- Bytes in memory, given as one block. Embedded: no free. ----------------------------------------------------- */

struct silt_memory_source {
	struct silt_bytes bytes; /* borrows */
};

struct silt_source silt_memory_source(struct silt_memory_source *source);

/* ---- A tap: passes blocks on and lets somebody see them (digest, count). Embedded. ------------------------------- */

struct silt_tap {
	struct silt_source inner;
	void (*see)(void *ctx, struct silt_bytes block);
	void *ctx;
	uint64_t total; /* bytes passed so far */
};

struct silt_source silt_tap(struct silt_tap *tap);

/* ---- A peek: the start of a source is looked at, then the whole is read as if nobody had looked. ----------------- */

struct silt_peek;

/* Takes over reading from `inner`. */
enum silt_status silt_peek_new(struct silt_source inner, struct silt_peek **out, struct silt_error *err);
void silt_peek_free(struct silt_peek *peek);

/*
 * The first bytes of the source, at least `wanted` of them unless the source ends before (then all). `wanted` may grow
 * from call to call, and is what is kept in memory; not allowed once silt_peek_source was read from. Valid until the next
 * call.
 */
enum silt_status silt_peek_bytes(struct silt_peek *peek, size_t wanted, struct silt_bytes *out, struct silt_error *err);

/* All of the source from its first byte on. */
struct silt_source silt_peek_source(struct silt_peek *peek);

/* Reads `source` to its end and throws the bytes away (taps still see them). */
enum silt_status silt_source_drain(struct silt_source source, struct silt_error *err);

#endif
