/* How one character is read that may be written with others: one function for each kind of spelling. */
#ifndef SILT_SECRET_UNDO_READ_H
#define SILT_SECRET_UNDO_READ_H

#include "secret/undo.h"

#include "base/utf8.h"

enum { SILT_UNDO_LONGEST = 160 }; /* bytes that one character is written with, at most */

/*
 * Reads what stands first in `bytes` (not empty): writes the bytes it means, `*count` of them, one or more, and returns
 * how many bytes it is written with. What is no spelling stands for itself.
 */
typedef size_t silt_undo_read_fn(struct silt_bytes bytes, uint8_t out[static SILT_UTF8_MAX], size_t *count);

/* Names of characters that XML and HTML share; NULL text behind the last. */
struct silt_undo_name {
	const char *text;
	uint8_t meaning;
};
extern const struct silt_undo_name silt_undo_names[];

silt_undo_read_fn silt_undo_percent;
silt_undo_read_fn silt_undo_backslash;
silt_undo_read_fn silt_undo_entity;
silt_undo_read_fn silt_undo_breaks;

#endif
