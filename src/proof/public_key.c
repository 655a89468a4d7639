/*
 * Public keys as others write them: PEM (RFC 7468) around DER (RFC 8410):
 *
 *     30 2a                      SEQUENCE of 42 bytes: SubjectPublicKeyInfo
 *       30 05 06 03 2b 65 70     what kind of key: 1.3.101.112, Ed25519
 *       03 21 00                 BIT STRING of 33 bytes, no bit unused
 *         32 bytes               the key
 */
#include "base/encoding.h"
#include "base/secure.h"
#include "proof/identity.h"

#include <sodium.h>
#include <stdio.h>

enum { PREFIX_SIZE = 12, DER_SIZE = PREFIX_SIZE + 32, BODY_SIZE = 60, PEM_MAX = 4096 };

static const char begin[] = "-----BEGIN PUBLIC KEY-----";
static const char end[] = "-----END PUBLIC KEY-----";
static const uint8_t prefix[PREFIX_SIZE] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

_Static_assert(sizeof(begin) + BODY_SIZE + 1 + sizeof(end) + 1 == SILT_PROOF_KEY_PEM_SIZE, "the size of the PEM");

static void to_der(const struct silt_proof_key *key, uint8_t out[static DER_SIZE])
{
	memcpy(out, prefix, sizeof(prefix));
	memcpy(out + sizeof(prefix), key->ed25519, sizeof(key->ed25519));
}

void silt_proof_key_write(const struct silt_proof_key *key, char out[SILT_PROOF_KEY_PEM_SIZE])
{
	uint8_t der[DER_SIZE];
	char body[sodium_base64_ENCODED_LEN(DER_SIZE, sodium_base64_VARIANT_ORIGINAL)];
	to_der(key, der);
	sodium_bin2base64(body, sizeof(body), der, sizeof(der), sodium_base64_VARIANT_ORIGINAL);
	(void)snprintf(out, SILT_PROOF_KEY_PEM_SIZE, "%s\n%s\n%s\n", begin, body, end);
}

void silt_proof_key_id(const struct silt_proof_key *key, char out[SILT_PROOF_KEY_ID_SIZE])
{
	uint8_t der[DER_SIZE], hash[32];
	to_der(key, der);
	silt_sha256(silt_bytes(der, sizeof(der)), hash);
	silt_hex(silt_bytes(hash, sizeof(hash)), out);
}

/* The base64 between the two lines, without white space. False: there is none. */
static bool take_body(struct silt_bytes text, uint8_t *out, size_t *len)
{
	for (size_t i = 0; i < text.len; i++) {
		const uint8_t byte = text.ptr[i];
		if (byte != '\n' && byte != '\r' && byte != ' ' && byte != '\t') {
			out[(*len)++] = byte;
		}
	}
	return *len > 0;
}

enum silt_status silt_proof_key_read(const void *text, size_t size, struct silt_proof_key *out, struct silt_error *err)
{
	const struct silt_bytes whole = silt_bytes_trim(silt_bytes(text, size));
	uint8_t body[PEM_MAX], der[PEM_MAX];
	size_t len = 0, der_len = 0;
	if (size > PEM_MAX || !silt_bytes_begin(whole, begin) || !silt_bytes_end_with(whole, silt_bytes_text(end)) ||
	    whole.len < sizeof(begin) + sizeof(end)) {
		return silt_fail(err, SILT_ERR_INPUT,
				 "expected a public key in PEM, from \"%s\" to \"%s\" and nothing else", begin, end);
	}
	const struct silt_bytes inner =
		silt_bytes_slice(whole, sizeof(begin) - 1, whole.len - (sizeof(begin) - 1) - (sizeof(end) - 1));
	if (silt_bytes_find(inner, silt_bytes_text(begin)) != SIZE_MAX) {
		return silt_fail(err, SILT_ERR_INPUT, "expected one public key in PEM, and there are more");
	}
	if (!take_body(inner, body, &len) || !silt_unbase64(silt_bytes(body, len), der, &der_len)) {
		return silt_fail(err, SILT_ERR_INPUT, "expected base64 between the lines of the public key");
	}
	if (der_len != DER_SIZE || memcmp(der, prefix, sizeof(prefix)) != 0) {
		return silt_fail(err, SILT_ERR_INPUT,
				 "expected a public key of the kind Ed25519, such as silt key new makes");
	}
	memcpy(out->ed25519, der + sizeof(prefix), sizeof(out->ed25519));
	return SILT_OK;
}
