/*
 * Hashing, wiping and base64, by libsodium (the only user of it here); and what else keeps secrets in.
 */
#ifndef SILT_BASE_SECURE_H
#define SILT_BASE_SECURE_H

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/bytes.h"
#include "base/error.h"

/* Must succeed once before anything else here is used; later calls cost nothing. Thread-safe. */
enum silt_status silt_secure_init(struct silt_error *err);

/*
 * BLAKE2b of `size` (16..64) bytes over all parts, keyed with `domain` (ours, 1..64 characters), each part preceded by
 * its length so that ("a","bc") and ("ab","c") differ. Deterministic: the same on every machine.
 */
void silt_keyed_hash(const char *domain, const struct silt_bytes *parts, size_t count, uint8_t *out, size_t size);

/* SHA-256 of one span that lies there whole. Cannot fail. For streams there is stream/digest.h, which is faster. */
void silt_sha256(struct silt_bytes bytes, uint8_t out[static 32]);

/* Overwrites memory in a way the compiler keeps. */
void silt_wipe(void *memory, size_t size);

/* Overwrites the stack below the caller as far as anything of ours or of a library can have reached. */
void silt_wipe_stack(void);

/*
 * Leaves `memory` out of core dumps if it is large (128 KiB), with what else is on its first and last page. Lasts as long
 * as the pages do: nobody has to take it back before memory is freed.
 */
void silt_leave_undumped(void *memory, size_t size);

/* Adds `bytes` in base64 (RFC 4648, section 4), with padding. Needs no initialisation. */
void silt_base64(struct silt_buffer *out, struct silt_bytes bytes);

/*
 * Undoes silt_base64: `room` takes text.len bytes. False, and nothing is promised of `room`, if it is no such text. Needs
 * no initialisation.
 */
bool silt_unbase64(struct silt_bytes text, uint8_t *room, size_t *len);

/* A 64-bit hash for tables, seeded at random per process: order of tables must never reach the output. */
uint64_t silt_table_hash(struct silt_bytes bytes);

#endif
