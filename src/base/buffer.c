/* A byte buffer that doubles. */
#include "base/buffer.h"

#include "base/secure.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { BUFFER_FIRST = 128 };

/* What went through a buffer may be a secret, also what was cleared. */
static void let_go(struct silt_buffer *buffer)
{
	if (buffer->ptr) {
		silt_wipe(buffer->ptr, buffer->capacity);
		free(buffer->ptr);
	}
}

void silt_buffer_done(struct silt_buffer *buffer)
{
	let_go(buffer);
	*buffer = (struct silt_buffer){0};
}

void silt_buffer_cut(struct silt_buffer *buffer, size_t len)
{
	if (len < buffer->len) {
		buffer->len = len;
		buffer->ptr[len] = '\0';
	}
}

void silt_buffer_clear(struct silt_buffer *buffer)
{
	buffer->len = 0;
	if (buffer->ptr) {
		buffer->ptr[0] = '\0';
	}
}

static bool reserve(struct silt_buffer *buffer, size_t more)
{
	size_t wanted;
	if (buffer->failed || SILT_ADD_OVERFLOWS(buffer->len, more, &wanted) || wanted == SIZE_MAX) {
		buffer->failed = true;
		return false;
	}
	wanted++; /* the NUL */
	if (wanted <= buffer->capacity) {
		return true;
	}
	size_t capacity = buffer->capacity ? buffer->capacity : BUFFER_FIRST;
	while (capacity < wanted) {
		capacity = capacity > SIZE_MAX / 2 ? wanted : capacity * 2;
	}
	uint8_t *grown = malloc(capacity); /* realloc would leave the old bytes where they were */
	if (!grown) {
		buffer->failed = true;
		return false;
	}
	silt_leave_undumped(grown, capacity);
	if (buffer->len > 0) {
		memcpy(grown, buffer->ptr, buffer->len);
	}
	let_go(buffer);
	buffer->ptr = grown;
	buffer->capacity = capacity;
	return true;
}

uint8_t *silt_buffer_extend(struct silt_buffer *buffer, size_t size)
{
	if (!reserve(buffer, size)) {
		return NULL;
	}
	uint8_t *start = buffer->ptr + buffer->len;
	start[size] = '\0';
	buffer->len += size;
	return start;
}

void silt_buffer_add(struct silt_buffer *buffer, struct silt_bytes bytes)
{
	uint8_t *start = silt_buffer_extend(buffer, bytes.len);
	if (start && bytes.len > 0) {
		memcpy(start, bytes.ptr, bytes.len);
	}
}

void silt_buffer_add_text(struct silt_buffer *buffer, const char *text)
{
	silt_buffer_add(buffer, silt_bytes_text(text));
}

void silt_buffer_add_byte(struct silt_buffer *buffer, uint8_t byte)
{
	silt_buffer_add(buffer, silt_bytes(&byte, 1));
}

void silt_buffer_printf(struct silt_buffer *buffer, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	va_list again;
	va_copy(again, args);
	int wanted = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (wanted < 0) {
		buffer->failed = true;
	} else if (reserve(buffer, (size_t)wanted)) {
		vsnprintf((char *)buffer->ptr + buffer->len, (size_t)wanted + 1, format, again);
		buffer->len += (size_t)wanted;
	}
	va_end(again);
}

const char *silt_buffer_text(const struct silt_buffer *buffer)
{
	return buffer->ptr ? (const char *)buffer->ptr : "";
}
