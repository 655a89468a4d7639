/*
 * A source that gives bytes in blocks of a chosen length. Every block is a fresh allocation that dies with the next
 * call, so that a sanitizer sees whoever looks at it afterwards.
 */
#ifndef SILT_TESTS_CHOPPED_SOURCE_H
#define SILT_TESTS_CHOPPED_SOURCE_H

#include "stream/source.h"

struct chopped_source {
	struct silt_bytes rest; /* borrows */
	size_t block_len;       /* 0: all at once */
	size_t fail_after;      /* blocks until SILT_ERR_IO; 0: never */
	uint8_t *block;         /* owns */
	size_t calls;
};

struct silt_source chopped_source(struct chopped_source *source);
void chopped_source_done(struct chopped_source *source);

#endif
