/*
 * An arena: many small allocations, freed all at once.
 *
 * Memory from it is aligned for any type, zeroed, and lives until silt_arena_done, which wipes all of it. Nothing is
 * freed singly. One arena belongs to one owner and one thread at a time. A zeroed struct is an empty arena.
 */
#ifndef SILT_BASE_ARENA_H
#define SILT_BASE_ARENA_H

#include "base/attributes.h"
#include "base/bytes.h"

struct silt_arena_chunk;

struct silt_arena {
	struct silt_arena_chunk *chunks; /* owns */
	uint8_t *next;
	size_t left;
};

/* Frees everything. The arena is empty and usable again. */
void silt_arena_done(struct silt_arena *arena);

/* `size` zeroed bytes, or NULL if memory ran out. `size` 0 gives a valid pointer. */
void *silt_arena_alloc(struct silt_arena *arena, size_t size) SILT_MUST_USE;

/* A copy of `bytes` that the arena owns, with a NUL behind it that is not counted. `ptr` NULL: memory ran out. */
struct silt_bytes silt_arena_copy(struct silt_arena *arena, struct silt_bytes bytes) SILT_MUST_USE;

/* A formatted C string that the arena owns, or NULL if memory ran out. */
const char *silt_arena_printf(struct silt_arena *arena, const char *format, ...) SILT_PRINTF(2, 3) SILT_MUST_USE;

/*
 * Makes room for one more item in a growing array outside any arena: `*items` has `count` items of `size` bytes and
 * room for `*capacity`. Returns false, and changes nothing, if memory ran out. The array is freed with free().
 */
bool silt_grow(void **items, size_t count, size_t *capacity, size_t size) SILT_MUST_USE;

#endif
