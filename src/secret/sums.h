/* Sums of single spans: fingerprints and the checksums of wallets are made of them. */
#ifndef SILT_SECRET_SUMS_H
#define SILT_SECRET_SUMS_H

#include "base/attributes.h"
#include "base/bytes.h"

/* False if memory ran out, or libcrypto does not offer the sum on this machine. */
bool silt_sha256(struct silt_bytes bytes, uint8_t out[static 32]) SILT_MUST_USE;
bool silt_sha1(struct silt_bytes bytes, uint8_t out[static 20]) SILT_MUST_USE;

#endif
