/* Setting the error that a public caller owns. The struct itself is public: silt/error.h. */
#ifndef SILT_BASE_ERROR_H
#define SILT_BASE_ERROR_H

#include "base/attributes.h"
#include "silt/error.h"

/*
 * Records a failure and returns its status, so that `return silt_fail(err, SILT_ERR_IO, "...")` is one line.
 * The first error wins. The caller escapes hostile bytes (base/escape.h) before they become an argument. `err` may be
 * NULL. Never called with SILT_OK.
 */
enum silt_status silt_fail(struct silt_error *err, enum silt_status status, const char *format, ...) SILT_PRINTF(3, 4);

/* Puts "PLACE: " in front of a text already set, as an error travels up. Keeps the status. `err` may be NULL. */
void silt_error_at(struct silt_error *err, const char *format, ...) SILT_PRINTF(2, 3);

/* Records that memory ran out; returns SILT_ERR_MEMORY. */
enum silt_status silt_fail_memory(struct silt_error *err);

#endif
