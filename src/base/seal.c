/* Sealing, by libsodium. */
#include "base/seal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
	NONCE_SIZE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG_SIZE = crypto_aead_xchacha20poly1305_ietf_ABYTES,
};

_Static_assert((int)SILT_SEAL_KEY_SIZE == (int)crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "the key of the cipher");
_Static_assert((int)SILT_SEAL_OVERHEAD == (int)NONCE_SIZE + (int)TAG_SIZE, "what a seal adds");

void silt_random(uint8_t *out, size_t size)
{
	randombytes_buf(out, size);
}

void silt_seal(const uint8_t key[static SILT_SEAL_KEY_SIZE], struct silt_bytes about, struct silt_bytes value,
	       struct silt_buffer *out)
{
	uint8_t nonce[NONCE_SIZE];
	uint8_t *sealed = malloc(value.len + TAG_SIZE);
	if (!sealed) {
		out->failed = true;
		return;
	}
	silt_random(nonce, sizeof(nonce));
	crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, NULL, value.ptr, value.len, about.ptr, about.len, NULL,
						   nonce, key);
	silt_buffer_add(out, silt_bytes(nonce, sizeof(nonce)));
	silt_buffer_add(out, silt_bytes(sealed, value.len + TAG_SIZE));
	free(sealed);
}

bool silt_unseal(const uint8_t key[static SILT_SEAL_KEY_SIZE], struct silt_bytes about, struct silt_bytes sealed,
		 uint8_t *out)
{
	return sealed.len >= SILT_SEAL_OVERHEAD &&
	       crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, sealed.ptr + NONCE_SIZE,
							  sealed.len - NONCE_SIZE, about.ptr, about.len, sealed.ptr,
							  key) == 0;
}

_Static_assert((int)SILT_SEAL_KEY_SIZE == (int)crypto_stream_xchacha20_KEYBYTES, "the key of the stream");

/* The cipher counts blocks of 64 bytes; a piece may begin inside of one. */
void silt_keystream_xor(const uint8_t key[static SILT_SEAL_KEY_SIZE], uint64_t at, const uint8_t *in, uint8_t *out,
			size_t size)
{
	enum { BLOCK = 64 };
	static const uint8_t nonce[crypto_stream_xchacha20_NONCEBYTES] = {0}; /* the key is new for every stream */
	uint8_t first[BLOCK] = {0};
	const size_t skip = (size_t)(at % BLOCK);
	size_t done = 0;
	if (skip > 0) {
		done = size < BLOCK - skip ? size : BLOCK - skip;
		memcpy(first + skip, in, done);
		crypto_stream_xchacha20_xor_ic(first, first, BLOCK, nonce, at / BLOCK, key);
		memcpy(out, first + skip, done);
		sodium_memzero(first, sizeof(first));
	}
	crypto_stream_xchacha20_xor_ic(out + done, in + done, size - done, nonce, (at + done) / BLOCK, key);
}
