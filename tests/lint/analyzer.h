/*
 * Read by clang-tidy before each file (see .ci/run), by no compiler.
 *
 * The analyser sees one file at a time and does not know that silt_fail never returns SILT_OK. It would follow every
 * failed call as if it had succeeded, and complain that its outputs were not set. These say it in a way it can see.
 */
#ifndef SILT_LINT_ANALYZER_H
#define SILT_LINT_ANALYZER_H

#include "base/error.h"

#define silt_fail(err, status, ...) (silt_fail(err, status, __VA_ARGS__), (status))
#define silt_fail_memory(err) (silt_fail_memory(err), SILT_ERR_MEMORY)

#endif
