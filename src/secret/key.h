/*
 * Private keys as bytes: which structures hold one, and whether a password locks it.
 */
#ifndef SILT_SECRET_KEY_H
#define SILT_SECRET_KEY_H

#include "base/bytes.h"
#include "secret/key_public.h"
#include "secret/rule.h"

/* Ordered from the least to the most useful to a thief. */
enum silt_key_state {
	SILT_KEY_BROKEN,    /* the structure does not hold */
	SILT_KEY_STUB,      /* the place of a key that is kept elsewhere (on a card) */
	SILT_KEY_ENCRYPTED, /* a key behind a password */
	SILT_KEY_PLAIN,     /* a key that anybody can use */
};

struct silt_key {
	enum silt_key_state state;
	const char *note; /* static text: how it is encrypted; NULL if there is nothing to say */
};

/*
 * All of these set `*out` to what is known of the public half, which borrows from the bytes: of a key behind a
 * password it may be nothing.
 */

/* DER of PKCS#1, SEC 1, OpenSSL's DSA, PKCS#8 and encrypted PKCS#8: the structure tells which. */
struct silt_key silt_key_of_der(struct silt_bytes der, struct silt_public_key *out);

/* What stands between the lines of an "OPENSSH PRIVATE KEY". */
struct silt_key silt_key_of_openssh(struct silt_bytes blob, struct silt_public_key *out);

/* What stands between the lines of an "SSH2 ENCRYPTED PRIVATE KEY" (ssh.com), which need not be encrypted. */
struct silt_key silt_key_of_ssh2(struct silt_bytes blob, struct silt_public_key *out);

/* Keys of single programs between PEM lines: "ENCRYPTED COSIGN", "ENCRYPTED SIGSTORE", "TENDERMINT", "NEBULA ..". */
struct silt_key silt_key_of_cosign(struct silt_bytes blob, struct silt_public_key *out);
struct silt_key silt_key_of_tendermint(struct silt_bytes blob, struct silt_public_key *out);
struct silt_key silt_key_of_nebula(struct silt_bytes blob, struct silt_public_key *out);

/* What a primary key of OpenPGP tells about itself. */
struct silt_pgp_facts {
	const char *algorithm; /* static text; NULL: not known */
	size_t bits;           /* 0: not known */
	uint8_t fingerprint[32];
	size_t fingerprint_len; /* 20 (version 4), 32 (5 and 6) or 0 */
	bool starved;           /* memory ran out: the fingerprint is not known */
};

/* A sequence of OpenPGP packets that starts with a secret key. May be cut short behind the first packet. */
struct silt_key silt_key_of_pgp(struct silt_bytes packets, struct silt_pgp_facts *facts);

/*
 * Writes what is known of a key into the verdict: state and note, and of its public half (may be NULL) kind, bits and
 * fingerprints. `broken` says what is wrong with a key that is. A key pair that everybody has is information only,
 * unless it is the host key of an SSH server: then it is what it always was, and everybody can use it.
 */
void silt_verdict_key(struct silt_confirmation *verdict, struct silt_key key, struct silt_public_key *out,
		      const char *broken);

/* Cuts an SSH string (32-bit big-endian length, bytes; RFC 4251 section 5) off `*rest`. */
bool silt_ssh_string(struct silt_bytes *rest, struct silt_bytes *string);

#endif
