/*
 * Allocation that can be told to fail.
 *
 * The functions of malloc(3) are replaced in the whole process, for silt as for every library in it, and so is mmap(2)
 * for memory without a file (PCRE2 takes memory for its machine code that way). While the heap is armed, allocations are
 * counted from 1, and number `first` fails: alone, or with all that follow. Freeing never fails.
 *
 * Linked into a program, or preloaded (preload.c).
 */
#ifndef SILT_TESTS_HEAP_H
#define SILT_TESTS_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct heap_plan {
	uint64_t first; /* 0: none fails, they are only counted */
	bool for_good;
};

/* Counting begins anew. */
void heap_arm(struct heap_plan plan);

/* Ends it. Returns the number of allocations that were asked for since: if less than `first`, none failed. */
uint64_t heap_disarm(void);

/* Blocks that were given out and not freed, since the process began. Memory of mmap is not among them. */
int64_t heap_live(void);

/* Something that looks on. It may allocate: what it allocates neither counts nor fails nor is shown to it. */
struct heap_watcher {
	void (*allocated)(void *ctx, uint64_t number,
			  const void *block);        /* while armed; `block` NULL: it was refused */
	void (*freed)(void *ctx, const void *block); /* while armed; may be NULL */
	void *ctx;
};

/* NULL: nobody. Borrowed. */
void heap_watch(const struct heap_watcher *watcher);

#endif
