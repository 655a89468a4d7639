/* What a file that is no tar probably is, for the sentence that refuses it. */
#ifndef SILT_CONTENT_GUESS_H
#define SILT_CONTENT_GUESS_H

#include "base/bytes.h"

/* "a zip archive", "text", "an empty file", ... from the first bytes. Never NULL. */
const char *silt_guess_file(struct silt_bytes start);

#endif
