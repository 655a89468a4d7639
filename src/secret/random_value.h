/* Values that a generator made, told from words and names by what they consist of. */
#ifndef SILT_SECRET_RANDOM_VALUE_H
#define SILT_SECRET_RANDOM_VALUE_H

#include "base/bytes.h"

/*
 * True for 8 to 150 bytes with a digit that are neither names of things nor a UUID, and have 3 bits of entropy per
 * digit of a hexadecimal string, 3.5 per character of any other: 12 different characters at least.
 */
bool silt_looks_random(struct silt_bytes value);

/*
 * True if nobody would type it into an example: random-looking, or a password of 8 characters and more with letters,
 * digits and either both cases or a sign other than those that join words.
 */
bool silt_looks_strong(struct silt_bytes value);

#endif
