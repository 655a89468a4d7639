/*
 * SHA-256 of what streams by, and the sums that package managers and git use, by libcrypto (the only user of it).
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

void silt_hasher_add(struct silt_hasher *hasher, struct silt_bytes bytes);
/* The digest of all bytes that were added. Once: a second time it is not known. */
void silt_hasher_end(struct silt_hasher *hasher, struct silt_digest *out);

/*
 * Sums by which others name content: dpkg by MD5, apk and git by SHA-1, rpm and Python by SHA-256. Whoever can make
 * collisions can make two contents of one MD5 or SHA-1; what follows from that is for the user of a sum to say.
 */
enum silt_sum_kind { SILT_SUM_MD5, SILT_SUM_SHA1, SILT_SUM_SHA256, SILT_SUM_KINDS };

/* Bytes of the longest sum. */
#define SILT_SUM_MAX 32

/* 16, 20, 32. */
size_t silt_sum_size(enum silt_sum_kind kind);

struct silt_summer;

/* SILT_ERR_INTERNAL if libcrypto does not offer it, which may be its configuration (FIPS knows no MD5). */
enum silt_status silt_summer_new(enum silt_sum_kind kind, struct silt_summer **out, struct silt_error *err);
void silt_summer_free(struct silt_summer *summer);

/* The sum of the parts, one behind the other. `out` has silt_sum_size bytes. */
enum silt_status silt_sum(struct silt_summer *summer, const struct silt_bytes *parts, size_t count, uint8_t *out,
			  struct silt_error *err) SILT_MUST_USE;

/* A hasher as the `see` of a tap: ctx is a struct silt_hasher. */
void silt_hasher_see(void *hasher, struct silt_bytes block);

#endif
