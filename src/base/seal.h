/*
 * Values sealed with a key: nobody without it can read, change or exchange them. XChaCha20-Poly1305, by libsodium.
 *
 *   0        24
 *   +--------+-----------------+----------+
 *   | nonce  | as many bytes   | tag 16   |      the nonce is random
 *   +--------+-----------------+----------+
 */
#ifndef SILT_BASE_SEAL_H
#define SILT_BASE_SEAL_H

#include "base/buffer.h"

enum { SILT_SEAL_KEY_SIZE = 32, SILT_SEAL_OVERHEAD = 24 + 16 };

/* Random bytes, as good as the system has them. Here and below silt_secure_init was called. */
void silt_random(uint8_t *out, size_t size);

/* Adds `value` sealed to `out`; it can be opened with the same key and the same `about` only. */
void silt_seal(const uint8_t key[static SILT_SEAL_KEY_SIZE], struct silt_bytes about, struct silt_bytes value,
	       struct silt_buffer *out);

/* Opens `sealed` into `out`, which has room for SILT_SEAL_OVERHEAD bytes less. False if it was not sealed so. */
bool silt_unseal(const uint8_t key[static SILT_SEAL_KEY_SIZE], struct silt_bytes about, struct silt_bytes sealed,
		 uint8_t *out) SILT_MUST_USE;

/*
 * Writes `size` bytes of `in`, which are at place `at` of a stream, XORed with the key stream of XChaCha20 to `out` (not
 * `in`): done twice it gives the same. No two streams under one key. Nothing proves that bytes were not changed.
 */
void silt_keystream_xor(const uint8_t key[static SILT_SEAL_KEY_SIZE], uint64_t at, const uint8_t *in, uint8_t *out,
			size_t size);

#endif
