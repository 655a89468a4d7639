/* What is told of files inside of archives. Internal to the nested reading. */
#ifndef SILT_LAYER_NESTED_NOTE_H
#define SILT_LAYER_NESTED_NOTE_H

#include "content/archive.h"
#include "layer/collect.h"

/* A file in the archive that an entry is. */
struct silt_inner_file {
	struct silt_collector *collector; /* borrows */
	uint32_t entry;
	struct silt_bytes name; /* from the entry on; empty: the entry itself */
};

/* Adds an anomaly for a flaw, which is not SOUND. */
enum silt_status silt_note_flaw(struct silt_inner_file file, struct silt_archive_flaw flaw, struct silt_error *err);

/* Adds one for a setuid program. */
enum silt_status silt_note_setuid(struct silt_inner_file file, struct silt_error *err);

#endif
