/* Bodies of small files of certain names, kept as they stream by, so that the layer need not be read again for them. */
#ifndef SILT_LAYER_KEPT_H
#define SILT_LAYER_KEPT_H

#include "layer/collect.h"

/* Bytes of one body, and of all of a layer. */
enum { SILT_KEPT_BODY_MAX = 1024 * 1024, SILT_KEPT_LAYER_MAX = 16 * 1024 * 1024 };

/* A zeroed struct keeps nothing. The last four fields are private. */
struct silt_keeper {
	const struct silt_bytes *names; /* borrows: last components of paths */
	size_t count;
	bool open; /* the body under way is kept */
	struct silt_buffer body;
	size_t kept, capacity;
};

void silt_keeper_done(struct silt_keeper *keeper);

/* The next piece of the body of entry `entry` (UINT32_MAX: one that was left out). Fails only for memory. */
enum silt_status silt_keeper_data(struct silt_keeper *keeper, struct silt_collector *collector, uint32_t entry,
				  const struct silt_tar_event *data, struct silt_error *err);

/* The whole body of entry `index`. False: it was not kept. */
bool silt_record_kept(const struct silt_record *record, uint32_t index, struct silt_bytes *body);

#endif
