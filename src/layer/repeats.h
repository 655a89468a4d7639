/* Secrets found twice, because a file was looked at as it lies and opened as well. Internal to this folder. */
#ifndef SILT_LAYER_REPEATS_H
#define SILT_LAYER_REPEATS_H

#include "layer/record.h"

/*
 * Of the hits from number `from` on: drops those in a file of `entry` whose secret was found deeper in that entry too. An
 * archive that does not compress shows its content twice; the deeper place says more. `names`: `count` inner names, of the
 * body of the entry, of what is open in that, and so on; the last one is the file's. SILT_ERR_MEMORY only.
 */
enum silt_status silt_drop_repeats(struct silt_record *record, size_t from, uint32_t entry,
				   const struct silt_bytes *names, size_t count, struct silt_error *err);

#endif
