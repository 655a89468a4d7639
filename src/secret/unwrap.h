/*
 * The decoders of a search. Each is told of a place where its encoding may be, decides, and then reads on through the
 * stream on its own, from feed to feed, until the encoding ends.
 */
#ifndef SILT_SECRET_UNWRAP_H
#define SILT_SECRET_UNWRAP_H

#include "secret/recent.h"
#include "secret/unwrap_code.h"

enum {
	/* Bytes that a decoder may look ahead of what it decodes, and back from where it was called. */
	SILT_UNWRAP_AHEAD = 4096,
	SILT_UNWRAP_BACK = 8192,
};

/* The stream as a decoder sees it. */
struct silt_view {
	struct silt_recent *recent;
	struct silt_bytes path;
	uint64_t
		limit; /* nothing from here on may be decoded yet: SILT_UNWRAP_AHEAD or more before the last byte known */
	bool last;     /* no: all of the stream is known, and `limit` is its end */
	struct silt_error *err;
};

/* What there is of the `len` bytes from `at` on; valid until the next call. */
struct silt_bytes silt_view_bytes(const struct silt_view *view, uint64_t at, size_t len);

/* The bytes before `at`, back to `done` or as far as a decoder may look. */
struct silt_bytes silt_view_before(const struct silt_view *view, uint64_t done, uint64_t at);

/* ---- Base64 and hexadecimal, on one line or many: unwrap_rows.c -------------------------------------------------- */

struct silt_rows {
	struct silt_plain *plain; /* borrows; may be shared with a decoder that never meets the same bytes */
	bool open;
	uint64_t done; /* the stream up to here is decoded, or is none of this */
	const struct silt_row_code *code;
	struct silt_row_state state;
	uint64_t units; /* decoded so far */
	uint64_t line;  /* of them in the line under way */
	uint64_t width; /* of whole lines; 0: not known yet */
	bool last_line; /* the line under way is shorter than those before */
};

/* The window of SILT_GATE_WINDOW bytes at `at` (less than view->limit) may be of text. */
enum silt_status silt_rows_meet(struct silt_rows *rows, const struct silt_view *view, uint64_t at);

/* Decodes up to view->limit what was begun before. */
enum silt_status silt_rows_go_on(struct silt_rows *rows, const struct silt_view *view);

/* ---- UTF-16: unwrap_wide.c ------------------------------------------------------------------------------------------ */

struct silt_wide {
	struct silt_plain *plain; /* as above */
	bool open;
	uint64_t done;
	unsigned letter; /* which of the two bytes of a unit is the character: 0 little-endian, 1 big-endian */
};

enum silt_status silt_wide_meet(struct silt_wide *wide, const struct silt_view *view, uint64_t at);
enum silt_status silt_wide_go_on(struct silt_wide *wide, const struct silt_view *view);

/* ---- Percent-encoding and escapes: unwrap_escapes.c ---------------------------------------------------------------- */

/* One of the two ways to write a character with others. */
struct silt_escape_kind {
	struct silt_code code;
	/* In how many of `bytes` (not empty) their first character is written, and which it is. */
	size_t (*read)(struct silt_bytes bytes, uint8_t *byte);
	/* True if a text ends before `text.ptr[at]`, which is not in the middle of an escape, or begins behind it. */
	bool (*is_edge)(struct silt_bytes text, size_t at);
};

extern const struct silt_escape_kind silt_escapes_percent;
extern const struct silt_escape_kind silt_escapes_backslash;

struct silt_escapes {
	struct silt_plain *plain; /* its own */
	const struct silt_escape_kind *kind;
	bool open;
	uint64_t done;
	uint64_t units; /* decoded so far */
	uint64_t next;  /* where the next one stands if it follows byte by byte */
};

/* There is an escape at `at`. */
enum silt_status silt_escapes_meet(struct silt_escapes *escapes, const struct silt_view *view, uint64_t at);
enum silt_status silt_escapes_go_on(struct silt_escapes *escapes, const struct silt_view *view);

#endif
