/*
 * Secrets that everybody has: keys printed in the source of a program, for its self-tests or as examples.
 *
 * They are known by their value id, never by the path they are found at: any other key at the same place is a secret,
 * and the same key at any other place is not. What such a key is used for is judged elsewhere: as a host key or an
 * authorised key it is a vulnerability, because everybody can use it.
 */
#ifndef SILT_SECRET_KNOWN_VALUES_H
#define SILT_SECRET_KNOWN_VALUES_H

#include "secret/scanner.h"

/* What is known about the value, as a static text for a note: "publicly known: ..."; NULL for any other value. */
const char *silt_known_value(const uint8_t id[static SILT_VALUE_ID_SIZE]);

/*
 * The same for a key pair, known by the SHA-256 of its SubjectPublicKeyInfo, whatever encoding it is in: known_keys.c.
 * The public half alone proves nothing: see silt_public_belongs.
 */
const char *silt_known_key(const uint8_t spki[static 32]);

#endif
