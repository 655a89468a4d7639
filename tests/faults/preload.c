/*
 * For LD_PRELOAD: in the program that gets it, allocation number N fails.
 *
 *     FAULTS_HEAP=N[+]       0: none; with a plus, and all that follow. Counting begins with main
 *     FAULTS_ACCOUNT=FILE    gets two numbers of eight bytes: allocations that were asked for, and refused
 *
 * The file is mapped, so that nothing has to be called at the end, when a sandbox may forbid it.
 */
#include "faults/heap.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct account {
	uint64_t calls, refused;
};

typedef int main_fn(int argc, char **argv, char **environment);
typedef int start_fn(main_fn *program, int argc, char **argv, void (*init)(void), void (*fini)(void),
		     void (*loader_fini)(void), void *stack_end);

start_fn __libc_start_main;

/* The program's main is called by libc, which knows of no context. */
static main_fn *program_main;
static struct account *account;

static void see(void *ctx, uint64_t number, const void *block)
{
	struct account *to = ctx;
	to->calls = number;
	to->refused += block == NULL;
}

static struct account *open_account(const char *path)
{
	const int fd = path ? open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
	if (fd < 0 || ftruncate(fd, sizeof(struct account)) != 0) {
		return NULL;
	}
	void *memory = mmap(NULL, sizeof(struct account), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	(void)close(fd);
	return memory == MAP_FAILED ? NULL : memory;
}

static int armed_main(int argc, char **argv, char **environment)
{
	const char *words = getenv("FAULTS_HEAP");
	static struct heap_watcher watcher = {.allocated = see}; /* exit handlers run behind the end of this function */
	char *end = NULL;
	if (words && account) {
		const uint64_t first = strtoull(words, &end, 10);
		watcher.ctx = account;
		heap_watch(&watcher);
		heap_arm((struct heap_plan){first, *end == '+'});
	}
	return program_main(argc, argv, environment);
}

int __libc_start_main(main_fn *program, int argc, char **argv, void (*init)(void), void (*fini)(void),
		      void (*loader_fini)(void), void *stack_end)
{
	/* ISO C has no way from a pointer to data to one to a function; POSIX promises that they are alike. */
	start_fn *real = NULL;
	*(void **)&real = dlsym(RTLD_NEXT, "__libc_start_main");
	program_main = program;
	account = open_account(getenv("FAULTS_ACCOUNT"));
	return real(armed_main, argc, argv, init, fini, loader_fini, stack_end);
}
