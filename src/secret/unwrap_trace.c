/* Lines of units, and where they begin. */
#include "secret/unwrap_trace.h"

#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>

void silt_trace_done(struct silt_trace *trace)
{
	free(trace->pieces);
	*trace = (struct silt_trace){0};
}

static bool push(struct silt_trace *trace, uint64_t unit, uint64_t at)
{
	if (trace->count > 2 * trace->keep) { /* the first one stays: a text may be a secret as a whole */
		memmove(trace->pieces + 1, trace->pieces + trace->count - trace->keep,
			trace->keep * sizeof(*trace->pieces));
		trace->count = trace->keep + 1;
	}
	void *pieces = trace->pieces;
	if (!silt_grow(&pieces, trace->count, &trace->capacity, sizeof(*trace->pieces))) {
		return false;
	}
	trace->pieces = pieces;
	trace->pieces[trace->count++] = (struct silt_trace_piece){.unit = unit, .at = at, .lines = 1};
	return true;
}

bool silt_trace_start(struct silt_trace *trace, uint64_t at, size_t keep)
{
	trace->count = 0;
	trace->keep = keep;
	return push(trace, 0, at);
}

bool silt_trace_line(struct silt_trace *trace, uint64_t unit, uint64_t at)
{
	struct silt_trace_piece *last = &trace->pieces[trace->count - 1];
	assert(unit > last->unit && at - last->at > unit - last->unit);
	if (last->lines == 1) {
		last->period = unit - last->unit;
		last->skip = at - last->at - last->period;
		last->lines = 2;
		return true;
	}
	if (unit - last->unit == last->lines * last->period &&
	    at - last->at == last->lines * (last->period + last->skip)) {
		last->lines++;
		return true;
	}
	return push(trace, unit, at);
}

uint64_t silt_trace_find(const struct silt_trace *trace, uint64_t unit)
{
	size_t low = 0;
	size_t high = trace->count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (trace->pieces[middle].unit <= unit) {
			low = middle;
		} else {
			high = middle;
		}
	}
	const struct silt_trace_piece *piece = &trace->pieces[low];
	assert(unit >= piece->unit);
	uint64_t past = unit - piece->unit;
	uint64_t line = piece->lines > 1 ? past / piece->period : 0;
	line = line < piece->lines ? line : piece->lines - 1;
	return piece->at + past + line * piece->skip;
}
