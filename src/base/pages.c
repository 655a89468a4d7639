/* Anonymous mappings. */
#include "base/pages.h"

#include "base/secure.h"

#include <sys/mman.h>

void *silt_pages_new(size_t size)
{
	void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (pages == MAP_FAILED) {
		return NULL;
	}
	silt_leave_undumped(pages, size);
	return pages;
}

void silt_pages_free(void *pages, size_t size)
{
	if (pages) {
		(void)munmap(pages, size);
	}
}
