/*
 * Private keys in DER: a walk over tags and lengths, without a look at the numbers.
 *
 *   PKCS#1  (RFC 8017 A.1.2)   SEQUENCE { INTEGER 0, INTEGER n, e, d, p, q, dp, dq, qinv }
 *   DSA     (OpenSSL)          SEQUENCE { INTEGER 0, INTEGER p, q, g, y, x }
 *   SEC 1   (RFC 5915)         SEQUENCE { INTEGER 1, OCTET STRING d, [0] curve, [1] public key }
 *   PKCS#8  (RFC 5958)         SEQUENCE { INTEGER 0 or 1, SEQUENCE { OID ... }, OCTET STRING key, [0], [1] }
 *   encrypted PKCS#8           SEQUENCE { SEQUENCE { OID scheme, parameters }, OCTET STRING }
 */
#include "secret/key.h"

#include "base/attributes.h"

enum {
	TAG_INTEGER = 0x02,
	TAG_OCTETS = 0x04,
	TAG_OID = 0x06,
	TAG_SEQUENCE = 0x30,
	TAG_CONTEXT_0 = 0xa0,
	TAG_CONTEXT_1 = 0xa1,
	TAG_CONTEXT_1_OCTETS = 0x81, /* [1] IMPLICIT BIT STRING */
	/* Members of a key's outermost SEQUENCE that are looked at: PKCS#1 with more primes has 10. */
	MEMBERS_MAX = 10,
};

struct member {
	uint8_t tag;
	struct silt_bytes value;
};

/*
 * Cuts one value off `*rest`. Definite lengths of up to three bytes: a key of 16 MiB is none.
 *
 *   +-----+------------------------+-----------+
 *   | tag | length: 0..7f          | value ... |
 *   |     |   or 80+n, n bytes BE  |           |
 *   +-----+------------------------+-----------+
 */
static bool cut_member(struct silt_bytes *rest, struct member *member)
{
	if (rest->len < 2) {
		return false;
	}
	const uint8_t *p = rest->ptr;
	size_t head = 2;
	size_t length = p[1];
	if (p[1] >= 0x80) {
		size_t bytes = p[1] & 0x7f;
		if (bytes == 0 || bytes > 3 || bytes > rest->len - 2) {
			return false;
		}
		length = 0;
		for (size_t i = 0; i < bytes; i++) {
			length = length << 8 | p[2 + i];
		}
		head += bytes;
	}
	if (length > rest->len - head) {
		return false;
	}
	*member = (struct member){p[0], silt_bytes(p + head, length)};
	*rest = silt_bytes(p + head + length, rest->len - head - length);
	return true;
}

static bool cut_tagged(struct silt_bytes *rest, uint8_t tag, struct silt_bytes *value)
{
	struct member member;
	if (!cut_member(rest, &member) || member.tag != tag) {
		return false;
	}
	*value = member.value;
	return true;
}

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

static bool is_encrypted(const struct member *members, size_t count)
{
	struct silt_bytes scheme = members[0].value;
	struct silt_bytes oid;
	return count == 2 && members[0].tag == TAG_SEQUENCE && cut_tagged(&scheme, TAG_OID, &oid) &&
	       members[1].tag == TAG_OCTETS && members[1].value.len >= 8;
}

/* PKCS#1 and DSA: nothing but numbers, and as many as the kind has. */
static bool is_numbers(const struct member *members, size_t count)
{
	bool known_count = count == 6 || count == 9;
	for (size_t i = 0; i < count; i++) {
		if (members[i].tag != TAG_INTEGER || members[i].value.len == 0) {
			return false;
		}
	}
	return known_count && members[1].value.len >= 32; /* n or p: 256 bits at the very least */
}

static bool is_version(const struct member *member, uint8_t low, uint8_t high)
{
	return member->tag == TAG_INTEGER && member->value.len == 1 && member->value.ptr[0] >= low &&
	       member->value.ptr[0] <= high;
}

static bool are_extras(const struct member *members, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint8_t tag = members[i].tag;
		if (tag != TAG_CONTEXT_0 && tag != TAG_CONTEXT_1 && tag != TAG_CONTEXT_1_OCTETS) {
			return false;
		}
	}
	return true;
}

static bool is_sec1(const struct member *members, size_t count)
{
	return count >= 2 && is_version(&members[0], 1, 1) && members[1].tag == TAG_OCTETS &&
	       members[1].value.len >= 14 && members[1].value.len <= 72 && are_extras(members + 2, count - 2);
}

static bool is_pkcs8(const struct member *members, size_t count)
{
	if (count < 3 || !is_version(&members[0], 0, 1) || members[1].tag != TAG_SEQUENCE) {
		return false;
	}
	struct silt_bytes algorithm = members[1].value;
	struct silt_bytes oid;
	return cut_tagged(&algorithm, TAG_OID, &oid) && members[2].tag == TAG_OCTETS && members[2].value.len >= 16 &&
	       are_extras(members + 3, count - 3);
}

/* PKCS#1 with more than two primes: nine numbers and a SEQUENCE of the others. */
static bool is_multi_prime(const struct member *members, size_t count)
{
	return count == 10 && is_version(&members[0], 1, 1) && members[9].tag == TAG_SEQUENCE && is_numbers(members, 9);
}

/* The members of the one SEQUENCE that `der` is; 0 if it is anything else, or more. */
static size_t open_sequence(struct silt_bytes der, struct member members[static MEMBERS_MAX])
{
	struct silt_bytes body;
	if (!cut_tagged(&der, TAG_SEQUENCE, &body) || der.len != 0) {
		return 0;
	}
	size_t count = 0;
	while (body.len > 0) {
		if (count == MEMBERS_MAX || !cut_member(&body, &members[count])) {
			return 0;
		}
		count++;
	}
	return count;
}

struct silt_key silt_key_of_der(struct silt_bytes der)
{
	struct member members[MEMBERS_MAX];
	size_t count = open_sequence(der, members);
	if (count < 2) {
		return (struct silt_key){SILT_KEY_BROKEN, NULL};
	}
	if (is_encrypted(members, count)) {
		return (struct silt_key){SILT_KEY_ENCRYPTED, note_of_scheme(members[0].value)};
	}
	bool plain = is_numbers(members, count) || is_sec1(members, count) || is_pkcs8(members, count) ||
		     is_multi_prime(members, count);
	return (struct silt_key){plain ? SILT_KEY_PLAIN : SILT_KEY_BROKEN, NULL};
}
