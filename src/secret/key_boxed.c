/* Keys of programs that put what is their own between the lines of PEM. */
#include "secret/key.h"

enum {
	NEBULA_X25519_LEN = 32,
	NEBULA_ED25519_LEN = 64, /* seed and public key */
	/* A sealed key of 32 bytes is longer. */
	SEALED_MIN = 32,
};

/* cosign: {"kdf":{"name":"scrypt",..},"cipher":{"name":"nacl/secretbox",..},"ciphertext":".."} */
struct silt_key silt_key_of_cosign(struct silt_bytes blob, struct silt_public_key *out)
{
	*out = (struct silt_public_key){0};
	bool box = silt_bytes_start_with(blob, SILT_LITERAL("{")) &&
		   silt_bytes_find(blob, SILT_LITERAL("\"kdf\"")) != SIZE_MAX &&
		   silt_bytes_find(blob, SILT_LITERAL("\"ciphertext\"")) != SIZE_MAX;
	return (struct silt_key){box ? SILT_KEY_ENCRYPTED : SILT_KEY_BROKEN, "encrypted (scrypt, secretbox)"};
}

/* Tendermint: sealed by a password, with the salt in a header. */
struct silt_key silt_key_of_tendermint(struct silt_bytes blob, struct silt_public_key *out)
{
	*out = (struct silt_public_key){0};
	bool sealed = blob.len >= SEALED_MIN;
	return (struct silt_key){sealed ? SILT_KEY_ENCRYPTED : SILT_KEY_BROKEN, "encrypted (secretbox, bcrypt)"};
}

/* Nebula: the bare bytes of the key. */
struct silt_key silt_key_of_nebula(struct silt_bytes blob, struct silt_public_key *out)
{
	*out = (struct silt_public_key){0};
	bool whole = blob.len == NEBULA_X25519_LEN || blob.len == NEBULA_ED25519_LEN;
	if (blob.len == NEBULA_ED25519_LEN) {
		out->algorithm = silt_key_algorithm_ssh(SILT_LITERAL("ssh-ed25519"));
		out->numbers[0] = silt_bytes_slice(blob, 32, 32);
		out->proof[0] = silt_bytes_slice(blob, 0, 32);
	}
	return (struct silt_key){whole ? SILT_KEY_PLAIN : SILT_KEY_BROKEN, NULL};
}
