/*
 * Private keys as bytes: which structures hold one, and whether a password locks it.
 */
#ifndef SILT_SECRET_KEY_H
#define SILT_SECRET_KEY_H

#include "base/bytes.h"
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

/* DER of PKCS#1, SEC 1, OpenSSL's DSA, PKCS#8 and encrypted PKCS#8: the structure tells which. */
struct silt_key silt_key_of_der(struct silt_bytes der);

/* What stands between the lines of an "OPENSSH PRIVATE KEY". */
struct silt_key silt_key_of_openssh(struct silt_bytes blob);

/* What stands between the lines of an "SSH2 ENCRYPTED PRIVATE KEY" (ssh.com), which need not be encrypted. */
struct silt_key silt_key_of_ssh2(struct silt_bytes blob);

/* A sequence of OpenPGP packets that starts with a secret key. May be cut short behind the first packet. */
struct silt_key silt_key_of_pgp(struct silt_bytes packets);

/* Writes what is known of a key into the verdict. `broken` says what is wrong with one that is. */
void silt_verdict_key(struct silt_confirmation *verdict, struct silt_key key, const char *broken);

/* Cuts an SSH string (32-bit big-endian length, bytes; RFC 4251 section 5) off `*rest`. */
bool silt_ssh_string(struct silt_bytes *rest, struct silt_bytes *string);

#endif
