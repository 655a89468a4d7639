/* SHA-256 by libcrypto's EVP, which uses the processor's SHA instructions. */
#include "stream/digest.h"

#include "base/ascii.h"
#include "base/encoding.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <stdlib.h>

enum { HEX_LEN = 64 };

static const char PREFIX[] = "sha256:";

enum { PREFIX_LEN = sizeof(PREFIX) - 1 };

const char *silt_digest_text(const struct silt_digest *digest, char text[static SILT_DIGEST_TEXT_SIZE])
{
	if (!digest->known) {
		text[0] = '\0';
		return text;
	}
	memcpy(text, PREFIX, PREFIX_LEN);
	silt_hex(silt_bytes(digest->sha256, sizeof(digest->sha256)), text + PREFIX_LEN);
	return text;
}

static bool has_upper(struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (silt_is_upper(text.ptr[i])) {
			return true;
		}
	}
	return false;
}

bool silt_digest_parse_hex(struct silt_bytes text, struct silt_digest *out)
{
	struct silt_digest digest = {.known = true};
	if (has_upper(text) || !silt_hex_decode(text, digest.sha256, sizeof(digest.sha256))) {
		return false;
	}
	*out = digest;
	return true;
}

bool silt_digest_parse(struct silt_bytes text, struct silt_digest *out)
{
	return silt_bytes_start_with(text, silt_bytes_text(PREFIX)) &&
	       silt_digest_parse_hex(silt_bytes_slice(text, PREFIX_LEN, SIZE_MAX), out);
}

bool silt_digest_equal(const struct silt_digest *a, const struct silt_digest *b)
{
	return a->known && b->known && memcmp(a->sha256, b->sha256, sizeof(a->sha256)) == 0;
}

struct silt_hasher {
	EVP_MD *algorithm; /* owns; fetched once, since fetching costs more than hashing a small blob */
	EVP_MD_CTX *state; /* owns */
	bool sound;        /* no call failed */
};

/*
 * libcrypto has one answer to "no such sum" and to "no memory"; its list of errors knows more. What could not even be
 * listed was for want of memory.
 */
static enum silt_status refuse(const char *name, struct silt_error *err)
{
	unsigned long code = ERR_get_error();
	bool memory = code == 0;
	for (; code != 0; code = ERR_get_error()) {
		memory = memory || ERR_GET_REASON(code) == ERR_R_MALLOC_FAILURE;
	}
	return memory ? silt_fail_memory(err) : silt_fail(err, SILT_ERR_INTERNAL, "libcrypto offers no %s", name);
}

/* Both are NULL if it fails. */
static enum silt_status fetch(const char *name, EVP_MD **algorithm, EVP_MD_CTX **state, struct silt_error *err)
{
	ERR_clear_error();
	EVP_MD *fetched = EVP_MD_fetch(NULL, name, NULL);
	if (!fetched) {
		return refuse(name, err);
	}
	EVP_MD_CTX *made = EVP_MD_CTX_new();
	if (!made) {
		EVP_MD_free(fetched);
		return silt_fail_memory(err);
	}
	*algorithm = fetched;
	*state = made;
	return SILT_OK;
}

/* What was fetched can be started, if there is memory. */
static enum silt_status start(EVP_MD *algorithm, EVP_MD_CTX *state, struct silt_error *err)
{
	return EVP_DigestInit_ex2(state, algorithm, NULL) == 1 ? SILT_OK : silt_fail_memory(err);
}

enum silt_status silt_hasher_new(struct silt_hasher **out, struct silt_error *err)
{
	struct silt_hasher *hasher = calloc(1, sizeof(*hasher));
	if (!hasher) {
		return silt_fail_memory(err);
	}
	enum silt_status status = fetch("SHA256", &hasher->algorithm, &hasher->state, err);
	if (status == SILT_OK) {
		status = start(hasher->algorithm, hasher->state, err);
	}
	if (status != SILT_OK) {
		silt_hasher_free(hasher);
		return status;
	}
	hasher->sound = true;
	*out = hasher;
	return SILT_OK;
}

void silt_hasher_free(struct silt_hasher *hasher)
{
	if (hasher) {
		EVP_MD_CTX_free(hasher->state);
		EVP_MD_free(hasher->algorithm);
		free(hasher);
	}
}

void silt_hasher_add(struct silt_hasher *hasher, struct silt_bytes bytes)
{
	hasher->sound = hasher->sound && EVP_DigestUpdate(hasher->state, bytes.ptr, bytes.len) == 1;
}

void silt_hasher_end(struct silt_hasher *hasher, struct silt_digest *out)
{
	struct silt_digest digest = {.known = false};
	unsigned len = 0;
	digest.known = hasher->sound && EVP_DigestFinal_ex(hasher->state, digest.sha256, &len) == 1 &&
		       len == sizeof(digest.sha256);
	hasher->sound = false;
	*out = digest;
}

void silt_hasher_see(void *hasher, struct silt_bytes block)
{
	silt_hasher_add(hasher, block);
}

/* ---- Sums of others -------------------------------------------------------------------------------------------------- */

static const struct {
	const char *name; /* as libcrypto knows it */
	size_t size;
} sums[SILT_SUM_KINDS] = {
	[SILT_SUM_MD5] = {"MD5", 16},
	[SILT_SUM_SHA1] = {"SHA1", 20},
	[SILT_SUM_SHA256] = {"SHA256", 32},
};

struct silt_summer {
	EVP_MD *algorithm; /* owns */
	EVP_MD_CTX *state; /* owns */
	const char *name;
	size_t size;
};

size_t silt_sum_size(enum silt_sum_kind kind)
{
	return sums[kind].size;
}

enum silt_status silt_summer_new(enum silt_sum_kind kind, struct silt_summer **out, struct silt_error *err)
{
	struct silt_summer *summer = calloc(1, sizeof(*summer));
	if (!summer) {
		return silt_fail_memory(err);
	}
	summer->name = sums[kind].name;
	summer->size = sums[kind].size;
	enum silt_status status = fetch(summer->name, &summer->algorithm, &summer->state, err);
	if (status != SILT_OK) {
		silt_summer_free(summer);
		return status;
	}
	*out = summer;
	return SILT_OK;
}

void silt_summer_free(struct silt_summer *summer)
{
	if (summer) {
		EVP_MD_CTX_free(summer->state);
		EVP_MD_free(summer->algorithm);
		free(summer);
	}
}

enum silt_status silt_sum(struct silt_summer *summer, const struct silt_bytes *parts, size_t count, uint8_t *out,
			  struct silt_error *err)
{
	unsigned len = 0;
	bool sound = true;
	enum silt_status status = start(summer->algorithm, summer->state, err);
	if (status != SILT_OK) {
		return status;
	}
	for (size_t i = 0; i < count && sound; i++) {
		sound = EVP_DigestUpdate(summer->state, parts[i].ptr, parts[i].len) == 1;
	}
	uint8_t sum[EVP_MAX_MD_SIZE];
	if (!sound || EVP_DigestFinal_ex(summer->state, sum, &len) != 1 || len != summer->size) {
		return silt_fail(err, SILT_ERR_INTERNAL, "libcrypto failed at a %s", summer->name);
	}
	memcpy(out, sum, summer->size);
	return SILT_OK;
}
