/*
 * Cleaning of names as Docker does it before it compares or extracts them (image-formats 8).
 */
#ifndef SILT_BASE_PATH_H
#define SILT_BASE_PATH_H

#include "base/buffer.h"

/* What cleaning met. Flags. */
enum {
	SILT_PATH_ABSOLUTE = 1, /* led by "/" */
	SILT_PATH_ESCAPES = 2,  /* ".." climbed above the root; clamped there */
	SILT_PATH_DOTDOT = 4,   /* had a ".." component */
	SILT_PATH_NUL = 8,      /* has a NUL byte; kept */
};

/*
 * Writes the clean form of `raw` into `out` (room for raw.len bytes; may be raw.ptr itself): no leading "/", no "." or
 * empty components, ".." applied lexically and clamped at the root, no trailing "/". Returns its length (0: the root)
 * and what was met in `*flags`.
 */
size_t silt_path_clean(struct silt_bytes raw, uint8_t *out, unsigned *flags);

/* Cuts the next component off a clean path: "a/b" gives "a", then "b"; false at the end. */
bool silt_path_next(struct silt_bytes *rest, struct silt_bytes *component);

/*
 * The next component of a clean path that begins with a dot, at `*from` or behind; `*from` is then at its end. Few paths
 * have one, and that is seen without looking at each component.
 */
bool silt_path_next_hidden(struct silt_bytes path, size_t *from, struct silt_bytes *component);

/* The path of `name` in `folder`, either of which may be empty, in place of what `out` had, where neither may lie. */
struct silt_bytes silt_path_join(struct silt_buffer *out, struct silt_bytes folder, struct silt_bytes name);

#endif
