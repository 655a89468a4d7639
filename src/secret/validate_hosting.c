/*
 * Tokens of source hosting, builds and package registries that can be proven without asking anybody.
 *
 *   Atlassian, Bitbucket   ATATT3xFfGF0 BODY = CHECK:8      CHECK = CRC-32 in hex of all before it, the '=' included
 *                          ATCTT3xFfGN0 BODY = CHECK:8      the same
 *                          ATBB BODY:24 CHECK:8             the same, it is said: proves, and does not refute
 *   Bitbucket Data Center  BBDC- BASE64:44                  decodes to ID ':' and 20 or more random bytes
 *   Vercel                 vcp_ BODY:50 CHECK:6             CHECK = base62(CRC-32(BODY)), zeros in front
 *   PyPI                   pypi- BASE64URL                  decodes to a macaroon: 02 01 LENGTH HOST ...
 *   JFrog                  BASE64:64                        decodes to "reftkn:01:" EXPIRY:10 ":" SECRET
 *   Fly.io                 fm2_ BASE64                      decodes to a macaroon in msgpack: 94 93 c4 10 UUID ...
 *   Jenkins                {BASE64}                         decodes to 01, two lengths, an IV and ciphertext
 */
#include "secret/validate.h"

#include "base/ascii.h"
#include "base/encoding.h"
#include "stream/crc32.h"

#include <stdio.h>

enum {
	HEX_CHECK = 8,
	VERCEL_HEAD = 4,
	VERCEL_BODY = 50,
	/* Of Jenkins: 01, the length of the IV and of the data in four bytes each. */
	JENKINS_HEAD = 9,
	AES_BLOCK = 16,
};

static const char holds[] = "checksum holds";
static const char fails[] = "checksum does not hold: revoked, edited, redacted or made up";

static bool tell(struct silt_confirmation *verdict, bool proven)
{
	if (proven) {
		silt_verdict_proven(verdict, verdict->severity, holds);
	} else {
		silt_verdict_doubtful(verdict, fails);
	}
	return true;
}

/* Decodes all of `text` behind `head` bytes; the result is empty if it is not base64. */
static struct silt_bytes decode_behind(struct silt_bytes text, size_t head, uint8_t *room)
{
	struct silt_bytes plain = {.ptr = room};
	if (!silt_base64_decode(silt_bytes_slice(text, head, text.len), room, &plain.len)) {
		plain.len = 0;
	}
	return plain;
}

static bool is_number(struct silt_bytes text)
{
	return text.len > 0 && silt_all_digits(text);
}

/* ---- Atlassian --------------------------------------------------------------------------------------------------- */

bool silt_validate_atlassian(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	if (secret.len < HEX_CHECK) {
		return false;
	}
	size_t body = secret.len - HEX_CHECK;
	char check[HEX_CHECK + 1];
	snprintf(check, sizeof(check), "%08X", (unsigned)silt_crc32(silt_bytes_slice(secret, 0, body)));
	struct silt_bytes found = silt_bytes_slice(secret, body, HEX_CHECK);
	bool proven = silt_bytes_equal_nocase(found, silt_bytes(check, HEX_CHECK));
	return !proven && silt_bytes_start_with(secret, SILT_LITERAL("ATBB")) ? true : tell(verdict, proven);
}

/*
 * Of Bitbucket, Jira and Confluence where people run them themselves. Jira's tokens have no prefix: what does not decode
 * is no match.
 */
bool silt_validate_atlassian_server(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes prefix = SILT_LITERAL("BBDC-");
	bool marked = silt_bytes_start_with(secret, prefix);
	struct silt_bytes plain = decode_behind(secret, marked ? prefix.len : 0, verdict->room);
	size_t colon = silt_bytes_find_byte(plain, ':');
	bool proven = colon != SIZE_MAX && is_number(silt_bytes_slice(plain, 0, colon)) && plain.len - colon > 16;
	if (proven) {
		silt_verdict_proven(verdict, verdict->severity, "decodes to a token's id and its secret");
	}
	return proven || marked;
}

/* ---- Checksums --------------------------------------------------------------------------------------------------- */

bool silt_validate_vercel(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes body = silt_bytes_slice(secret, VERCEL_HEAD, VERCEL_BODY);
	struct silt_bytes check = silt_bytes_slice(secret, VERCEL_HEAD + VERCEL_BODY, secret.len);
	return tell(verdict, check.len > 0 && silt_number_is(silt_crc32(body), silt_digits_base62, check));
}

/* ---- Macaroons --------------------------------------------------------------------------------------------------- */

static bool is_host(struct silt_bytes name)
{
	for (size_t i = 0; i < name.len; i++) {
		uint8_t c = name.ptr[i];
		if (!(silt_is_lower(c) || silt_is_digit(c) || c == '.' || c == '-')) {
			return false;
		}
	}
	return name.len > 0;
}

/*
 * libmacaroons version 2, as much as every token of PyPI has in common:
 *
 *   0        02, the version
 *   1        01, a location follows
 *   2        its length, 1 byte
 *   3        the location: a host name
 *   3+len    02, an identifier follows ...
 */
bool silt_validate_pypi(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes plain = decode_behind(secret, SILT_LITERAL("pypi-").len, verdict->room);
	bool located = plain.len > 3 && plain.ptr[0] == 2 && plain.ptr[1] == 1 && plain.len - 3 > plain.ptr[2];
	struct silt_bytes host = located ? silt_bytes_slice(plain, 3, plain.ptr[2]) : (struct silt_bytes){0};
	if (!is_host(host) || plain.ptr[3 + host.len] != 2) {
		silt_verdict_doubtful(verdict, "does not decode to a token: edited, redacted or made up");
		return true;
	}
	snprintf(verdict->facts, SILT_FACTS_SIZE, "for %.*s", (int)host.len, (const char *)host.ptr);
	silt_verdict_proven(verdict, verdict->severity, "decodes to a macaroon");
	return true;
}

/* msgpack: an array of four, its first an array of three, its first 16 bytes that name the key. */
bool silt_validate_fly(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	static const uint8_t head[] = {0x94, 0x93, 0xc4, 0x10};
	size_t underscore = silt_bytes_find_byte(secret, '_');
	if (underscore == SIZE_MAX || silt_bytes_start_with(secret, SILT_LITERAL("fo1_"))) {
		return true;
	}
	struct silt_bytes plain = decode_behind(secret, underscore + 1, verdict->room);
	if (silt_bytes_start_with(plain, silt_bytes(head, sizeof(head)))) {
		silt_verdict_proven(verdict, verdict->severity, "decodes to a macaroon");
	}
	return true;
}

/* ---- JFrog ------------------------------------------------------------------------------------------------------- */

/* An expiry of zero is none. */
bool silt_validate_jfrog_reference(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes rest = decode_behind(secret, 0, verdict->room);
	struct silt_bytes kind;
	struct silt_bytes version;
	struct silt_bytes expiry;
	uint64_t seconds;
	if (!silt_bytes_cut(&rest, ':', &kind) || !silt_bytes_equal(kind, SILT_LITERAL("reftkn")) ||
	    !silt_bytes_cut(&rest, ':', &version) || !is_number(version) || !silt_bytes_cut(&rest, ':', &expiry) ||
	    silt_decimal(expiry, 12, &seconds) != expiry.len || expiry.len == 0 || rest.len < 8) {
		silt_verdict_doubtful(verdict, "does not decode to a reference token: edited, redacted or made up");
		return true;
	}
	verdict->expires = (int64_t)seconds;
	silt_verdict_proven(verdict, verdict->severity, "decodes to a reference token");
	return true;
}

/* ---- Jenkins ----------------------------------------------------------------------------------------------------- */

/*
 *   0   01, the version
 *   1   length of the IV, 4 bytes, big-endian: 16
 *   5   length of the ciphertext, 4 bytes: whole blocks of AES
 *   9   the IV, then the ciphertext
 */
static bool is_jenkins_payload(struct silt_bytes plain)
{
	if (plain.len < JENKINS_HEAD || plain.ptr[0] != 1) {
		return false;
	}
	uint64_t iv = silt_u32be(plain.ptr + 1);
	uint64_t data = silt_u32be(plain.ptr + 5);
	return iv == AES_BLOCK && data > 0 && data % AES_BLOCK == 0 && plain.len - JENKINS_HEAD == iv + data;
}

bool silt_validate_jenkins_secret(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	if (secret.len < 2) {
		return false;
	}
	struct silt_bytes inside = silt_bytes_slice(secret, 1, secret.len - 2);
	if (!is_jenkins_payload(decode_behind(inside, 0, verdict->room))) {
		return false;
	}
	silt_verdict_proven(verdict, verdict->severity, "encrypted with secrets/master.key of its Jenkins");
	return true;
}
