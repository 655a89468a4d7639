/*
 * Numbers and text in the headers of a tar, by the rules of Go's archive/tar (strconv.go).
 *
 * Text is bytes up to a NUL or the end of its field. A number is octal, with spaces and NULs around it; or, if the first
 * bit of its field is set, big-endian two's complement in the bits behind:
 *
 *     +---+---+---+---+---+---+---+---+      +---------+- - - -+
 *     | 0 | 0 | 0 | 0 | 6 | 4 | 4 |NUL|      |1 s bbbbbb| b ... |     s: 1 if negative
 *     +---+---+---+---+---+---+---+---+      +---------+- - - -+
 */
#ifndef SILT_STREAM_TAR_FIELD_H
#define SILT_STREAM_TAR_FIELD_H

#include "base/bytes.h"

/* The bytes in front of the first NUL; all if there is none. */
struct silt_bytes silt_tar_text(struct silt_bytes field);

/* A number of a header field. Blank is 0. False, and `*number` 0, if it is none or does not fit. */
bool silt_tar_number(struct silt_bytes field, int64_t *number);

/* The same, octal only. */
bool silt_tar_octal(struct silt_bytes field, int64_t *number);

/* All of `text` is decimal digits, with a sign or none. False, and `*number` as it was, if not or if it does not fit. */
bool silt_tar_decimal(struct silt_bytes text, int64_t *number);

#endif
