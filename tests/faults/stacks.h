/*
 * Where in the program an allocation is asked for: its call stack. Allocations of one stack are much alike, so a bounded
 * sweep takes a few of each, and what went wrong is shown by them.
 */
#ifndef SILT_TESTS_STACKS_H
#define SILT_TESTS_STACKS_H

#include "faults/heap.h"

struct stacks_choice {
	uint64_t *numbers; /* owns: of allocations, growing */
	size_t count;
	uint64_t last; /* the number of all allocations */
	size_t stacks; /* the number of stacks */
};

/*
 * Runs `run` once, armed, and chooses of every stack the first `each` allocations and one more that is drawn by lot;
 * `each` 0: all allocations. Aborts if it has no memory itself.
 */
struct stacks_choice stacks_choose(size_t each, void (*run)(void *ctx), void *ctx);

/*
 * Shows who asked for the first allocation that is refused: `library` becomes "PATH:FUNCTION" of the library that
 * called malloc, or of the program; only exported functions have names. For heap_watch. It is empty until then.
 */
enum { STACKS_PATH = 256 };
struct heap_watcher stacks_asker(char library[STACKS_PATH]);

/*
 * Runs `run` once with that plan, and prints on standard error the stack of the first allocation that was refused, and
 * of every block that was given out and not freed.
 */
void stacks_explain(struct heap_plan plan, void (*run)(void *ctx), void *ctx);

#endif
