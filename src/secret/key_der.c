/*
 * Private keys in DER: a walk over tags and lengths, and no look at the private numbers.
 *
 *   PKCS#1  (RFC 8017 A.1.2)   SEQUENCE { INTEGER 0, INTEGER n, e, d, p, q, dp, dq, qinv }
 *   DSA     (OpenSSL)          SEQUENCE { INTEGER 0, INTEGER p, q, g, y, x }
 *   SEC 1   (RFC 5915)         SEQUENCE { INTEGER 1, OCTET STRING d, [0] curve, [1] public key }
 *   PKCS#8  (RFC 5958)         SEQUENCE { INTEGER 0 or 1, SEQUENCE { OID ... }, OCTET STRING key, [0], [1] }
 *   encrypted PKCS#8           SEQUENCE { SEQUENCE { OID scheme, parameters }, OCTET STRING }
 */
#include "secret/der.h"
#include "secret/key.h"

#include "base/attributes.h"

/* Members of a key's outermost SEQUENCE that are looked at: PKCS#1 with more primes has 10. */
enum { MEMBERS_MAX = 10 };

/* The ciphers that PKCS#8 files name, by the bytes of their object identifiers. */
static const struct {
	struct silt_bytes oid;
	const char *note;
} ciphers[] = {
	{{(const uint8_t *)"\x60\x86\x48\x01\x65\x03\x04\x01\x2a", 9}, "encrypted (aes-256-cbc)"},
	{{(const uint8_t *)"\x60\x86\x48\x01\x65\x03\x04\x01\x16", 9}, "encrypted (aes-192-cbc)"},
	{{(const uint8_t *)"\x60\x86\x48\x01\x65\x03\x04\x01\x02", 9}, "encrypted (aes-128-cbc)"},
	{{(const uint8_t *)"\x2a\x86\x48\x86\xf7\x0d\x03\x07", 8}, "encrypted (des-ede3-cbc)"},
	{{(const uint8_t *)"\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x03", 10}, "encrypted (des-ede3-cbc, PKCS#12)"},
	{{(const uint8_t *)"\x2a\x86\x48\x86\xf7\x0d\x01\x05\x03", 9}, "encrypted (des-cbc, md5)"},
};

static const char *note_of_scheme(struct silt_bytes scheme)
{
	for (size_t i = 0; i < SILT_COUNT(ciphers); i++) {
		if (silt_bytes_find(scheme, ciphers[i].oid) != SIZE_MAX) {
			return ciphers[i].note;
		}
	}
	return "encrypted (PKCS#8)";
}

static bool is_encrypted(const struct silt_der *members, size_t count)
{
	struct silt_bytes scheme = members[0].value;
	struct silt_bytes oid;
	return count == 2 && members[0].tag == SILT_DER_SEQUENCE && silt_der_cut_tagged(&scheme, SILT_DER_OID, &oid) &&
	       members[1].tag == SILT_DER_OCTETS && members[1].value.len >= 8;
}

/* PKCS#1 and DSA: nothing but numbers, and as many as the kind has. */
static bool is_numbers(const struct silt_der *members, size_t count)
{
	bool known_count = count == 6 || count == 9;
	for (size_t i = 0; i < count; i++) {
		if (members[i].tag != SILT_DER_INTEGER || members[i].value.len == 0) {
			return false;
		}
	}
	return known_count && members[1].value.len >= 32; /* n or p: 256 bits at the very least */
}

static bool is_version(const struct silt_der *member, uint8_t low, uint8_t high)
{
	return member->tag == SILT_DER_INTEGER && member->value.len == 1 && member->value.ptr[0] >= low &&
	       member->value.ptr[0] <= high;
}

static bool are_extras(const struct silt_der *members, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint8_t tag = members[i].tag;
		if (tag != SILT_DER_CONTEXT_0 && tag != SILT_DER_CONTEXT_1 && tag != SILT_DER_CONTEXT_1_BITS) {
			return false;
		}
	}
	return true;
}

static bool is_sec1(const struct silt_der *members, size_t count)
{
	return count >= 2 && is_version(&members[0], 1, 1) && members[1].tag == SILT_DER_OCTETS &&
	       members[1].value.len >= 14 && members[1].value.len <= 72 && are_extras(members + 2, count - 2);
}

static bool is_pkcs8(const struct silt_der *members, size_t count)
{
	if (count < 3 || !is_version(&members[0], 0, 1) || members[1].tag != SILT_DER_SEQUENCE) {
		return false;
	}
	struct silt_bytes algorithm = members[1].value;
	struct silt_bytes oid;
	return silt_der_cut_tagged(&algorithm, SILT_DER_OID, &oid) && members[2].tag == SILT_DER_OCTETS &&
	       members[2].value.len >= 16 && are_extras(members + 3, count - 3);
}

/* PKCS#1 with more than two primes: nine numbers and a SEQUENCE of the others. */
static bool is_multi_prime(const struct silt_der *members, size_t count)
{
	return count == 10 && is_version(&members[0], 1, 1) && members[9].tag == SILT_DER_SEQUENCE &&
	       is_numbers(members, 9);
}

/* The members of the one SEQUENCE that `der` is; 0 if it is anything else, or more. */
static size_t open_sequence(struct silt_bytes der, struct silt_der members[static MEMBERS_MAX])
{
	struct silt_bytes body;
	size_t count;
	if (!silt_der_cut_tagged(&der, SILT_DER_SEQUENCE, &body) || der.len != 0 ||
	    !silt_der_members(body, members, MEMBERS_MAX, &count)) {
		return 0;
	}
	return count;
}

/* ---- The public half --------------------------------------------------------------------------------------------- */

static void read_numbers(const struct silt_der *members, size_t count, struct silt_public_key *out)
{
	for (size_t i = 0; i < count; i++) {
		out->numbers[i] = silt_der_unsigned(members[i].value);
	}
}

static void read_rsa(const struct silt_der *members, struct silt_public_key *out)
{
	out->algorithm = out->algorithm ? out->algorithm : silt_key_algorithm_rsa();
	read_numbers(members + 1, 2, out);
	out->proof[0] = silt_der_unsigned(members[4].value);
	out->proof[1] = silt_der_unsigned(members[5].value);
}

static void read_dsa(const struct silt_der *members, struct silt_public_key *out)
{
	out->algorithm = silt_key_algorithm_dsa();
	read_numbers(members + 1, SILT_KEY_NUMBERS_MAX, out);
}

/* The curve is named in [0], or was in the PKCS#8 around this; the point is in [1], or must be computed. */
static void read_sec1(const struct silt_der *members, size_t count, struct silt_public_key *out)
{
	struct silt_bytes curve = {0}, bits = {0};
	for (size_t i = 2; i < count; i++) {
		struct silt_bytes inside = members[i].value;
		if (members[i].tag == SILT_DER_CONTEXT_0) {
			silt_der_cut_tagged(&inside, SILT_DER_OID, &curve);
		} else if (members[i].tag == SILT_DER_CONTEXT_1) {
			silt_der_cut_tagged(&inside, SILT_DER_BITS, &bits);
		}
	}
	if (!out->algorithm) {
		out->algorithm = silt_key_algorithm_curve(curve);
	}
	out->proof[0] = members[1].value;
	out->numbers[0] = silt_der_bit_bytes(bits);
	if (out->numbers[0].len == 0) {
		silt_public_derive(out, members[1].value);
	}
}

/* Ed25519 and its kin (RFC 8410): the octets of the key are octets in octets; [1] is the public half, if it is there. */
static void read_raw(const struct silt_der *members, size_t count, struct silt_public_key *out)
{
	struct silt_bytes octets = members[2].value;
	silt_der_cut_tagged(&octets, SILT_DER_OCTETS, &out->proof[0]);
	if (count > 3 && members[count - 1].tag == SILT_DER_CONTEXT_1_BITS) {
		out->numbers[0] = silt_der_bit_bytes(members[count - 1].value);
	} else {
		silt_public_derive(out, out->proof[0]);
	}
}

static void read_pkcs8(const struct silt_der *members, size_t count, struct silt_public_key *out)
{
	struct silt_bytes algorithm = members[1].value;
	struct silt_bytes oid = {0}, curve = {0};
	silt_der_cut_tagged(&algorithm, SILT_DER_OID, &oid);
	silt_der_cut_tagged(&algorithm, SILT_DER_OID, &curve);
	out->algorithm = silt_key_algorithm_find(oid, curve);
	struct silt_der inside[MEMBERS_MAX];
	size_t inside_count = open_sequence(members[2].value, inside);
	enum silt_key_form form = out->algorithm ? out->algorithm->form : SILT_FORM_NONE;
	if (form == SILT_FORM_RAW) {
		read_raw(members, count, out);
	} else if (form == SILT_FORM_EC && is_sec1(inside, inside_count)) {
		read_sec1(inside, inside_count, out);
	} else if (form == SILT_FORM_RSA && is_numbers(inside, inside_count)) {
		read_rsa(inside, out);
	}
}

/* False if these are the members of no private key. */
static bool read_plain(const struct silt_der *members, size_t count, struct silt_public_key *out)
{
	if (is_numbers(members, count) || is_multi_prime(members, count)) {
		if (count == 6) {
			read_dsa(members, out);
		} else {
			read_rsa(members, out);
		}
		return true;
	}
	if (is_sec1(members, count)) {
		read_sec1(members, count, out);
		return true;
	}
	if (is_pkcs8(members, count)) {
		read_pkcs8(members, count, out);
		return true;
	}
	return false;
}

struct silt_key silt_key_of_der(struct silt_bytes der, struct silt_public_key *out)
{
	*out = (struct silt_public_key){0};
	struct silt_der members[MEMBERS_MAX];
	size_t count = open_sequence(der, members);
	if (count < 2) {
		return (struct silt_key){SILT_KEY_BROKEN, NULL};
	}
	if (is_encrypted(members, count)) {
		return (struct silt_key){SILT_KEY_ENCRYPTED, note_of_scheme(members[0].value)};
	}
	bool plain = read_plain(members, count, out);
	return (struct silt_key){plain ? SILT_KEY_PLAIN : SILT_KEY_BROKEN, NULL};
}
