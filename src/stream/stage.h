/* A thread that does one part of a pipeline, and what it ended with. */
#ifndef SILT_STREAM_STAGE_H
#define SILT_STREAM_STAGE_H

#include "base/error.h"

#include <pthread.h>
#include <stdbool.h>

typedef enum silt_status silt_stage_fn(void *ctx, struct silt_error *err);

/* Start with `run` and `ctx` set and the rest zero. */
struct silt_stage {
	silt_stage_fn *run;
	void *ctx; /* borrows */

	pthread_t thread;
	bool started;
	enum silt_status status;
	struct silt_error err;
};

/* Runs it in a thread of its own. SILT_ERR_IO if there can be none. */
enum silt_status silt_stage_start(struct silt_stage *stage, struct silt_error *err);

/*
 * Waits for it, if it was started. `status` is what others ended with: if it is SILT_OK, the result is what the stage
 * ended with, and `err` says why.
 */
enum silt_status silt_stage_end(struct silt_stage *stage, enum silt_status status, struct silt_error *err);

#endif
