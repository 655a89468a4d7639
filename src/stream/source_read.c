/* Sources that read: a descriptor, by places if it is a file, or a callback of the caller. */
#include "stream/source.h"

#include "base/limits.h"
#include "base/secure.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

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
	bool placed;         /* it is a file, and read by places: from `start` to `end` of it */
	uint64_t start, end; /* `end` may be behind the end of the file */
	uint64_t at;         /* bytes given */
	uint64_t pass_end;   /* in front of this place nothing needs to be read */
	uint64_t passed;     /* bytes given without being read */
	uint8_t block[SILT_BLOCK_SIZE];
};

static enum silt_status new_fd_source(int fd, struct silt_fd_source **out, struct silt_error *err)
{
	struct silt_fd_source *source = malloc(sizeof(*source));
	if (!source) {
		return silt_fail_memory(err);
	}
	silt_leave_undumped(source, sizeof(*source));
	source->fd = fd;
	source->ended = source->placed = false;
	source->start = source->at = source->pass_end = source->passed = 0;
	source->end = UINT64_MAX;
	*out = source;
	return SILT_OK;
}

static bool is_file(int fd, uint64_t *size)
{
	struct stat facts;
	bool file = fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode);
	*size = file ? (uint64_t)facts.st_size : 0;
	return file;
}

enum silt_status silt_fd_source_new(int fd, struct silt_fd_source **out, struct silt_error *err)
{
	enum silt_status status = new_fd_source(fd, out, err);
	uint64_t size;
	off_t stands = status == SILT_OK && is_file(fd, &size) ? lseek(fd, 0, SEEK_CUR) : -1;
	if (stands >= 0) {
		(*out)->placed = true;
		(*out)->start = (uint64_t)stands;
	}
	return status;
}

enum silt_status silt_range_source_new(struct silt_file_range range, struct silt_fd_source **out,
				       struct silt_error *err)
{
	enum silt_status status = new_fd_source(range.fd, out, err);
	if (status == SILT_OK) {
		(*out)->placed = true;
		(*out)->start = range.offset;
		(*out)->end = range.offset + range.size;
	}
	return status;
}

void silt_fd_source_free(struct silt_fd_source *source)
{
	if (source) {
		silt_wipe(source->block, sizeof(source->block));
		free(source);
	}
}

static ssize_t read_piece(struct silt_fd_source *source, void *buffer, size_t size)
{
	if (!source->placed) {
		return read(source->fd, buffer, size);
	}
	const uint64_t left = source->end - source->start - source->at;
	return pread(source->fd, buffer, left < size ? (size_t)left : size, (off_t)(source->start + source->at));
}

static int64_t read_fd(void *ctx, void *buffer, size_t size)
{
	struct silt_fd_source *source = ctx;
	ssize_t got;
	bool again;
	do {
		got = read_piece(source, buffer, size);
		/* A pipe that its owner made non-blocking has nothing yet: wait, as a blocking one would. */
		again = got < 0 && errno == EAGAIN &&
			poll(&(struct pollfd){.fd = source->fd, .events = POLLIN}, 1, -1) >= 0;
	} while (again || (got < 0 && errno == EINTR));
	source->at += got > 0 ? (uint64_t)got : 0;
	return got;
}

static enum silt_status fd_fill(void *ctx, uint8_t *room, size_t *len, struct silt_error *err)
{
	struct silt_fd_source *source = ctx;
	*len = 0;
	if (!source->ended && !fill(read_fd, source, room, len)) {
		return silt_fail(err, SILT_ERR_IO, "cannot read it: %s", strerrordesc_np(errno));
	}
	source->ended = *len < SILT_BLOCK_SIZE;
	return SILT_OK;
}

static enum silt_status fd_next(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_fd_source *source = ctx;
	size_t len = SILT_BLOCK_SIZE;
	enum silt_status status = SILT_OK;
	if (source->at < source->pass_end && source->pass_end - source->at >= SILT_BLOCK_SIZE) {
		source->at += len;
		source->passed += len;
	} else {
		status = fd_fill(source, source->block, &len, err);
	}
	*block = silt_bytes(source->block, status == SILT_OK ? len : 0);
	return status;
}

struct silt_source silt_fd_source(struct silt_fd_source *source)
{
	return (struct silt_source){fd_next, source, fd_fill};
}

bool silt_fd_source_locate(const struct silt_fd_source *source, uint64_t at, uint64_t size,
			   struct silt_file_range *range)
{
	uint64_t end;
	*range = (struct silt_file_range){source->fd, source->start + at, size};
	return source->placed && is_file(source->fd, &end) && range->offset <= end && size <= end - range->offset;
}

void silt_fd_source_pass_over(struct silt_fd_source *source, uint64_t end)
{
	assert(source->placed);
	source->pass_end = end;
}

uint64_t silt_fd_source_passed(const struct silt_fd_source *source)
{
	return source->passed;
}

bool silt_fd_source_rewind(struct silt_fd_source *source)
{
	source->at = source->pass_end = source->passed = 0;
	source->ended = false;
	return source->placed;
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

static enum silt_status callback_fill(void *ctx, uint8_t *room, size_t *len, struct silt_error *err)
{
	struct silt_callback_source *source = ctx;
	*len = 0;
	errno = 0;
	if (!source->ended && !fill(callback_read, source, room, len)) {
		return silt_fail(err, SILT_ERR_IO, "the read callback failed%s%s", errno != 0 ? ": " : "",
				 errno != 0 ? strerrordesc_np(errno) : "");
	}
	source->ended = *len < SILT_BLOCK_SIZE;
	return SILT_OK;
}

static enum silt_status callback_next(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_callback_source *source = ctx;
	size_t len;
	enum silt_status status = callback_fill(source, source->block, &len, err);
	*block = silt_bytes(source->block, status == SILT_OK ? len : 0);
	return status;
}

struct silt_source silt_callback_source(struct silt_callback_source *source)
{
	return (struct silt_source){callback_next, source, callback_fill};
}

bool silt_callback_source_gave_up(const struct silt_callback_source *source)
{
	return source->gave_up;
}
