/*
 * Counted byte strings.
 *
 * Paths, names, link targets and every other text that comes out of an image are bytes, not C strings: they may hold
 * NUL, newline, escape sequences or invalid UTF-8. A span borrows; the thing that owns the bytes is named where the
 * span is handed out.
 */
#ifndef SILT_BYTES_H
#define SILT_BYTES_H

#include <stddef.h>
#include <stdint.h>

/* A borrowed run of bytes. `ptr` may be NULL only if `len` is 0. */
struct silt_bytes {
	const uint8_t *ptr;
	size_t len;
};

#endif
