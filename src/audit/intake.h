/*
 * Reading a bundle: its members are told apart by content, layers are surveyed, documents kept.
 *
 * The bundle itself is surveyed like a layer at the same time: whether it is a save of images or a bare rootfs is
 * known only at its end, when the indexes have come or not.
 */
#ifndef SILT_AUDIT_INTAKE_H
#define SILT_AUDIT_INTAKE_H

#include "audit/open.h"
#include "audit/result.h"

/*
 * Reads `bundle` to its end into `result`: inventory, records, outer, coverage counts. SILT_ERR_INPUT if it is no tar;
 * damage within it is in the records.
 */
enum silt_status silt_intake(struct silt_bundle *bundle, const struct silt_matcher *matcher,
			     const struct silt_options *options, struct silt_result *result, struct silt_error *err);

#endif
