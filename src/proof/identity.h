/*
 * Key pairs, and what is done with them: Ed25519 for signatures and, by the map between the two curves, X25519 for seals,
 * so that one public key serves for both.
 */
#ifndef SILT_PROOF_IDENTITY_H
#define SILT_PROOF_IDENTITY_H

#include "base/bytes.h"
#include "base/error.h"
#include "silt/proof.h"

enum { SILT_SEED_SIZE = 32, SILT_SIGNATURE_SIZE = 64, SILT_CURVE_KEY_SIZE = 32 };

/* The pair that follows from a seed. As silt_identity_new. */
enum silt_status silt_identity_of_seed(const uint8_t seed[static SILT_SEED_SIZE], struct silt_identity **out,
				       struct silt_error *err);

/* Borrowed; all zeros in a forked process. */
const uint8_t *silt_identity_seed(const struct silt_identity *identity);

void silt_identity_sign(const struct silt_identity *identity, struct silt_bytes message,
			uint8_t out[static SILT_SIGNATURE_SIZE]);
bool silt_proof_key_verifies(const struct silt_proof_key *key, struct silt_bytes message, struct silt_bytes signature);

/* The same keys for X25519. False: the key is no good point of the curve. `out` of the second is to be wiped. */
bool silt_proof_key_curve(const struct silt_proof_key *key, uint8_t out[static SILT_CURVE_KEY_SIZE]);
bool silt_identity_curve(const struct silt_identity *identity, uint8_t out[static SILT_CURVE_KEY_SIZE]);

#endif
