/*
 * The start of a body, until it says what program the body is. Internal to this folder.
 *
 * Where the body was cut into pieces makes no difference: the start is put together from them.
 */
#ifndef SILT_LAYER_PROGRAM_HEAD_H
#define SILT_LAYER_PROGRAM_HEAD_H

#include "base/buffer.h"
#include "layer/collect.h"

/* Starts zeroed. Fields are private. */
struct silt_program_head {
	struct silt_buffer bytes;
	bool open; /* the present body may be a program, and more of it must be seen */
};

void silt_program_head_done(struct silt_program_head *head);

/* The next DATA of the body of `entry`. */
enum silt_status silt_program_head_data(struct silt_program_head *head, struct silt_collector *collector,
					uint32_t entry, const struct silt_tar_event *event, struct silt_error *err);

/* The body is over, wherever it was. */
enum silt_status silt_program_head_end(struct silt_program_head *head, struct silt_collector *collector, uint32_t entry,
				       struct silt_error *err);

#endif
