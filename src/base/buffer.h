/*
 * A growing byte buffer for text and small documents that are built piece by piece.
 *
 * Failure sticks: after memory ran out every call does nothing and `failed` is true, so only the end needs a test.
 * A zeroed struct is an empty buffer. Memory is wiped before it is given back: buffers hold parts of images.
 */
#ifndef SILT_BASE_BUFFER_H
#define SILT_BASE_BUFFER_H

#include "base/attributes.h"
#include "base/bytes.h"

struct silt_buffer {
	uint8_t *ptr; /* owns; a NUL that is not counted follows the bytes */
	size_t len;
	size_t capacity;
	bool failed;
};

void silt_buffer_done(struct silt_buffer *buffer);

/* Empties the buffer and keeps its memory. Does not clear `failed`. */
void silt_buffer_clear(struct silt_buffer *buffer);

/* Forgets what is behind the first `len` bytes. */
void silt_buffer_cut(struct silt_buffer *buffer, size_t len);

void silt_buffer_add(struct silt_buffer *buffer, struct silt_bytes bytes);
/* Room for `size` more bytes, which the caller writes: they count from now on. NULL if memory ran out. */
uint8_t *silt_buffer_extend(struct silt_buffer *buffer, size_t size);
void silt_buffer_add_text(struct silt_buffer *buffer, const char *text);
void silt_buffer_add_byte(struct silt_buffer *buffer, uint8_t byte);
void silt_buffer_printf(struct silt_buffer *buffer, const char *format, ...) SILT_PRINTF(2, 3);

static inline struct silt_bytes silt_buffer_bytes(const struct silt_buffer *buffer)
{
	return silt_bytes(buffer->ptr, buffer->len);
}

/* The content as a C string; "" for an empty buffer. Valid until the next change. */
const char *silt_buffer_text(const struct silt_buffer *buffer);

#endif
