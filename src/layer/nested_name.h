/* Names of files inside of archives. Internal to the nested reading. */
#ifndef SILT_LAYER_NESTED_NAME_H
#define SILT_LAYER_NESTED_NAME_H

#include "base/buffer.h"

/* The name of what is in a packed file: "dump.sql" of "dump.sql.gz", "x.tar" of "x.tgz"; else the name as it is. */
void silt_unpacked_name(struct silt_bytes packed, struct silt_buffer *out);

/* Adds a name to one that may be there; beyond SILT_PATH_MAX bytes the whole is cut, with "..." at the end. */
void silt_add_inner_name(struct silt_buffer *to, struct silt_bytes name);

#endif
