/* Key pairs, by libsodium, in memory that no child of the process has. */
#include "proof/identity.h"

#include "base/seal.h"
#include "base/secure.h"

#include <errno.h>
#include <sodium.h>
#include <sys/mman.h>

_Static_assert((int)SILT_SEED_SIZE == (int)crypto_sign_ed25519_SEEDBYTES, "a seed");
_Static_assert((int)SILT_SIGNATURE_SIZE == (int)crypto_sign_ed25519_BYTES, "a signature");
_Static_assert((int)SILT_CURVE_KEY_SIZE == (int)crypto_box_curve25519xsalsa20poly1305_PUBLICKEYBYTES, "a key");

/* Alone on its pages. */
struct silt_identity {
	uint8_t seed[SILT_SEED_SIZE];
	uint8_t secret[crypto_sign_ed25519_SECRETKEYBYTES];
	struct silt_proof_key key;
};

/*
 * Whoever parses hostile bytes is forked from whoever has the key: MADV_WIPEONFORK makes sure that the kernel gives the
 * child empty pages. Locking them is tried only: few may lock memory, and swap can be encrypted.
 */
static enum silt_status take_pages(struct silt_identity **out, struct silt_error *err)
{
	void *pages =
		mmap(NULL, sizeof(struct silt_identity), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (pages == MAP_FAILED) {
		return silt_fail_memory(err);
	}
	if (madvise(pages, sizeof(struct silt_identity), MADV_WIPEONFORK) != 0) {
		const int reason = errno;
		(void)munmap(pages, sizeof(struct silt_identity));
		return silt_fail(err, SILT_ERR_IO, "this system cannot keep a key from child processes: %s",
				 strerror(reason));
	}
	(void)madvise(pages, sizeof(struct silt_identity), MADV_DONTDUMP);
	(void)mlock(pages, sizeof(struct silt_identity));
	*out = pages;
	return SILT_OK;
}

void silt_identity_free(struct silt_identity *identity)
{
	if (identity) {
		silt_wipe(identity, sizeof(*identity));
		(void)munlock(identity, sizeof(*identity));
		(void)munmap(identity, sizeof(*identity));
	}
}

enum silt_status silt_identity_of_seed(const uint8_t seed[static SILT_SEED_SIZE], struct silt_identity **out,
				       struct silt_error *err)
{
	struct silt_identity *identity = NULL;
	enum silt_status status = silt_secure_init(err);
	if (status == SILT_OK) {
		status = take_pages(&identity, err);
	}
	if (status == SILT_OK) {
		memcpy(identity->seed, seed, SILT_SEED_SIZE);
		crypto_sign_ed25519_seed_keypair(identity->key.ed25519, identity->secret, seed);
		silt_wipe_stack();
		*out = identity;
	}
	return status;
}

enum silt_status silt_identity_new(struct silt_identity **out, struct silt_error *err)
{
	uint8_t seed[SILT_SEED_SIZE];
	enum silt_status status = silt_secure_init(err);
	if (status == SILT_OK) {
		silt_random(seed, sizeof(seed));
		status = silt_identity_of_seed(seed, out, err);
		silt_wipe(seed, sizeof(seed));
	}
	return status;
}

const struct silt_proof_key *silt_identity_key(const struct silt_identity *identity)
{
	return &identity->key;
}

const uint8_t *silt_identity_seed(const struct silt_identity *identity)
{
	return identity->seed;
}

void silt_identity_sign(const struct silt_identity *identity, struct silt_bytes message,
			uint8_t out[static SILT_SIGNATURE_SIZE])
{
	crypto_sign_ed25519_detached(out, NULL, message.ptr, message.len, identity->secret);
	silt_wipe_stack();
}

bool silt_proof_key_verifies(const struct silt_proof_key *key, struct silt_bytes message, struct silt_bytes signature)
{
	return signature.len == SILT_SIGNATURE_SIZE &&
	       crypto_sign_ed25519_verify_detached(signature.ptr, message.ptr, message.len, key->ed25519) == 0;
}

bool silt_proof_key_curve(const struct silt_proof_key *key, uint8_t out[static SILT_CURVE_KEY_SIZE])
{
	return crypto_sign_ed25519_pk_to_curve25519(out, key->ed25519) == 0;
}

bool silt_identity_curve(const struct silt_identity *identity, uint8_t out[static SILT_CURVE_KEY_SIZE])
{
	return crypto_sign_ed25519_sk_to_curve25519(out, identity->secret) == 0;
}
