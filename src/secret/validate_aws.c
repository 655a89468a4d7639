/*
 * Amazon Web Services.
 *
 *   key id     AKIA BASE32:16    80 bits: 1, ACCOUNT:40, then what only Amazon knows. Keys from before March 2019 have
 *                                another layout and cannot be taken apart: their fifth character is I or J.
 *   Bedrock    ABSK BASE64       decodes to "BedrockAPIKey-" NAME "-at-" ACCOUNT ":" SECRET
 *              bedrock-api-key-  BASE64, decodes to a signed URL of bedrock.amazonaws.com
 */
#include "secret/validate.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "base/date.h"
#include "base/encoding.h"

#include <inttypes.h>
#include <stdio.h>

enum {
	ID_HEAD = 4,
	/* Base32 characters that hold the top bit and the 40 bits of the account, and the bits behind these. */
	ACCOUNT_CHARACTERS = 9,
	ACCOUNT_SPARE = 9 * 5 - 41,
	TOP_BIT = 9 * 5 - 1,
};

static const char documentation[] = "a documentation example";

/* ---- Key ids ----------------------------------------------------------------------------------------------------- */

/* Account numbers have twelve digits. */
static bool account_of(struct silt_bytes id, uint64_t *account)
{
	struct silt_bytes code = silt_bytes_slice(id, ID_HEAD, ACCOUNT_CHARACTERS);
	uint64_t bits = 0;
	for (size_t i = 0; i < code.len; i++) {
		uint8_t c = code.ptr[i];
		if (!(silt_is_upper(c) || (c >= '2' && c <= '7'))) {
			return false;
		}
		bits = bits << 5 | (uint64_t)(c >= 'A' ? c - 'A' : c - '2' + 26);
	}
	*account = bits >> ACCOUNT_SPARE & 0xffffffffffU;
	return code.len == ACCOUNT_CHARACTERS && bits >> TOP_BIT == 1 && *account <= 999999999999U;
}

bool silt_validate_aws_id(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	if (silt_bytes_end_with(secret, SILT_LITERAL("EXAMPLE"))) {
		silt_verdict_harmless(verdict, documentation);
		return true;
	}
	uint64_t account;
	if (account_of(secret, &account)) {
		snprintf(verdict->facts, SILT_FACTS_SIZE, "account %012" PRIu64, account);
	}
	return true;
}

/* ---- Secrets ----------------------------------------------------------------------------------------------------- */

/*
 * True if `text` has at least four bits of collision entropy a character: log2(n^2 / sum of count^2) >= 4. Shannon's
 * entropy is never less. Of forty random base64 characters about one in 300 000 strings fails.
 */
static bool is_random(struct silt_bytes text)
{
	size_t counts[256] = {0};
	size_t squares = 0;
	for (size_t i = 0; i < text.len; i++) {
		squares += 2 * counts[text.ptr[i]] + 1; /* (c+1)^2 - c^2 */
		counts[text.ptr[i]]++;
	}
	return squares * 16 <= text.len * text.len;
}

/* Forty characters may be a SHA-1 in hex, or words: those are not secret keys. */
bool silt_validate_aws_secret(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	if (silt_bytes_find(secret, SILT_LITERAL("EXAMPLE")) != SIZE_MAX) {
		silt_verdict_harmless(verdict, documentation);
		return true;
	}
	return !silt_all_hex(secret) && is_random(secret);
}

/* How session tokens begin: base64 of "..er/aws", "..origin_ec". */
bool silt_validate_aws_session(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	static const char *const heads[] = {"FwoGZXIvYXdz", "FQoGZXIvYXdz", "FQoDYXdz", "AQoDYXdz", "IQoJb3JpZ2lu"};
	for (size_t i = 0; i < SILT_COUNT(heads); i++) {
		if (silt_bytes_start_with(secret, silt_bytes_text(heads[i]))) {
			return true;
		}
	}
	if (!is_random(silt_bytes_slice(secret, 0, 100))) {
		return false;
	}
	silt_verdict_doubtful(verdict, "named a session token, but does not begin like one");
	return true;
}

/* ---- Bedrock ----------------------------------------------------------------------------------------------------- */

/* The value of a parameter of an URL's query, up to the next one. */
static struct silt_bytes parameter(struct silt_bytes url, struct silt_bytes name)
{
	size_t at = silt_bytes_find(url, name);
	struct silt_bytes value = {0};
	if (at != SIZE_MAX) {
		struct silt_bytes rest = silt_bytes_slice(url, at + name.len, url.len);
		silt_bytes_cut(&rest, '&', &value);
	}
	return value;
}

/* A lifetime in seconds; Amazon allows a week. */
static int64_t lifetime(struct silt_bytes text)
{
	uint64_t seconds;
	silt_decimal(text, 6, &seconds);
	return (int64_t)seconds;
}

/* When a URL that Amazon's version 4 signature covers stops to work; `*expires` stays if it does not say. */
static void read_expiry(struct silt_bytes url, int64_t *expires)
{
	int64_t signed_at;
	int64_t seconds = lifetime(parameter(url, SILT_LITERAL("X-Amz-Expires=")));
	if (seconds > 0 && silt_date_read(parameter(url, SILT_LITERAL("X-Amz-Date=")), &signed_at)) {
		*expires = signed_at + seconds;
	}
}

static struct silt_bytes decode_from(struct silt_bytes secret, size_t start, uint8_t *room)
{
	struct silt_bytes plain = silt_base64_decoded(silt_bytes_slice(secret, start, secret.len), room);
	return silt_is_text(plain) ? plain : silt_bytes(room, 0);
}

/* "BedrockAPIKey-abcd-at-123456789012:..." is good until somebody deletes it, a signed URL for twelve hours at most. */
bool silt_validate_aws_bedrock(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	bool lasting = silt_bytes_start_with(secret, SILT_LITERAL("ABSK"));
	size_t start = lasting ? 4 : SILT_LITERAL("bedrock-api-key-").len;
	struct silt_bytes plain = decode_from(secret, start, verdict->room);
	struct silt_bytes head = lasting ? SILT_LITERAL("BedrockAPIKey-") : SILT_LITERAL("bedrock.amazonaws.com");
	if (!silt_bytes_start_with(plain, head)) {
		silt_verdict_doubtful(verdict, "does not decode to a Bedrock key: cut short, edited or made up");
		return true;
	}
	read_expiry(plain, &verdict->expires);
	silt_verdict_proven(verdict, verdict->severity, "decodes to a Bedrock key");
	return true;
}

/* The query of a presigned URL, from its signature on or around it. */
bool silt_validate_aws_presigned(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	(void)secret;
	read_expiry(verdict->window, &verdict->expires);
	return silt_bytes_find(verdict->window, SILT_LITERAL("X-Amz-Credential=")) != SIZE_MAX;
}
