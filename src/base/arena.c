/* Bump allocation in chunks that grow with what was asked for. */
#include "base/arena.h"

#include "base/secure.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	ARENA_FIRST_CHUNK = 4096,
	ARENA_LARGEST_CHUNK = 1 << 20, /* beyond this a larger chunk saves nothing and wastes its unused end */
};

struct silt_arena_chunk {
	struct silt_arena_chunk *older;
	size_t size;
	max_align_t memory[];
};

void silt_arena_done(struct silt_arena *arena)
{
	struct silt_arena_chunk *chunk = arena->chunks;
	while (chunk) {
		struct silt_arena_chunk *older = chunk->older;
		silt_wipe(chunk->memory, chunk->size); /* text of an image may hold a secret */
		free(chunk);
		chunk = older;
	}
	*arena = (struct silt_arena){0};
}

static bool add_chunk(struct silt_arena *arena, size_t wanted)
{
	size_t size = arena->chunks ? arena->chunks->size * 2 : ARENA_FIRST_CHUNK;
	if (size > ARENA_LARGEST_CHUNK) {
		size = ARENA_LARGEST_CHUNK;
	}
	if (size < wanted) {
		size = wanted;
	}
	size_t whole;
	if (SILT_ADD_OVERFLOWS(size, sizeof(struct silt_arena_chunk), &whole)) {
		return false;
	}
	struct silt_arena_chunk *chunk = calloc(1, whole);
	if (!chunk) {
		return false;
	}
	silt_leave_undumped(chunk, whole);
	chunk->older = arena->chunks;
	chunk->size = size;
	arena->chunks = chunk;
	arena->next = (uint8_t *)chunk->memory;
	arena->left = size;
	return true;
}

static void *take(struct silt_arena *arena, size_t size, size_t alignment)
{
	size_t skip = (size_t)(-(uintptr_t)arena->next & (alignment - 1));
	size_t whole;
	if (SILT_ADD_OVERFLOWS(size, skip, &whole)) {
		return NULL;
	}
	if (!arena->next || whole > arena->left) {
		if (!add_chunk(arena, size)) {
			return NULL;
		}
		skip = 0;
		whole = size;
	}
	uint8_t *memory = arena->next + skip;
	arena->next += whole;
	arena->left -= whole;
	return memory;
}

void *silt_arena_alloc(struct silt_arena *arena, size_t size)
{
	return take(arena, size ? size : 1, _Alignof(max_align_t));
}

struct silt_bytes silt_arena_copy(struct silt_arena *arena, struct silt_bytes bytes)
{
	uint8_t *copy = bytes.len == SIZE_MAX ? NULL : take(arena, bytes.len + 1, 1);
	if (!copy) {
		return silt_bytes(NULL, 0);
	}
	if (bytes.len > 0) {
		memcpy(copy, bytes.ptr, bytes.len);
	}
	copy[bytes.len] = '\0';
	return silt_bytes(copy, bytes.len);
}

const char *silt_arena_printf(struct silt_arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	va_list again;
	va_copy(again, args);
	int wanted = vsnprintf(NULL, 0, format, args);
	va_end(args);
	char *text = wanted < 0 ? NULL : take(arena, (size_t)wanted + 1, 1);
	if (text) {
		vsnprintf(text, (size_t)wanted + 1, format, again);
	}
	va_end(again);
	return text;
}

bool silt_grow(void **items, size_t count, size_t *capacity, size_t size)
{
	if (count < *capacity) {
		return true;
	}
	size_t wanted = *capacity ? *capacity : 4;
	size_t bytes;
	if (SILT_MUL_OVERFLOWS(wanted, (size_t)2, &wanted) || SILT_MUL_OVERFLOWS(wanted, size, &bytes)) {
		return false;
	}
	void *grown = realloc(*items, bytes);
	if (!grown) {
		return false;
	}
	*items = grown;
	*capacity = wanted;
	return true;
}
