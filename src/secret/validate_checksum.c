/*
 * Tokens that carry a checksum of themselves.
 *
 *   GitHub classic, npm    ghp_ BODY:30 CHECK:6                     CHECK = base62(CRC-32(BODY)), zeros in front
 *   GitHub refresh         ghr_ BODY:70 CHECK:6                     the same
 *   GitHub fine-grained    github_pat_ ID:22 _ BODY:43 CHECK:8 TAIL:8
 *                                                CHECK = base32(SHA-256("github_pat_" ID "_" BODY)), 8 characters
 *   GitLab routable        glpat-BODY . VERSION:2 . LENGTH:2 CHECK:7
 *                                                CHECK = base36(CRC-32(all before it)), zeros in front
 */
#include "secret/validate.h"

#include "base/encoding.h"
#include "base/secure.h"
#include "stream/crc32.h"

enum {
	CHECK62 = 6,
	CHECK36 = 7,
	/* Of a fine-grained token. */
	SIGNED_LEN = 11 + 22 + 1 + 43,
	CHECK32 = 8,
};

/* "abc_", a body, and six digits of base62 over the body. */
static bool base62_holds(struct silt_bytes secret)
{
	size_t head = silt_bytes_find_byte(secret, '_') + 1;
	if (secret.len < head + CHECK62) {
		return false;
	}
	struct silt_bytes body = silt_bytes_slice(secret, head, secret.len - head - CHECK62);
	struct silt_bytes check = silt_bytes_slice(secret, secret.len - CHECK62, CHECK62);
	return silt_number_is(silt_crc32(body), silt_digits_base62, check);
}

bool silt_validate_github(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	return silt_verdict_checksum(verdict, SILT_SEVERITY_CRITICAL, base62_holds(secret));
}

/* Genuine ghs_ tokens were seen whose last characters are no such checksum: here it can prove, but not refute. */
bool silt_validate_github_server(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	bool proven = base62_holds(secret);
	bool user = silt_bytes_start_with(secret, SILT_LITERAL("ghu_"));
	return proven || user ? silt_verdict_checksum(verdict, SILT_SEVERITY_CRITICAL, proven) : true;
}

bool silt_validate_npm(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	return silt_verdict_checksum(verdict, SILT_SEVERITY_CRITICAL, base62_holds(secret));
}

/* The first eight characters of base32 (RFC 4648 section 6) of a digest: its first five bytes. */
static void base32_of(const uint8_t digest[static 5], char text[static CHECK32])
{
	uint64_t bits = 0;
	for (size_t i = 0; i < 5; i++) {
		bits = bits << 8 | digest[i];
	}
	for (size_t i = CHECK32; i > 0; i--) {
		text[i - 1] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[bits & 31];
		bits >>= 5;
	}
}

bool silt_validate_github_fine_grained(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	uint8_t digest[32];
	silt_sha256(silt_bytes_slice(secret, 0, SIGNED_LEN), digest);
	char check[CHECK32];
	base32_of(digest, check);
	struct silt_bytes found = silt_bytes_slice(secret, SIGNED_LEN, CHECK32);
	return silt_verdict_checksum(verdict, SILT_SEVERITY_CRITICAL,
				     silt_bytes_equal_nocase(found, silt_bytes(check, sizeof(check))));
}

/* Only the routable form, known by its dots, has a checksum. */
bool silt_validate_gitlab(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	if (silt_bytes_find_byte(secret, '.') == SIZE_MAX) {
		return true;
	}
	struct silt_bytes body = silt_bytes_slice(secret, 0, secret.len - CHECK36);
	struct silt_bytes check = silt_bytes_slice(secret, secret.len - CHECK36, CHECK36);
	return silt_verdict_checksum(verdict, SILT_SEVERITY_CRITICAL,
				     silt_number_is(silt_crc32(body), silt_digits_base36, check));
}
