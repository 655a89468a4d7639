/* A buffer in front of the sink of a report. */
#include "report/outlet.h"

#include "base/error.h"

enum silt_status silt_outlet_flush(struct silt_outlet *outlet)
{
	if (outlet->status != SILT_OK) {
		return outlet->status;
	}
	if (outlet->out.failed) {
		outlet->status = silt_fail_memory(outlet->err);
	} else if (outlet->out.len > 0 && !outlet->sink.write(outlet->sink.ctx, outlet->out.ptr, outlet->out.len)) {
		outlet->status = silt_fail(outlet->err, SILT_ERR_IO, "the report could not be written");
	}
	silt_buffer_clear(&outlet->out);
	return outlet->status;
}

enum silt_status silt_outlet_end(struct silt_outlet *outlet)
{
	enum silt_status status = silt_outlet_flush(outlet);
	silt_buffer_done(&outlet->out);
	return status;
}
