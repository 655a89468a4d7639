/*
 * The start of bytes behind an end, where no reader looks: behind the last member of a compressed stream, behind the end
 * marker of a tar. They are matched as they lie, which shows nothing of what is packed.
 */
#ifndef SILT_LAYER_HIDDEN_START_H
#define SILT_LAYER_HIDDEN_START_H

#include "layer/collect.h"

enum { SILT_HIDDEN_START = 512 }; /* what formats are known by */

/* Zeroed, it waits for nothing. */
struct silt_hidden_start {
	bool open;
	uint64_t at; /* of its first byte, in the stream that it is behind of */
	uint8_t bytes[SILT_HIDDEN_START];
	size_t len;
};

/* The byte at `at` is the first. What is open is not looked at any more. */
void silt_hidden_start_begin(struct silt_hidden_start *start, uint64_t at);

/* The next bytes of the stream, of which the first is at `at`; those in front of the start do not count. */
enum silt_status silt_hidden_start_feed(struct silt_hidden_start *start, struct silt_collector *collector, uint64_t at,
					struct silt_bytes bytes, struct silt_error *err);

/* No more bytes: tells of what has come if it is packed. Does nothing if it is not open. */
enum silt_status silt_hidden_start_end(struct silt_hidden_start *start, struct silt_collector *collector,
				       struct silt_error *err);

/* Wipes what it holds. */
void silt_hidden_start_done(struct silt_hidden_start *start);

#endif
