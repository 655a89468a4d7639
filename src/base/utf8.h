/* One character of UTF-8 at a time. */
#ifndef SILT_BASE_UTF8_H
#define SILT_BASE_UTF8_H

#include "base/bytes.h"

/*
 * Decodes the first character of `bytes`: stores its code point and returns its length, 1..4. Returns 0, and stores
 * nothing, if `bytes` is empty or does not start with a well-formed character (Unicode 15, table 3-7: no overlong form,
 * no surrogate, nothing above U+10FFFF, not cut short).
 */
size_t silt_utf8_decode(struct silt_bytes bytes, uint32_t *code);

/* Bytes of the longest character. */
#define SILT_UTF8_MAX 4

/* Writes the character with that code point, which is none of a surrogate and at most U+10FFFF; returns its length. */
size_t silt_utf8_encode(uint32_t code, uint8_t out[static SILT_UTF8_MAX]);

/* The first `max` bytes of `text`, or all of it; less if a well-formed character would be cut in two. */
struct silt_bytes silt_utf8_cut(struct silt_bytes text, size_t max);

/* True if all of `bytes` is well-formed. */
bool silt_is_utf8(struct silt_bytes bytes);

#endif
