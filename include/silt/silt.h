/* All of libsilt: open a bundle, audit it, walk the result, write a report. */
#ifndef SILT_SILT_H
#define SILT_SILT_H

#include "silt/audit.h"
#include "silt/baseline.h"
#include "silt/bytes.h"
#include "silt/cache.h"
#include "silt/carve.h"
#include "silt/checks.h"
#include "silt/compare.h"
#include "silt/dig.h"
#include "silt/error.h"
#include "silt/extract.h"
#include "silt/limits.h"
#include "silt/listing.h"
#include "silt/policy.h"
#include "silt/posture.h"
#include "silt/proof.h"
#include "silt/report.h"
#include "silt/result.h"
#include "silt/rules.h"
#include "silt/sbom.h"
#include "silt/settings.h"
#include "silt/strings.h"
#include "silt/tree.h"
#include "silt/version.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library that is linked: "0.1.0". */
SILT_API const char *silt_version(void);

#ifdef __cplusplus
}
#endif

#endif
