/*
 * Tokens of services that can be proven without asking anybody.
 *
 *   Grafana         glsa_ BODY:32 _ CHECK:8           CHECK = CRC-32 of all before "_", in hex, its lowest byte first
 *   Zuplo           zpka_ BODY:32 _ CHECK:8           CHECK = CRC-32 of BODY, in hex
 *   Matrix          syt_ USER _ BODY:20 _ CHECK:6     CHECK = base62(CRC-32 of all before "_"), zeros in front
 *   Sentry          sntrys_ BASE64 _ BODY:43          decodes to JSON with "iat" and "org"
 *   Grafana Cloud   glc_ BASE64                       decodes to JSON with "o", "n" and "k"
 *   Grafana, old    BASE64                            decodes to JSON with "k", "n" and "id"
 *   Mapbox          sk. BASE64URL . SIGNATURE         decodes to JSON with "u", the account
 *   Discord         BASE64URL . TIME . SIGNATURE      decodes to the number of the bot
 *   Intercom        BASE64                            decodes to "tok:" ID ":1:0"
 *   Elasticsearch   BASE64                            decodes to ID:20 ":" KEY:22
 */
#include "secret/validate.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "base/encoding.h"
#include "stream/crc32.h"

#include <stdio.h>

enum {
	HEX_CHECK = 8,
	BASE62_CHECK = 6,
	/* A number that Discord gives out: milliseconds since 2015, shifted by 22 bits. */
	SNOWFLAKE_MIN = 17,
	SNOWFLAKE_MAX = 20,
	ELASTIC_ID = 20,
	ELASTIC_KEY = 22,
};

/* ---- Checksums --------------------------------------------------------------------------------------------------- */

/* "BODY_CHECK" in two. */
static bool cut_check(struct silt_bytes token, size_t digits, struct silt_bytes *body, struct silt_bytes *check)
{
	size_t underscore = silt_bytes_find_last_byte(token, '_');
	if (underscore == SIZE_MAX || token.len - underscore - 1 != digits) {
		return false;
	}
	*body = silt_bytes_slice(token, 0, underscore);
	*check = silt_bytes_slice(token, underscore + 1, digits);
	return true;
}

static bool hex_is(uint32_t number, struct silt_bytes digits)
{
	char text[HEX_CHECK + 1];
	snprintf(text, sizeof(text), "%08x", (unsigned)number);
	return silt_bytes_equal_nocase(digits, silt_bytes(text, HEX_CHECK));
}

static uint32_t swap(uint32_t number)
{
	const uint8_t bytes[] = {(uint8_t)number, (uint8_t)(number >> 8), (uint8_t)(number >> 16),
				 (uint8_t)(number >> 24)};
	return silt_u32be(bytes);
}

bool silt_validate_grafana(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes body;
	struct silt_bytes check;
	return silt_verdict_checksum(verdict, verdict->severity,
				     cut_check(secret, HEX_CHECK, &body, &check) &&
					     hex_is(swap(silt_crc32(body)), check));
}

bool silt_validate_zuplo(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes body;
	struct silt_bytes check;
	if (!cut_check(secret, HEX_CHECK, &body, &check)) {
		return silt_verdict_checksum(verdict, verdict->severity, false);
	}
	body = silt_bytes_slice(body, SILT_LITERAL("zpka_").len, body.len);
	return silt_verdict_checksum(verdict, verdict->severity, hex_is(silt_crc32(body), check));
}

bool silt_validate_matrix(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes body;
	struct silt_bytes check;
	return silt_verdict_checksum(verdict, verdict->severity,
				     cut_check(secret, BASE62_CHECK, &body, &check) &&
					     silt_number_is(silt_crc32(body), silt_digits_base62, check));
}

/* ---- JSON in base64 ---------------------------------------------------------------------------------------------- */

/* An object, and the members of it that all tokens of a kind have. */
static bool has_members(struct silt_bytes json, const char *const *members, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (silt_bytes_find(json, silt_bytes_text(members[i])) == SIZE_MAX) {
			return false;
		}
	}
	return json.len > 2 && json.ptr[0] == '{' && json.ptr[json.len - 1] == '}';
}

enum { MEMBERS_MAX = 3 };

static const struct {
	const char *prefix;
	size_t count;
	const char *members[MEMBERS_MAX];
} json_tokens[] = {
	{"sntrys_", 2, {"\"iat\":", "\"org\":"}},
	{"glc_", 3, {"\"o\":", "\"n\":", "\"k\":"}},
	{"", 3, {"\"k\":", "\"n\":", "\"id\":"}},
};

bool silt_validate_json_token(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	size_t kind = 0;
	while (!silt_bytes_start_with(secret, silt_bytes_text(json_tokens[kind].prefix))) {
		kind++;
	}
	size_t head = strlen(json_tokens[kind].prefix);
	struct silt_bytes body = silt_bytes_slice(secret, head, secret.len);
	size_t end = head > 0 ? silt_bytes_find_byte(body, '_') : SIZE_MAX;
	struct silt_bytes json = silt_base64_decoded(silt_bytes_slice(body, 0, end), verdict->room);
	if (has_members(json, json_tokens[kind].members, json_tokens[kind].count)) {
		silt_verdict_proven(verdict, verdict->severity, "decodes to a token");
		return true;
	}
	silt_verdict_doubtful(verdict, "does not decode to a token: edited, redacted or made up");
	return true;
}

/* A public token that proves to be one is still public. */
bool silt_validate_mapbox(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	static const char *const members[] = {"\"u\":"};
	struct silt_bytes rest = secret;
	struct silt_bytes prefix, part;
	if (silt_bytes_cut(&rest, '.', &prefix) && silt_bytes_cut(&rest, '.', &part) &&
	    has_members(silt_base64_decoded(part, verdict->room), members, SILT_COUNT(members))) {
		silt_verdict_proven(verdict, verdict->severity, "decodes to a token");
		return true;
	}
	silt_verdict_doubtful(verdict, "does not decode to a token: edited, redacted or made up");
	return true;
}

/* ---- Others in base64 -------------------------------------------------------------------------------------------- */

bool silt_validate_discord(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	size_t dot = silt_bytes_find_byte(secret, '.');
	struct silt_bytes number = silt_base64_decoded(silt_bytes_slice(secret, 0, dot), verdict->room);
	if (!silt_all_digits(number) || number.len < SNOWFLAKE_MIN || number.len > SNOWFLAKE_MAX) {
		return false;
	}
	snprintf(verdict->facts, SILT_FACTS_SIZE, "bot %.*s", (int)number.len, (const char *)number.ptr);
	silt_verdict_proven(verdict, verdict->severity, "begins with the number of a bot");
	return true;
}

bool silt_validate_intercom(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes plain = silt_base64_decoded(secret, verdict->room);
	if (!silt_bytes_start_with(plain, SILT_LITERAL("tok:")) || !silt_bytes_end_with(plain, SILT_LITERAL(":1:0")) ||
	    !silt_is_text(plain)) {
		return false;
	}
	silt_verdict_proven(verdict, verdict->severity, "decodes to a token");
	return true;
}

bool silt_validate_elastic(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes plain = silt_base64_decoded(secret, verdict->room);
	if (plain.len != ELASTIC_ID + 1 + ELASTIC_KEY || plain.ptr[ELASTIC_ID] != ':' || !silt_is_text(plain)) {
		return false;
	}
	silt_verdict_proven(verdict, verdict->severity, "decodes to a key's id and its secret");
	return true;
}
