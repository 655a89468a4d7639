/* Preloaded into silt: libarchive is refused all memory for what grows, and then calls exit(1). Others get what they want. */
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

__attribute__((visibility("default"))) void *realloc(void *memory, size_t size);

static bool is_libarchive(const void *caller)
{
	Dl_info where;
	return dladdr(caller, &where) != 0 && where.dli_fname != NULL &&
	       strstr(where.dli_fname, "libarchive.so") != NULL;
}

void *realloc(void *memory, size_t size)
{
	static void *(*next)(void *, size_t);
	if (next == NULL) {
		*(void **)&next = dlsym(RTLD_NEXT, "realloc");
	}
	if (is_libarchive(__builtin_return_address(0))) {
		errno = ENOMEM;
		return NULL;
	}
	return next(memory, size);
}
