/* Which program this is, to the byte: for what must not outlive it. */
#ifndef SILT_LAYER_ENGINE_H
#define SILT_LAYER_ENGINE_H

#include "base/attributes.h"
#include "base/error.h"

#include <stdbool.h>

#define SILT_ENGINE_ID_SIZE 32

/*
 * A hash over the build ids of the program and of all libraries that it has loaded, with the code itself of one that has
 * no build id; and over which sums libcrypto offers, which may be a matter of its configuration. Another libarchive may
 * read a tar in another way, and a version number says nothing about a build under development. SILT_ERR_MEMORY.
 */
enum silt_status silt_engine_id(uint8_t id[static SILT_ENGINE_ID_SIZE], struct silt_error *err);

#endif
