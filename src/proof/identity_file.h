/*
 * Key files: text of four lines, each with its newline.
 *
 *     silt secret key v1
 *     public PUBLIC                    base64 of 32 bytes
 *     argon2id PASSES KIB SALT         decimal, decimal, base64 of 16 bytes; or the word: unprotected
 *     sealed SEED                      base64 of 24 + 32 + 16 bytes (base/seal.h)
 *
 * The seed is sealed with what Argon2id makes of the password (32 bytes; zeros without one), about the three lines
 * before: whoever changes them cannot open it.
 */
#ifndef SILT_PROOF_IDENTITY_FILE_H
#define SILT_PROOF_IDENTITY_FILE_H

#include "proof/identity.h"

/* What guessing a password costs; no passes: there is none. */
struct silt_guess_cost {
	uint32_t passes, kib;
};

/*
 * What silt writes: as libsodium's MODERATE. What it reads at most: a file from elsewhere must
 * not take all memory.
 */
#define SILT_GUESS_COST ((struct silt_guess_cost){3, 256 * 1024})
#define SILT_GUESS_COST_MAX ((struct silt_guess_cost){10, 1024 * 1024})

/* As silt_identity_write, at another cost. */
enum silt_status silt_identity_write_at(const struct silt_identity *identity, struct silt_bytes password,
					struct silt_guess_cost cost, struct silt_sink sink, struct silt_error *err);

#endif
