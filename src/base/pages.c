/* Large memory, by anonymous mappings. */
#include "base/pages.h"

#include "base/secure.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#ifdef __SANITIZE_ADDRESS__ /* which sees reads beyond the end of an allocation, but not of a mapping */

void *silt_pages_new(size_t size)
{
	return calloc(1, size);
}

void silt_pages_clear(void *pages, size_t size)
{
	silt_wipe(pages, size);
}

void silt_pages_free(void *pages, size_t size)
{
	(void)size;
	free(pages);
}

#else

void *silt_pages_new(size_t size)
{
	void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (pages == MAP_FAILED) {
		return NULL;
	}
	silt_leave_undumped(pages, size);
	return pages;
}

void silt_pages_clear(void *pages, size_t size)
{
	if (madvise(pages, size, MADV_DONTNEED) != 0) { /* locked in memory by who uses the library */
		silt_wipe(pages, size);
	}
}

void silt_pages_free(void *pages, size_t size)
{
	if (pages) {
		(void)munmap(pages, size);
	}
}

#endif
