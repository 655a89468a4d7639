/*
 * The public half of a private key: what kind it is, how long, and the two fingerprints by which people and
 * certificates know it. No part of it is secret.
 */
#ifndef SILT_SECRET_KEY_PUBLIC_H
#define SILT_SECRET_KEY_PUBLIC_H

#include "base/bytes.h"

/* How the public half is written down. */
enum silt_key_form {
	SILT_FORM_NONE, /* in no way that is known here */
	SILT_FORM_RSA,  /* numbers n, e */
	SILT_FORM_DSA,  /* numbers p, q, g, y */
	SILT_FORM_EC,   /* one point: 04 x y */
	SILT_FORM_RAW,  /* one string of bytes (RFC 8410) */
};

enum {
	SILT_KEY_NUMBERS_MAX = 4,
	/* Bytes of a public half that is computed from the private one: 04, x and y of 32 bytes. */
	SILT_KEY_DERIVED_MAX = 65,
};

/* A row of the table of algorithms. */
struct silt_key_algorithm {
	const char *name; /* "RSA", "EC P-256", "Ed25519" */
	enum silt_key_form form;
	struct silt_bytes oid;   /* the body of its object identifier */
	struct silt_bytes curve; /* the same of its curve; empty: none */
	const char *ssh;         /* "ssh-rsa"; NULL: OpenSSH has no such keys */
	const char *ssh_curve;   /* "nistp256" */
	uint32_t bits;           /* of every key; 0: as many as the first number has */
};

struct silt_public_key {
	const struct silt_key_algorithm *algorithm; /* NULL: not known */
	/* Unsigned, big-endian, without zeros in front; a point or raw bytes as they are. Empty: not known. */
	struct silt_bytes numbers[SILT_KEY_NUMBERS_MAX];
	uint8_t derived[SILT_KEY_DERIVED_MAX]; /* what was computed; silt_public_derived has put it in numbers[0] */
	/* What proves that the public half is the private one's: the two primes of RSA, the one number of others. */
	struct silt_bytes proof[2];
	bool starved; /* memory ran out in one of the functions below: what they left out, or denied, is not known */
};

/* The algorithm of an AlgorithmIdentifier; `curve` is the object identifier among its parameters, or empty. */
const struct silt_key_algorithm *silt_key_algorithm_find(struct silt_bytes oid, struct silt_bytes curve);

/* RSA and DSA keys of PKCS#1 and OpenSSL name no algorithm. */
const struct silt_key_algorithm *silt_key_algorithm_rsa(void);
const struct silt_key_algorithm *silt_key_algorithm_dsa(void);
/* EC keys of SEC 1 name a curve only. */
const struct silt_key_algorithm *silt_key_algorithm_curve(struct silt_bytes curve);

/* The algorithm of a public key that SSH calls so; NULL: not known. */
const struct silt_key_algorithm *silt_key_algorithm_ssh(struct silt_bytes name);

/* Reads a public key of SSH (RFC 4253 section 6.6, RFC 5656, RFC 8709). False if its algorithm is not known. */
bool silt_public_of_ssh(struct silt_bytes blob, struct silt_public_key *out);

/* Bits of the key; 0: not known. */
uint32_t silt_public_bits(const struct silt_public_key *key);

/*
 * SHA-256 of the key as SSH sends it, which is what `ssh-keygen -l` shows, and of its SubjectPublicKeyInfo, which is
 * what certificates hold. False if the public half is not known, has no such form, or memory ran out.
 */
bool silt_public_ssh_digest(struct silt_public_key *key, uint8_t out[static 32]);
bool silt_public_spki_digest(struct silt_public_key *key, uint8_t out[static 32]);

/* ---- By libcrypto: key_crypto.c ---------------------------------------------------------------------------------- */

/*
 * Computes the public half of a private number that stands alone: Ed25519 and X25519 (32 bytes) and P-256. Sets
 * key->numbers[0]. Other curves take longer than a file full of them may cost, and are left as they are.
 */
void silt_public_derive(struct silt_public_key *key, struct silt_bytes secret);

/*
 * True if the public half belongs to the private one, which silt_public_key.proof has: what calls itself a key that
 * everybody has could be another one in its clothes. False if it does not, if that would take too long to find out
 * (see above), and if memory ran out.
 */
bool silt_public_belongs(struct silt_public_key *key);

#endif
