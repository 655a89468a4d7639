/* Patterns of policies: paths, names of images, ids. */
#ifndef SILT_POLICY_GLOB_H
#define SILT_POLICY_GLOB_H

#include "base/bytes.h"

/*
 * True if the whole `text` fits: '*' is any bytes and '?' any byte but '/', and a double star any bytes at all. Case
 * counts: what accepts findings accepts no more than it says. Takes steps of the order of text.len squared times glob.len
 * at most, and of text.len times glob.len without a double star.
 */
bool silt_policy_glob(struct silt_bytes glob, struct silt_bytes text);

#endif
