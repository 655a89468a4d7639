/* Patterns of paths, as a person types them behind silt ls. */
#ifndef SILT_FORENSICS_GLOB_H
#define SILT_FORENSICS_GLOB_H

#include "base/bytes.h"

/*
 * True if the whole clean path `path` fits: '*' is any bytes and '?' any byte but '/', "[a-z]" and "[!a-z]" one byte of a
 * set, never '/', a double star any bytes at all, and one with a '/' behind it any folders, or none. A backslash takes
 * what follows as it is; a '[' without its ']' is a '['. Takes steps of the order of path.len squared times glob.len at most.
 */
bool silt_listing_glob(struct silt_bytes glob, struct silt_bytes path);

/* True if there is anything in `text` that such a pattern does not take as it is. */
bool silt_listing_is_glob(struct silt_bytes text);

#endif
