/*
 * What libcrypto does for keys: the public halves of private numbers. It never parses: what it is given are bare numbers,
 * which our own parser cut out.
 */
#include "secret/key_public.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>

enum { RAW_LEN = 32, P256_LEN = 32 };

/* A length that no public half has. On numbers of the right length libcrypto fails for one reason only. */
#define STARVED SIZE_MAX

static size_t derive_raw(int type, struct silt_bytes secret, uint8_t *out)
{
	size_t length = SILT_KEY_DERIVED_MAX;
	EVP_PKEY *key = EVP_PKEY_new_raw_private_key(type, NULL, secret.ptr, secret.len);
	bool done = key && EVP_PKEY_get_raw_public_key(key, out, &length) == 1;
	EVP_PKEY_free(key);
	return done ? length : STARVED;
}

static size_t multiply(const EC_GROUP *group, const BIGNUM *number, uint8_t *out)
{
	size_t length = STARVED;
	EC_POINT *point = EC_POINT_new(group);
	if (point && EC_POINT_mul(group, point, number, NULL, NULL, NULL) == 1) {
		length = EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, out, SILT_KEY_DERIVED_MAX,
					    NULL);
		length = length > 0 ? length : STARVED;
	}
	EC_POINT_free(point);
	return length;
}

static size_t derive_p256(struct silt_bytes secret, uint8_t *out)
{
	EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	BIGNUM *number = BN_bin2bn(secret.ptr, (int)secret.len, NULL);
	size_t length = group && number ? multiply(group, number, out) : STARVED;
	BN_clear_free(number);
	EC_GROUP_free(group);
	return length;
}

/* The bytes of the public half; 0: not computed here, or memory ran out. */
static size_t derive(struct silt_public_key *key, struct silt_bytes secret, uint8_t *out)
{
	struct silt_bytes name = silt_bytes_text(key->algorithm ? key->algorithm->name : NULL);
	size_t length = 0;
	if (silt_bytes_equal(name, SILT_LITERAL("Ed25519")) && secret.len == RAW_LEN) {
		length = derive_raw(EVP_PKEY_ED25519, secret, out);
	} else if (silt_bytes_equal(name, SILT_LITERAL("X25519")) && secret.len == RAW_LEN) {
		length = derive_raw(EVP_PKEY_X25519, secret, out);
	} else if (silt_bytes_equal(name, SILT_LITERAL("EC P-256")) && secret.len == P256_LEN) {
		length = derive_p256(secret, out);
	}
	ERR_clear_error();
	key->starved = key->starved || length == STARVED;
	return length == STARVED ? 0 : length;
}

void silt_public_derive(struct silt_public_key *key, struct silt_bytes secret)
{
	size_t length = derive(key, secret, key->derived);
	key->numbers[0] = silt_bytes(key->derived, length);
}

/* True if n = p * q. */
static bool is_product(struct silt_bytes n, struct silt_bytes p, struct silt_bytes q, bool *starved)
{
	if (p.len == 0 || q.len == 0 || p.len >= n.len || q.len > n.len - p.len + 1) {
		return false;
	}
	BN_CTX *room = BN_CTX_new();
	BIGNUM *product = BN_bin2bn(p.ptr, (int)p.len, NULL);
	BIGNUM *factor = BN_bin2bn(q.ptr, (int)q.len, NULL);
	BIGNUM *whole = BN_bin2bn(n.ptr, (int)n.len, NULL);
	bool done = room && product && factor && whole && BN_mul(product, product, factor, room) == 1;
	bool equal = done && BN_cmp(product, whole) == 0;
	*starved = *starved || !done;
	BN_clear_free(whole);
	BN_clear_free(factor);
	BN_clear_free(product);
	BN_CTX_free(room);
	ERR_clear_error();
	return equal;
}

bool silt_public_belongs(struct silt_public_key *key)
{
	if (key->algorithm && key->algorithm->form == SILT_FORM_RSA) {
		return is_product(key->numbers[0], key->proof[0], key->proof[1], &key->starved);
	}
	uint8_t computed[SILT_KEY_DERIVED_MAX];
	size_t length = derive(key, key->proof[0], computed);
	return length > 0 && silt_bytes_equal(key->numbers[0], silt_bytes(computed, length));
}
