/* Call stacks of allocations. */
#include "faults/stacks.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	FRAMES_MAX = 48,
	FRAMES_OF_OURS = 3, /* this file and heap.c */
	SLOTS = 1 << 19,    /* a power of two, far more than there are stacks or live blocks */
};

struct stack {
	void *frames[FRAMES_MAX];
	int count;
};

static struct stack stack_here(void)
{
	struct stack stack;
	stack.count = backtrace(stack.frames, FRAMES_MAX);
	return stack;
}

static void print_stack(const struct stack *stack)
{
	if (stack->count > FRAMES_OF_OURS) {
		backtrace_symbols_fd(stack->frames + FRAMES_OF_OURS, stack->count - FRAMES_OF_OURS, STDERR_FILENO);
	}
}

static void *demand(void *memory)
{
	if (!memory) {
		abort();
	}
	return memory;
}

/* ---- Choosing ------------------------------------------------------------------------------------------------------ */

struct met {
	uint64_t hash; /* 0: free */
	uint64_t times;
	uint64_t drawn; /* one of those beyond the first */
};

struct chooser {
	struct met *met;
	size_t each;
	struct stacks_choice *choice;
	size_t capacity;
	uint64_t lot;
};

static uint64_t hash_of(const struct stack *stack)
{
	uint64_t hash = 0xCBF29CE484222325;
	for (int i = FRAMES_OF_OURS; i < stack->count; i++) {
		hash = (hash ^ (uintptr_t)stack->frames[i]) * 0x9E3779B97F4A7C15;
		hash ^= hash >> 29;
	}
	return hash | 1;
}

static struct met *find_met(struct chooser *chooser, uint64_t hash)
{
	size_t at = hash % SLOTS;
	while (chooser->met[at].hash != 0 && chooser->met[at].hash != hash) {
		at = (at + 1) % SLOTS;
	}
	chooser->choice->stacks += chooser->met[at].hash == 0;
	chooser->met[at].hash = hash;
	return &chooser->met[at];
}

static void choose(struct chooser *chooser, uint64_t number)
{
	struct stacks_choice *choice = chooser->choice;
	if (choice->count == chooser->capacity) {
		chooser->capacity = chooser->capacity * 2 + 1024;
		choice->numbers = demand(realloc(choice->numbers, chooser->capacity * sizeof(*choice->numbers)));
	}
	choice->numbers[choice->count++] = number;
}

/* xorshift64*: the same lots every time. Each of those beyond the first is drawn with the same chance. */
static bool draws(struct chooser *chooser, uint64_t among)
{
	chooser->lot ^= chooser->lot >> 12;
	chooser->lot ^= chooser->lot << 25;
	chooser->lot ^= chooser->lot >> 27;
	return chooser->lot * 0x2545F4914F6CDD1D % among == 0;
}

static void see(void *ctx, uint64_t number, const void *block)
{
	(void)block;
	struct chooser *chooser = ctx;
	if (chooser->each == 0) {
		choose(chooser, number);
		return;
	}
	const struct stack stack = stack_here();
	struct met *met = find_met(chooser, hash_of(&stack));
	if (++met->times <= chooser->each) {
		choose(chooser, number);
	} else if (draws(chooser, met->times - chooser->each)) {
		met->drawn = number;
	}
}

static int by_number(const void *a, const void *b)
{
	const uint64_t *left = a, *right = b;
	return (*left > *right) - (*left < *right);
}

static void take_drawn(struct chooser *chooser)
{
	for (size_t i = 0; i < SLOTS; i++) {
		if (chooser->met[i].drawn > 0) {
			choose(chooser, chooser->met[i].drawn);
		}
	}
	qsort(chooser->choice->numbers, chooser->choice->count, sizeof(uint64_t), by_number);
}

struct stacks_choice stacks_choose(size_t each, void (*run)(void *ctx), void *ctx)
{
	struct stacks_choice choice = {0};
	struct chooser chooser = {.met = demand(calloc(SLOTS, sizeof(struct met))),
				  .each = each,
				  .choice = &choice,
				  .lot = 0x9E3779B97F4A7C15};
	(void)stack_here(); /* the first one loads the unwinder */
	heap_watch(&(struct heap_watcher){.allocated = see, .ctx = &chooser});
	heap_arm((struct heap_plan){0});
	run(ctx);
	choice.last = heap_disarm();
	heap_watch(NULL);
	take_drawn(&chooser);
	free(chooser.met);
	return choice;
}

/* ---- Asking -------------------------------------------------------------------------------------------------------- */

static void ask(void *ctx, uint64_t number, const void *block)
{
	(void)number;
	char *library = ctx;
	if (block || *library) {
		return;
	}
	const struct stack stack = stack_here();
	Dl_info info;
	if (stack.count > FRAMES_OF_OURS && dladdr(stack.frames[FRAMES_OF_OURS], &info) != 0 && info.dli_fname) {
		(void)snprintf(library, STACKS_PATH, "%s:%s", info.dli_fname, info.dli_sname ? info.dli_sname : "");
	}
}

struct heap_watcher stacks_asker(char library[STACKS_PATH])
{
	return (struct heap_watcher){.allocated = ask, .ctx = library};
}

/* ---- Explaining ---------------------------------------------------------------------------------------------------- */

struct block {
	const void *block; /* NULL: free, or freed since */
	uint64_t number;
	struct stack stack;
};

struct ledger {
	struct block *blocks;
	size_t count;
	bool told; /* the refusal */
};

static void write_down(void *ctx, uint64_t number, const void *block)
{
	struct ledger *ledger = ctx;
	if (block && ledger->count < SLOTS) {
		ledger->blocks[ledger->count++] = (struct block){block, number, stack_here()};
	} else if (!block && !ledger->told) {
		const struct stack stack = stack_here();
		(void)fprintf(stderr, "refused is allocation %llu:\n", (unsigned long long)number);
		print_stack(&stack);
		ledger->told = true;
	}
}

static void strike_out(void *ctx, const void *block)
{
	struct ledger *ledger = ctx;
	for (size_t i = ledger->count; i > 0; i--) {
		if (ledger->blocks[i - 1].block == block) {
			ledger->blocks[i - 1].block = NULL;
			return;
		}
	}
}

void stacks_explain(struct heap_plan plan, void (*run)(void *ctx), void *ctx)
{
	struct ledger ledger = {.blocks = demand(calloc(SLOTS, sizeof(struct block)))};
	(void)stack_here();
	heap_watch(&(struct heap_watcher){.allocated = write_down, .freed = strike_out, .ctx = &ledger});
	heap_arm(plan);
	run(ctx);
	(void)heap_disarm();
	heap_watch(NULL);
	for (size_t i = 0; i < ledger.count; i++) {
		if (ledger.blocks[i].block) {
			(void)fprintf(stderr, "allocation %llu was not freed:\n",
				      (unsigned long long)ledger.blocks[i].number);
			print_stack(&ledger.blocks[i].stack);
		}
	}
	free(ledger.blocks);
}
