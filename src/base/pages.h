/*
 * Memory in whole pages, all zero: asked for, and there only where it is touched.
 *
 * For large rooms of which most streams need the start, if anything. calloc promises zeros, too, and writes them itself
 * where a freed block is used again, or where the program has freed memory overwritten (M_PERTURB).
 */
#ifndef SILT_BASE_PAGES_H
#define SILT_BASE_PAGES_H

#include "base/attributes.h"

#include <stddef.h>

/* At least `size` bytes, 1 or more; left out of core dumps. NULL: memory ran out. */
void *silt_pages_new(size_t size) SILT_MUST_USE;

/* `pages` NULL: nothing to do. `size` is what was asked for. Nothing is wiped: the system does not hand out what was. */
void silt_pages_free(void *pages, size_t size);

#endif
