/*
 * Large memory that costs what is written of it, for rooms that few inputs fill. malloc makes no such promise: with
 * M_PERTURB, as the program sets it, every byte is written before it is given.
 *
 * It is left out of core dumps. Nothing of it stays anywhere when it is cleared or freed.
 */
#ifndef SILT_BASE_PAGES_H
#define SILT_BASE_PAGES_H

#include "base/attributes.h"

#include <stddef.h>

/* `size` (more than 0) bytes, all 0. NULL if memory ran out. */
void *silt_pages_new(size_t size) SILT_MUST_USE;

/* Makes all bytes 0 and gives the memory of all but a few of them back. `size`: that of silt_pages_new. */
void silt_pages_clear(void *pages, size_t size);

/* Accepts NULL. */
void silt_pages_free(void *pages, size_t size);

#endif
