/*
 * Bytes and numbers as text: base64, hexadecimal, and numbers written in some base.
 */
#ifndef SILT_BASE_ENCODING_H
#define SILT_BASE_ENCODING_H

#include "base/bytes.h"

/*
 * Decodes base64 of either alphabet (RFC 4648 sections 4 and 5), with or without padding, nothing in between. `out`
 * has room for text.len bytes and may be text.ptr itself. Returns false, with `out` in disorder, for anything else.
 */
bool silt_base64_decode(struct silt_bytes text, uint8_t *out, size_t *len);

/* Undoes "%21" (RFC 3986, section 2.1); a '%' that begins nothing stays. `out` has room for text.len bytes. */
struct silt_bytes silt_percent_decode(struct silt_bytes text, uint8_t *out);

/* The same, as a span in `room`; the empty one for anything else. */
struct silt_bytes silt_base64_decoded(struct silt_bytes text, uint8_t *room);

/* True for a character of base64's standard alphabet, padding not included. */
bool silt_is_base64(uint8_t byte);

/* The digits that token checksums are written with, in their order. */
extern const char silt_digits_base62[];
extern const char silt_digits_base36[];

/* True if `digits` is `number` in the base of the alphabet (as many digits as it has characters), zeros in front. */
bool silt_number_is(uint64_t number, const char *alphabet, struct silt_bytes digits);

/* Writes two lower-case digits for each byte, and a NUL: `out` has room for 2 * bytes.len + 1 characters. */
void silt_hex(struct silt_bytes bytes, char *out);

/* Decodes exactly `size` bytes, two digits of either case each. Returns false, with `out` in disorder, for all else. */
bool silt_hex_decode(struct silt_bytes text, uint8_t *out, size_t size);

/* True if every byte is printable ASCII, a space, a tab or a line end. */
bool silt_is_text(struct silt_bytes bytes);

#endif
