/*
 * The one way from bytes of an image to text that a person sees.
 *
 * Kept as they are: printable ASCII but the backslash, and well-formed UTF-8 of printable characters. Everything else
 * becomes `\xNN` per byte (backslash: `\\`; newline `\n`, tab `\t`, return `\r`), which can be undone: C0 and C1
 * controls, DEL, invalid UTF-8, surrogates, noncharacters, bidi controls, line and paragraph separators, zero-width and
 * all other characters that are not seen (tags, variation selectors, soft hyphen, fillers), every blank but U+0020, and
 * of marks that pile up on one letter the fifth and all further ones, and the first "#" of what CI servers take for a
 * command (##vso[...]). docs/report.md has the list.
 */
#ifndef SILT_BASE_ESCAPE_H
#define SILT_BASE_ESCAPE_H

#include "base/arena.h"
#include "base/buffer.h"

/* Adds the escaped form of `bytes` to `out`. */
void silt_escape(struct silt_buffer *out, struct silt_bytes bytes);

/* The escaped form as a C string of the arena; NULL if memory ran out. */
const char *silt_escape_copy(struct silt_arena *arena, struct silt_bytes bytes) SILT_MUST_USE;

/* What stands for a name without any bytes where a person reads it: of the name itself nothing would be seen. */
#define SILT_EMPTY_NAME "''"

/* As silt_escape_copy, of a name that a person reads. */
const char *silt_escape_name(struct silt_arena *arena, struct silt_bytes name) SILT_MUST_USE;

/* As silt_escape_copy, cut to about `max` bytes with "..." at the end, never inside an escape or character. */
const char *silt_escape_cut(struct silt_arena *arena, struct silt_bytes bytes, size_t max) SILT_MUST_USE;

/*
 * The escaped form in a caller's array, cut to fit with "..." at the end; for error texts. Returns `text`.
 */
const char *silt_escape_text(struct silt_bytes bytes, char *text, size_t size);

/*
 * Adds the bytes that an escaped text stands for: undoes silt_escape. A backslash that begins none of its escapes stays.
 */
void silt_unescape(struct silt_buffer *out, struct silt_bytes text);

/* True if escaping changes nothing. */
bool silt_is_plain(struct silt_bytes bytes);

#endif
