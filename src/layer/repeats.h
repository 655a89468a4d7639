/* Secrets found twice, because a file was looked at as it lies and opened as well. Internal to this folder. */
#ifndef SILT_LAYER_REPEATS_H
#define SILT_LAYER_REPEATS_H

#include "layer/record.h"

/*
 * Of the hits from number `from` on: drops those in the file `inner` of `entry` whose secret was found deeper in that
 * entry too. An archive that does not compress shows its content twice; the deeper place says more. SILT_ERR_MEMORY only.
 */
enum silt_status silt_drop_repeats(struct silt_record *record, size_t from, uint32_t entry, struct silt_bytes inner,
				   struct silt_error *err);

#endif
