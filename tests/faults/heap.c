/* The functions of malloc(3), counted and refused, on top of those of glibc. */
/* Else mmap is another name of mmap64, and both are needed. */
#undef _FILE_OFFSET_BITS

#include "faults/heap.h"

#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* glibc gives its own under these names, for those who replace them. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *block);

/* A function that is called by everybody is given no argument to keep this in. */
static atomic_bool armed;
static atomic_uint_least64_t calls;
static atomic_int_least64_t live;
static struct heap_plan plan;
static const struct heap_watcher *watcher;
static _Thread_local bool watching; /* this thread is inside the watcher */

void heap_arm(struct heap_plan new_plan)
{
	plan = new_plan;
	calls = 0;
	armed = true;
}

uint64_t heap_disarm(void)
{
	armed = false;
	return calls;
}

int64_t heap_live(void)
{
	return live;
}

void heap_watch(const struct heap_watcher *new_watcher)
{
	watcher = new_watcher;
}

/* The number of this allocation, 0 if it does not count. */
static uint64_t next_number(void)
{
	return armed && !watching ? atomic_fetch_add(&calls, 1) + 1 : 0;
}

static void show(uint64_t number, const void *block)
{
	if (number > 0 && watcher) {
		watching = true;
		watcher->allocated(watcher->ctx, number, block);
		watching = false;
	}
}

static void show_freed(const void *block)
{
	if (block && armed && !watching && watcher && watcher->freed) {
		watching = true;
		watcher->freed(watcher->ctx, block);
		watching = false;
	}
}

static bool is_refused(uint64_t number)
{
	const bool refused = plan.first > 0 && (plan.for_good ? number >= plan.first : number == plan.first);
	if (!refused || number == 0) {
		return false;
	}
	show(number, NULL);
	errno = ENOMEM;
	return true;
}

/* What the caller gets: a block that is counted, or NULL as it came. */
static void *given(uint64_t number, void *block)
{
	if (block) {
		atomic_fetch_add(&live, 1);
		show(number, block);
	}
	return block;
}

void *malloc(size_t size)
{
	const uint64_t number = next_number();
	return is_refused(number) ? NULL : given(number, __libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
	const uint64_t number = next_number();
	return is_refused(number) ? NULL : given(number, __libc_calloc(count, size));
}

void free(void *block)
{
	if (block) {
		atomic_fetch_sub(&live, 1);
		show_freed(block);
	}
	__libc_free(block);
}

void *realloc(void *block, size_t size)
{
	if (!block) {
		return malloc(size);
	}
	if (size == 0) {
		free(block);
		return NULL;
	}
	const uint64_t number = next_number();
	if (is_refused(number)) {
		return NULL;
	}
	show_freed(block);
	void *grown = __libc_realloc(block, size);
	show(number, grown ? grown : block);
	return grown;
}

void *memalign(size_t alignment, size_t size)
{
	const uint64_t number = next_number();
	return is_refused(number) ? NULL : given(number, __libc_memalign(alignment, size));
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
	const int before = errno;
	void *block = memalign(alignment, size);
	errno = before;
	if (!block) {
		return ENOMEM;
	}
	*out = block;
	return 0;
}

void *mmap(void *address, size_t size, int protection, int flags, int fd, off_t offset)
{
	const uint64_t number = flags & MAP_ANONYMOUS ? next_number() : 0;
	if (is_refused(number)) {
		return MAP_FAILED;
	}
	void *memory = (void *)syscall(SYS_mmap, address, size, protection, flags, fd, offset);
	show(number, memory);
	return memory;
}

int munmap(void *address, size_t size)
{
	show_freed(address);
	return (int)syscall(SYS_munmap, address, size);
}

void *mmap64(void *address, size_t size, int protection, int flags, int fd, off64_t offset)
{
	return mmap(address, size, protection, flags, fd, offset);
}
