/* What a report is written into piece by piece: a buffer in front of the sink. */
#ifndef SILT_REPORT_OUTLET_H
#define SILT_REPORT_OUTLET_H

#include "base/buffer.h"
#include "silt/report.h"

struct silt_outlet {
	struct silt_sink sink;
	struct silt_buffer out; /* owns; what the sink has not got yet */
	struct silt_error *err; /* borrows; where the first failure is told */
	enum silt_status status;
};

static inline struct silt_outlet silt_outlet(struct silt_sink sink, struct silt_error *err)
{
	return (struct silt_outlet){.sink = sink, .err = err};
}

/* Hands everything to the sink. Failure sticks: later calls do nothing and return the same. */
enum silt_status silt_outlet_flush(struct silt_outlet *outlet);

/* The last flush. Gives back what the outlet has. */
enum silt_status silt_outlet_end(struct silt_outlet *outlet);

#endif
