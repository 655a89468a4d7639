/* Stages as threads. What a library leaves on the stack of one is overwritten at its end. */
#include "stream/stage.h"

#include "base/secure.h"

#include <string.h>

static void *run_stage(void *ctx)
{
	struct silt_stage *stage = ctx;
	stage->status = stage->run(stage->ctx, &stage->err);
	silt_wipe_stack();
	return NULL;
}

enum silt_status silt_stage_start(struct silt_stage *stage, struct silt_error *err)
{
	const int failure = pthread_create(&stage->thread, NULL, run_stage, stage);
	stage->started = failure == 0;
	return stage->started ? SILT_OK
			      : silt_fail(err, SILT_ERR_IO, "cannot start a thread: %s (--jobs 1 needs none)",
					  strerrordesc_np(failure));
}

enum silt_status silt_stage_end(struct silt_stage *stage, enum silt_status status, struct silt_error *err)
{
	if (!stage->started) {
		return status;
	}
	pthread_join(stage->thread, NULL);
	stage->started = false;
	return status != SILT_OK || stage->status == SILT_OK ? status
							     : silt_fail(err, stage->status, "%s", stage->err.text);
}
