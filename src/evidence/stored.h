/* The files of a bundle, by their numbers (silt/tree.h). */
#ifndef SILT_EVIDENCE_STORED_H
#define SILT_EVIDENCE_STORED_H

#include "audit/result.h"
#include "silt/tree.h"

/* The member that file `number` is; NULL: the bundle itself. `number` is below silt_stored_count. */
const struct silt_member *silt_stored_member(const struct silt_result *result, size_t number);

/* The record of the tar in file `number`; NULL: it is no tar. */
const struct silt_record *silt_stored_record(const struct silt_result *result, size_t number);

#endif
