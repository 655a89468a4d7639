/*
 * Texts that carry a checksum of themselves: base58check (Bitcoin), bech32 (BIP-173, BIP-350) and Stellar's keys. And
 * base32, which the last are made of.
 */
#ifndef SILT_SECRET_CHECKED_TEXT_H
#define SILT_SECRET_CHECKED_TEXT_H

#include "base/bytes.h"

/* Bytes of the longest value that is decoded: an extended key of BIP-32 has 78 and a checksum of 4. */
enum { SILT_BASE58_MAX = 96 };

/* Decodes base58 and takes off the checksum, which must hold. False for anything else, and for longer values. */
bool silt_base58check(struct silt_bytes text, uint8_t out[static SILT_BASE58_MAX], size_t *len);

/* True if the checksum of bech32 or bech32m holds. All letters must be of one case. */
bool silt_bech32_holds(struct silt_bytes text);

/*
 * Decodes base32 (RFC 4648 section 6) of either case, padding optional. `out` has room for text.len bytes and may be
 * text.ptr itself.
 */
bool silt_base32_decode(struct silt_bytes text, uint8_t *out, size_t *len);

/* CRC-16 of XMODEM: polynomial 1021, starts with 0. */
uint16_t silt_crc16(struct silt_bytes bytes);

#endif
