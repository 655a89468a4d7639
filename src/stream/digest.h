/*
 * SHA-256 of what streams by, by libcrypto (the only user of it).
 */
#ifndef SILT_STREAM_DIGEST_H
#define SILT_STREAM_DIGEST_H

#include "base/attributes.h"
#include "base/bytes.h"
#include "base/error.h"

/* A SHA-256 value. `known` false: never computed, or the stream was not read to its end. */
struct silt_digest {
	uint8_t sha256[32];
	bool known;
};

/* "sha256:" and 64 hex digits and a NUL. */
#define SILT_DIGEST_TEXT_SIZE 72

/* Writes the digest as text; "" if it is not known. Returns `text`. */
const char *silt_digest_text(const struct silt_digest *digest, char text[static SILT_DIGEST_TEXT_SIZE]);

/*
 * Parses "sha256:<64 lower-case hex>" exactly (OCI image-spec descriptor.md). False for anything else: other
 * algorithms, upper case, path tricks such as "sha256:../../x".
 */
bool silt_digest_parse(struct silt_bytes text, struct silt_digest *out);

/* As above for 64 bare hex digits, as docker names its files. */
bool silt_digest_parse_hex(struct silt_bytes text, struct silt_digest *out);

/* True if both are known and equal. */
bool silt_digest_equal(const struct silt_digest *a, const struct silt_digest *b);

struct silt_hasher;

enum silt_status silt_hasher_new(struct silt_hasher **out, struct silt_error *err);
void silt_hasher_free(struct silt_hasher *hasher);

/* Starts over. Must be called before the first add. */
void silt_hasher_start(struct silt_hasher *hasher);
void silt_hasher_add(struct silt_hasher *hasher, struct silt_bytes bytes);
/* The digest of all bytes since the start. */
void silt_hasher_end(struct silt_hasher *hasher, struct silt_digest *out);

/* A hasher as the `see` of a tap: ctx is a struct silt_hasher. */
void silt_hasher_see(void *hasher, struct silt_bytes block);

#endif
