/*
 * Where decoded text stands in the stream it was decoded from.
 *
 * Encoded text is a row of units (characters of base64, bytes of UTF-16, whole escapes), numbered from 0. Units that
 * follow each other in the stream byte by byte make a line; a trace knows where each line begins. Lines of one length
 * with gaps of one length between them are a single piece, however many they are:
 *
 *     stream   ....LS0tLS1CRU\nLTg3U21oc3\nFTYUUFzd\n....        unit 0 at 4, period 10, skip 1, 3 lines
 */
#ifndef SILT_SECRET_UNWRAP_TRACE_H
#define SILT_SECRET_UNWRAP_TRACE_H

#include "base/attributes.h"
#include "base/bytes.h"

struct silt_trace_piece {
	uint64_t unit, at; /* the first unit of its first line, and where it stands in the stream */
	uint64_t period;   /* units of each line but the last */
	uint64_t skip;     /* bytes between two lines */
	uint64_t lines;
};

struct silt_trace {
	struct silt_trace_piece *pieces; /* owns */
	size_t count, capacity;
	size_t keep; /* pieces that are remembered beside the first: the latest ones */
};

void silt_trace_done(struct silt_trace *trace);

/* Starts over: unit 0 stands at `at`. The first and the last `keep` pieces will be remembered. False if memory ran out. */
bool silt_trace_start(struct silt_trace *trace, uint64_t at, size_t keep) SILT_MUST_USE;

/* Unit `unit` (more than of any call before) begins a line at `at`. False if memory ran out. */
bool silt_trace_line(struct silt_trace *trace, uint64_t unit, uint64_t at) SILT_MUST_USE;

/* Where the unit stands. */
uint64_t silt_trace_find(const struct silt_trace *trace, uint64_t unit);

#endif
