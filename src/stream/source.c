/* Where bytes come from, and the two stages that leave them as they are: the tap and the peek. */
#include "stream/source.h"

#include "base/buffer.h"
#include "base/escape.h"
#include "base/limits.h"
#include "base/secure.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

static const struct silt_bytes nothing;

enum { GAVE_UP = -2 }; /* a callback's answer: SILT_READ_GAVE_UP */

/*
 * Calls `read` until `buffer` is full or the end is reached: whatever a pipe delivers, only the last block is short.
 * `*len` is less than SILT_BLOCK_SIZE only at the end. False if `read` failed or gave a length it must not give.
 */
static bool fill(silt_read_fn *read, void *ctx, uint8_t *buffer, size_t *len)
{
	*len = 0;
	while (*len < SILT_BLOCK_SIZE) {
		size_t room = SILT_BLOCK_SIZE - *len;
		int64_t got = read(ctx, buffer + *len, room);
		if (got == 0) {
			return true;
		}
		if (got < 0 || (uint64_t)got > room) {
			return false;
		}
		*len += (size_t)got;
	}
	return true;
}

/* ---- A file descriptor --------------------------------------------------------------------------------------------- */

struct silt_fd_source {
	int fd; /* borrows */
	bool ended;
	uint8_t block[SILT_BLOCK_SIZE];
};

enum silt_status silt_fd_source_new(int fd, struct silt_fd_source **out, struct silt_error *err)
{
	struct silt_fd_source *source = malloc(sizeof(*source));
	if (!source) {
		return silt_fail_memory(err);
	}
	silt_leave_undumped(source, sizeof(*source));
	source->fd = fd;
	source->ended = false;
	*out = source;
	return SILT_OK;
}

void silt_fd_source_free(struct silt_fd_source *source)
{
	if (source) {
		silt_wipe(source->block, sizeof(source->block));
		free(source);
	}
}

static int64_t read_fd(void *ctx, void *buffer, size_t size)
{
	int fd = *(const int *)ctx;
	ssize_t got;
	bool again;
	do {
		got = read(fd, buffer, size);
		/* A pipe that its owner made non-blocking has nothing yet: wait, as a blocking one would. */
		again = got < 0 && errno == EAGAIN && poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, -1) >= 0;
	} while (again || (got < 0 && errno == EINTR));
	return got;
}

static enum silt_status fd_next(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_fd_source *source = ctx;
	size_t len = 0;
	if (!source->ended && !fill(read_fd, &source->fd, source->block, &len)) {
		return silt_fail(err, SILT_ERR_IO, "cannot read it: %s", strerrordesc_np(errno));
	}
	source->ended = len < SILT_BLOCK_SIZE;
	*block = silt_bytes(source->block, len);
	return SILT_OK;
}

struct silt_source silt_fd_source(struct silt_fd_source *source)
{
	return (struct silt_source){fd_next, source};
}

/* ---- A read callback ----------------------------------------------------------------------------------------------- */

struct silt_callback_source {
	silt_read_fn *read;
	void *ctx; /* borrows */
	bool ended, gave_up;
	uint8_t block[SILT_BLOCK_SIZE];
};

enum silt_status silt_callback_source_new(silt_read_fn *read, void *ctx, struct silt_callback_source **out,
					  struct silt_error *err)
{
	struct silt_callback_source *source = malloc(sizeof(*source));
	if (!source) {
		return silt_fail_memory(err);
	}
	silt_leave_undumped(source, sizeof(*source));
	source->read = read;
	source->ctx = ctx;
	source->ended = source->gave_up = false;
	*out = source;
	return SILT_OK;
}

void silt_callback_source_free(struct silt_callback_source *source)
{
	if (source) {
		silt_wipe(source->block, sizeof(source->block));
		free(source);
	}
}

/* The callback's answer, with giving up as an end. */
static int64_t callback_read(void *ctx, void *buffer, size_t size)
{
	struct silt_callback_source *source = ctx;
	int64_t got = source->read(source->ctx, buffer, size);
	source->gave_up = got == GAVE_UP;
	return source->gave_up ? 0 : got;
}

static enum silt_status callback_next(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_callback_source *source = ctx;
	size_t len = 0;
	if (!source->ended && !fill(callback_read, source, source->block, &len)) {
		return silt_fail(err, SILT_ERR_IO, "the read callback failed");
	}
	source->ended = len < SILT_BLOCK_SIZE;
	*block = silt_bytes(source->block, len);
	return SILT_OK;
}

struct silt_source silt_callback_source(struct silt_callback_source *source)
{
	return (struct silt_source){callback_next, source};
}

bool silt_callback_source_gave_up(const struct silt_callback_source *source)
{
	return source->gave_up;
}

/* ---- Bytes in memory ----------------------------------------------------------------------------------------------- */

static enum silt_status memory_next(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	(void)err;
	struct silt_memory_source *source = ctx;
	*block = source->bytes;
	source->bytes = nothing;
	return SILT_OK;
}

struct silt_source silt_memory_source(struct silt_memory_source *source)
{
	return (struct silt_source){memory_next, source};
}

/* ---- A tap --------------------------------------------------------------------------------------------------------- */

static enum silt_status tap_next(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_tap *tap = ctx;
	enum silt_status status = silt_source_next(tap->inner, block, err);
	if (status != SILT_OK || block->len == 0) {
		return status;
	}
	tap->total += block->len;
	tap->see(tap->ctx, *block);
	return SILT_OK;
}

struct silt_source silt_tap(struct silt_tap *tap)
{
	return (struct silt_source){tap_next, tap};
}

/* ---- A peek -------------------------------------------------------------------------------------------------------- */

struct silt_peek {
	struct silt_source inner;
	struct silt_bytes first; /* the one block seen so far, not copied; empty once there are more */
	struct silt_buffer kept; /* copies of all blocks seen, when there are more than one */
	size_t given;            /* bytes of what was seen that were read again */
	bool ended;
	bool reading; /* silt_peek_source was read from */
};

enum silt_status silt_peek_new(struct silt_source inner, struct silt_peek **out, struct silt_error *err)
{
	struct silt_peek *peek = calloc(1, sizeof(*peek));
	if (!peek) {
		return silt_fail_memory(err);
	}
	peek->inner = inner;
	*out = peek;
	return SILT_OK;
}

void silt_peek_free(struct silt_peek *peek)
{
	if (peek) {
		silt_buffer_done(&peek->kept);
		free(peek);
	}
}

static struct silt_bytes seen(const struct silt_peek *peek)
{
	return peek->kept.len > 0 ? silt_buffer_bytes(&peek->kept) : peek->first;
}

/* Sees one block more. A block dies with the next call of the inner source: the first is copied before that. */
static enum silt_status see_more(struct silt_peek *peek, struct silt_error *err)
{
	silt_buffer_add(&peek->kept, peek->first);
	peek->first = nothing;
	struct silt_bytes block = nothing;
	enum silt_status status = silt_source_next(peek->inner, &block, err);
	if (status != SILT_OK) {
		return status;
	}
	peek->ended = block.len == 0;
	if (peek->kept.len == 0) {
		peek->first = block;
	} else {
		silt_buffer_add(&peek->kept, block);
	}
	return peek->kept.failed ? silt_fail_memory(err) : SILT_OK;
}

enum silt_status silt_peek_bytes(struct silt_peek *peek, size_t wanted, struct silt_bytes *out, struct silt_error *err)
{
	assert(!peek->reading);
	while (seen(peek).len < wanted && !peek->ended) {
		enum silt_status status = see_more(peek, err);
		if (status != SILT_OK) {
			return status;
		}
	}
	*out = seen(peek);
	return SILT_OK;
}

static enum silt_status peek_next(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_peek *peek = ctx;
	peek->reading = true;
	*block = silt_bytes_slice(seen(peek), peek->given, SILT_BLOCK_SIZE);
	if (block->len > 0) {
		peek->given += block->len;
		return SILT_OK;
	}
	peek->first = nothing;
	peek->given = 0;
	silt_buffer_done(&peek->kept);
	return peek->ended ? SILT_OK : silt_source_next(peek->inner, block, err);
}

struct silt_source silt_peek_source(struct silt_peek *peek)
{
	return (struct silt_source){peek_next, peek};
}

enum silt_status silt_source_drain(struct silt_source source, struct silt_error *err)
{
	struct silt_bytes block;
	do {
		enum silt_status status = silt_source_next(source, &block, err);
		if (status != SILT_OK) {
			return status;
		}
	} while (block.len > 0);
	return SILT_OK;
}
