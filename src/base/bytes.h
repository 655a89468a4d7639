/*
 * Work with counted byte strings, and integers decoded byte by byte.
 *
 * Nothing here allocates and nothing reads past `len`. A span with `len` 0 is a valid empty string whatever its `ptr`.
 */
#ifndef SILT_BASE_BYTES_H
#define SILT_BASE_BYTES_H

#include "silt/bytes.h"

#include <stdbool.h>
#include <string.h>

/* A span over a string literal, without its NUL. */
#define SILT_LITERAL(text) ((struct silt_bytes){(const uint8_t *)("" text), sizeof(text) - 1})

/* The same as an initializer of a member or element, where C17 wants constants. */
#define SILT_LITERAL_INIT(text)                                                                                        \
	{                                                                                                              \
		(const uint8_t *)("" text), sizeof(text) - 1                                                           \
	}

static inline struct silt_bytes silt_bytes(const void *ptr, size_t len)
{
	return (struct silt_bytes){ptr, len};
}

/* A span over a C string of ours (never over input). `text` may be NULL: the empty span. */
static inline struct silt_bytes silt_bytes_text(const char *text)
{
	return silt_bytes(text, text ? strlen(text) : 0);
}

static inline bool silt_bytes_equal(struct silt_bytes a, struct silt_bytes b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Order by bytes, then by length, as memcmp and strcmp do: <0, 0, >0. */
int silt_bytes_compare(struct silt_bytes a, struct silt_bytes b);

/* The same with a C string of ours. */
int silt_bytes_compare_text(struct silt_bytes bytes, const char *text);

static inline bool silt_bytes_start_with(struct silt_bytes whole, struct silt_bytes start)
{
	return whole.len >= start.len && (start.len == 0 || memcmp(whole.ptr, start.ptr, start.len) == 0);
}

/* The same with a C string of ours. Tables of them are gone through for every file: most differ in the first byte. */
static inline bool silt_bytes_begin(struct silt_bytes whole, const char *start)
{
	bool may = whole.len > 0 ? whole.ptr[0] == (uint8_t)start[0] || start[0] == '\0' : start[0] == '\0';
	return may && silt_bytes_start_with(whole, silt_bytes_text(start));
}

/* True if `bytes` are those of a C string of ours. */
static inline bool silt_bytes_are(struct silt_bytes bytes, const char *text)
{
	return bytes.len > 0 ? bytes.ptr[0] == (uint8_t)text[0] && silt_bytes_equal(bytes, silt_bytes_text(text))
			     : text[0] == '\0';
}

bool silt_bytes_end_with(struct silt_bytes whole, struct silt_bytes end);

/* Equal when ASCII letters are compared without case. */
bool silt_bytes_equal_nocase(struct silt_bytes a, struct silt_bytes b);

/* The part of `whole` from `start` on, at most `len` bytes; clipped to `whole`. */
struct silt_bytes silt_bytes_slice(struct silt_bytes whole, size_t start, size_t len);

/* Position of the first `needle` in `whole`, or SIZE_MAX. An empty needle is at 0. */
size_t silt_bytes_find(struct silt_bytes whole, struct silt_bytes needle);

/* Position of the first / last `byte` in `whole`, or SIZE_MAX. */
size_t silt_bytes_find_byte(struct silt_bytes whole, uint8_t byte);
size_t silt_bytes_find_last_byte(struct silt_bytes whole, uint8_t byte);

/*
 * Cuts the next piece off `*rest`, up to `separator` (dropped) or the end. False when nothing was left to cut.
 * "a,,b" gives "a", "", "b"; "" gives nothing.
 */
bool silt_bytes_cut(struct silt_bytes *rest, uint8_t separator, struct silt_bytes *piece);

/* Without ASCII white space (space, tab, CR, LF, VT, FF) at both ends. */
struct silt_bytes silt_bytes_trim(struct silt_bytes whole);

/* True if every byte is `byte`; true for the empty span. */
bool silt_bytes_all(struct silt_bytes whole, uint8_t byte);

/* True if `word` is one of a list of words with one blank between. */
bool silt_is_word_of(struct silt_bytes word, const char *list);

/* True if `text` is one of the C strings. */
bool silt_is_text_of(struct silt_bytes text, const char *const *list, size_t count);

/* The same for a list in byte order. */
bool silt_is_text_of_sorted(struct silt_bytes text, const char *const *list, size_t count);

/* Without the pair of ' or " around it, if it has one. */
struct silt_bytes silt_bytes_unquoted(struct silt_bytes text);

/* The clean path of the folder that a clean path is in: "a/b" gives "a"; "", which is the root, for a name at the top. */
struct silt_bytes silt_path_parent(struct silt_bytes path);

/* True if the clean path `path` is `folder` or below it. The root is the empty folder. */
bool silt_path_is_within(struct silt_bytes path, struct silt_bytes folder);

/* The last component of a '/'-separated path: "a/b" gives "b", "b" gives "b", "" gives "". */
struct silt_bytes silt_path_basename(struct silt_bytes path);

static inline uint32_t silt_u32le(const uint8_t p[static 4])
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint32_t silt_u32be(const uint8_t p[static 4])
{
	return (uint32_t)p[3] | (uint32_t)p[2] << 8 | (uint32_t)p[1] << 16 | (uint32_t)p[0] << 24;
}

#endif
