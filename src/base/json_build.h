/* Making the tree of a document; for json_read.c only. */
#ifndef SILT_BASE_JSON_BUILD_H
#define SILT_BASE_JSON_BUILD_H

#include "base/bytes.h"

#include <jansson.h>

/*
 * The values of `checked`, a text that silt_json_check wrote: nothing is checked again. The caller owns the tree. NULL if
 * memory ran out.
 */
json_t *silt_json_build(struct silt_bytes checked);

#endif
