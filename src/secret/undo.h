/*
 * The decoders of a search for values that are known.
 *
 * Those of unwrap.h start where an encoding shows, and end with its word or string: that serves rules, which must see
 * values with their names. Whether a value is there must not depend on either. Of a value that is known it is known, too,
 * how each of its bytes may be written: every place where one of them is written so is told here, and around each of
 * them the stream is decoded, without regard for words and quotes, and goes through a scanner that knows these values
 * and nothing else.
 *
 *     stream    ...login?p=Tr0ub4dor%263%21horse%239&x=...
 *                                   ├┘ a sign of '&', which is a byte of the value
 *               ├────── BACK ───────┴── AHEAD, from the last sign on ──┤
 */
#ifndef SILT_SECRET_UNDO_H
#define SILT_SECRET_UNDO_H

#include "secret/unwrap.h"

enum silt_undo_kind {
	SILT_UNDO_PERCENT,   /* %26 */
	SILT_UNDO_BACKSLASH, /* \x26 \u0026 \046 \& */
	SILT_UNDO_ENTITY,    /* &amp; &#38; &#x26; */
	SILT_UNDO_BREAKS,    /* base64 with line ends, blanks and quotes wherever they are */
	SILT_UNDO_KINDS
};

/* The decoders of one search: the working memory of one thread. */
struct silt_undo;

/* `matcher` is of the wanted values alone. The sink gets matches as those of silt_plain. */
enum silt_status silt_undo_new(const struct silt_matcher *matcher, const struct silt_limits *limits,
			       struct silt_plain_sink sink, struct silt_undo **out, struct silt_error *err);
void silt_undo_free(struct silt_undo *undo);

/* Forgets the stream. */
void silt_undo_reset(struct silt_undo *undo);

/* A byte of a value is written in the way `kind` at `at` of the stream. */
void silt_undo_meet(struct silt_undo *undo, enum silt_undo_kind kind, uint64_t at);

/* Decodes up to view->limit around what was met; all before the limit must have been met. */
enum silt_status silt_undo_go_on(struct silt_undo *undo, const struct silt_view *view);

/* The limit for which a text of the stream was not looked at in full. */
enum silt_limit_id silt_undo_overflowed(const struct silt_undo *undo);

#endif
