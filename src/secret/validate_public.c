/*
 * Public halves of keys, which are no secrets: their ids are compared with those of private keys, so that it can be
 * said what a key opens.
 *
 *   certificate (RFC 5280 4.1)   SEQUENCE { SEQUENCE { [0] version, INTEGER serial, SEQUENCE signature,
 *                                SEQUENCE issuer, SEQUENCE validity, SEQUENCE subject, SEQUENCE key, ... } ... }
 */
#include "secret/armor.h"
#include "secret/der.h"
#include "secret/key.h"
#include "secret/validate.h"

#include "base/encoding.h"
#include "base/secure.h"

enum {
	BEFORE_KEY = 5, /* serial, signature, issuer, validity, subject */
	NUMBERS = 2,    /* of a key of PKCS#1: n, e */
};

/* The SubjectPublicKeyInfo of a certificate with its tag and length; empty if there is none. */
static struct silt_bytes key_of_certificate(struct silt_bytes der)
{
	const struct silt_bytes none = {0};
	struct silt_bytes certificate, rest, key;
	struct silt_der part;
	if (!silt_der_cut_tagged(&der, SILT_DER_SEQUENCE, &certificate) ||
	    !silt_der_cut_tagged(&certificate, SILT_DER_SEQUENCE, &rest)) {
		return none;
	}
	if (rest.len > 0 && rest.ptr[0] == SILT_DER_CONTEXT_0 && !silt_der_cut(&rest, &part)) {
		return none;
	}
	for (size_t i = 0; i < BEFORE_KEY; i++) {
		if (!silt_der_cut(&rest, &part)) {
			return none;
		}
	}
	const uint8_t *start = rest.ptr;
	bool whole = silt_der_cut_tagged(&rest, SILT_DER_SEQUENCE, &key);
	return whole ? silt_bytes(start, (size_t)(rest.ptr - start)) : none;
}

static bool digest_pkcs1(struct silt_bytes der, uint8_t digest[static 32], bool *starved)
{
	struct silt_public_key key = {.algorithm = silt_key_algorithm_rsa()};
	struct silt_bytes body;
	struct silt_der members[NUMBERS];
	size_t count;
	if (!silt_der_cut_tagged(&der, SILT_DER_SEQUENCE, &body) || !silt_der_members(body, members, NUMBERS, &count) ||
	    count != NUMBERS) {
		return false;
	}
	key.numbers[0] = silt_der_unsigned(members[0].value);
	key.numbers[1] = silt_der_unsigned(members[1].value);
	bool done = silt_public_spki_digest(&key, digest);
	*starved = key.starved;
	return done;
}

static bool has_word(struct silt_bytes label, struct silt_bytes word)
{
	return silt_bytes_find(label, word) != SIZE_MAX;
}

/* False if it is something else under such a label. */
static bool digest_pem(struct silt_bytes label, struct silt_bytes der, uint8_t digest[static 32], bool *starved)
{
	if (has_word(label, SILT_LITERAL("RSA"))) {
		return digest_pkcs1(der, digest, starved);
	}
	struct silt_bytes key = has_word(label, SILT_LITERAL("CERTIFICATE")) ? key_of_certificate(der) : der;
	silt_sha256(key, digest);
	return key.len > 0;
}

bool silt_validate_public_pem(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	const struct silt_bytes begin = SILT_LITERAL("-----BEGIN "), dashes = SILT_LITERAL("-----");
	uint8_t digest[32];
	struct silt_armor armor;
	struct silt_bytes rest = silt_bytes_slice(secret, begin.len, secret.len);
	size_t end = silt_bytes_find(rest, dashes);
	if (end == SIZE_MAX) {
		return false;
	}
	struct silt_bytes label = silt_bytes_slice(rest, 0, end);
	struct silt_bytes body = silt_bytes_slice(rest, end + dashes.len, rest.len);
	body = silt_bytes_slice(body, 0, silt_bytes_find(body, dashes));
	if (!silt_armor_read(body, false, verdict->room, &armor) ||
	    !digest_pem(label, armor.data, digest, &verdict->starved)) {
		return false;
	}
	memcpy(verdict->public_id, digest, SILT_PUBLIC_ID_SIZE);
	verdict->note = has_word(label, SILT_LITERAL("CERTIFICATE")) ? "certificate" : "public key";
	return true;
}

/* What stands behind "ssh-ed25519 " in authorized_keys, known_hosts and id_ed25519.pub. */
bool silt_validate_public_ssh(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	uint8_t digest[32];
	struct silt_bytes blob = {.ptr = verdict->room};
	struct silt_public_key key = {0};
	bool done = silt_base64_decode(secret, verdict->room, &blob.len) && silt_public_of_ssh(blob, &key) &&
		    silt_public_spki_digest(&key, digest);
	verdict->starved = key.starved;
	if (!done) {
		return false;
	}
	memcpy(verdict->public_id, digest, SILT_PUBLIC_ID_SIZE);
	verdict->note = "public key";
	return true;
}
