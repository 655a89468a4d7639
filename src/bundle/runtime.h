/* The part of a config that says how a container runs. Of this folder: v1 layer json keeps it in two places. */
#ifndef SILT_BUNDLE_RUNTIME_H
#define SILT_BUNDLE_RUNTIME_H

#include "bundle/config.h"

/* Reads user, working directory, environment, commands and labels out of a "config" object. False: no memory. */
bool silt_config_read_runtime(const struct silt_json_value *object, struct silt_arena *arena,
			      struct silt_config *out) SILT_MUST_USE;

#endif
