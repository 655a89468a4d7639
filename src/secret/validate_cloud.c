/*
 * Tokens of clouds and platforms that say themselves what they are.
 *
 *   Confluent      cflt BODY:50 CHECK:6   CHECK = the first six characters of base64(CRC-32(54 before it), little-endian)
 *   1Password      ops_ BASE64            decodes to JSON with the account's secret key
 *   Cloudflare     BASE64                 a tunnel's token decodes to JSON with "a", "t" and "s"
 *   Supabase       HEAD.CLAIMS.SIGNATURE  a JWT with "role":"service_role"
 *   signed URLs    sig=... se=...         the moment they expire stands beside the signature
 */
#include "secret/validate.h"

#include "base/ascii.h"
#include "base/date.h"
#include "base/encoding.h"
#include "stream/crc32.h"

enum {
	CONFLUENT_SIZE = 60,
	CONFLUENT_CHECK = 6,
	/* Digits of a moment in seconds; eleven last until the year 5138. */
	SECONDS_DIGITS_MAX = 11,
};

static bool holds(struct silt_bytes text, struct silt_bytes part)
{
	return silt_bytes_find(text, part) != SIZE_MAX;
}

/* The digits at the start of `text` as a moment; 0 if they are none, too many, or the start of a date. */
static int64_t read_seconds(struct silt_bytes text)
{
	uint64_t seconds;
	size_t digits = silt_decimal(text, SECONDS_DIGITS_MAX + 1, &seconds);
	bool date = digits < text.len && (text.ptr[digits] == '-' || text.ptr[digits] == 'T');
	return digits <= SECONDS_DIGITS_MAX && !date ? (int64_t)seconds : 0;
}

/* ---- Confluent --------------------------------------------------------------------------------------------------- */

/* Six characters are four bytes and four bits, which are zero. */
bool silt_validate_confluent(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	size_t body = CONFLUENT_SIZE - CONFLUENT_CHECK;
	uint8_t check[CONFLUENT_CHECK];
	size_t len = 0;
	if (secret.len != CONFLUENT_SIZE) {
		return false;
	}
	bool decodes = silt_base64_decode(silt_bytes_slice(secret, body, CONFLUENT_CHECK), check, &len) && len == 4;
	return silt_verdict_checksum(verdict, verdict->severity,
				     decodes && silt_u32le(check) == silt_crc32(silt_bytes_slice(secret, 0, body)));
}

/* ---- JSON in base64 ---------------------------------------------------------------------------------------------- */

/*
 * What is asked of the JSON is asked of its text: writers of tokens put no spaces in, and who edits one to hide a member
 * has broken the signature with it.
 */
static struct silt_bytes decode_json(struct silt_bytes text, uint8_t *room)
{
	struct silt_bytes plain = silt_base64_decoded(text, room);
	bool braces = plain.len > 1 && plain.ptr[0] == '{' && plain.ptr[plain.len - 1] == '}';
	return braces ? plain : silt_bytes(room, 0);
}

bool silt_validate_onepassword(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes json = decode_json(silt_bytes_slice(secret, 4, secret.len), verdict->room);
	if (holds(json, SILT_LITERAL("\"secretKey\":\"")) && holds(json, SILT_LITERAL("\"srpX\":\""))) {
		silt_verdict_proven(verdict, SILT_SEVERITY_CRITICAL, "decodes to the keys of a service account");
	} else {
		silt_verdict_doubtful(verdict, "does not decode to a service account: cut short, edited or made up");
	}
	return true;
}

/* Account, tunnel and secret, under names of one letter. */
bool silt_validate_cloudflare_tunnel(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes json = decode_json(secret, verdict->room);
	if (!holds(json, SILT_LITERAL("\"a\":\"")) || !holds(json, SILT_LITERAL("\"t\":\"")) ||
	    !holds(json, SILT_LITERAL("\"s\":\""))) {
		return false;
	}
	silt_verdict_proven(verdict, verdict->severity, "decodes to a tunnel and its secret");
	return true;
}

/* The second of three parts that dots divide, decoded; empty if there is none. */
static struct silt_bytes claims_of(struct silt_bytes jwt, uint8_t *room)
{
	struct silt_bytes head;
	struct silt_bytes claims;
	if (!silt_bytes_cut(&jwt, '.', &head) || !silt_bytes_cut(&jwt, '.', &claims)) {
		return (struct silt_bytes){0};
	}
	return decode_json(claims, room);
}

static struct silt_bytes behind(struct silt_bytes text, struct silt_bytes part)
{
	size_t at = silt_bytes_find(text, part);
	return at == SIZE_MAX ? (struct silt_bytes){0} : silt_bytes_slice(text, at + part.len, text.len);
}

/* The key with the role "anon" is made for browsers; this one passes every policy of the database. */
bool silt_validate_supabase(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes claims = claims_of(secret, verdict->room);
	if (!holds(claims, SILT_LITERAL("\"role\":\"service_role\"")) || !holds(claims, SILT_LITERAL("\"supabase"))) {
		return false;
	}
	if (holds(claims, SILT_LITERAL("\"iss\":\"supabase-demo\""))) {
		silt_verdict_harmless(verdict, "publicly known: the demo key of every local Supabase");
		return true;
	}
	verdict->expires = read_seconds(behind(claims, SILT_LITERAL("\"exp\":")));
	silt_verdict_proven(verdict, verdict->severity, "decodes to the claims of the service role");
	return true;
}

/* ---- Shared access signatures ------------------------------------------------------------------------------------ */

static bool is_query(uint8_t c)
{
	return c > ' ' && c < 0x7f && c != '"' && c != '\'' && c != '<' && c != '>' && c != '`' && c != '\\';
}

/* The query around the signature, as far as the window shows it. */
static struct silt_bytes query_around(struct silt_bytes secret, struct silt_bytes window)
{
	size_t start = (size_t)(secret.ptr - window.ptr);
	size_t end = start + secret.len;
	while (start > 0 && is_query(window.ptr[start - 1])) {
		start--;
	}
	while (end < window.len && is_query(window.ptr[end])) {
		end++;
	}
	return silt_bytes_slice(window, start, end - start);
}

/* The value of a parameter, wherever it stands; before it is a separator (`&`, `&amp;`, `?`) or a variable's `=`. */
static struct silt_bytes parameter(struct silt_bytes query, struct silt_bytes name)
{
	uint8_t before = '&';
	for (;;) {
		size_t at = silt_bytes_find(query, name);
		if (at == SIZE_MAX) {
			return (struct silt_bytes){0};
		}
		before = at > 0 ? query.ptr[at - 1] : before;
		query = silt_bytes_slice(query, at + name.len, query.len);
		if (silt_bytes_find_byte(SILT_LITERAL("&?;="), before) != SIZE_MAX) {
			return query;
		}
		before = 0; /* the end of a name begins none */
	}
}

/*
 * Of Storage: sv= (version), sp= (permissions), se= (expiry as ISO 8601) or si= (a policy that holds it). Of Service Bus,
 * Event Hubs and IoT Hub: sr= (resource), se= (expiry in seconds), skn= (the key's name). Of Logic Apps: sv= and sp=.
 */
bool silt_validate_azure_sas(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes query = query_around(secret, verdict->window);
	struct silt_bytes expiry = parameter(query, SILT_LITERAL("se="));
	bool storage = parameter(query, SILT_LITERAL("sv=")).len > 0 &&
		       (parameter(query, SILT_LITERAL("sp=")).len > 0 || parameter(query, SILT_LITERAL("si=")).len > 0);
	bool messaging = expiry.len > 0 && holds(query, SILT_LITERAL("sr="));
	if (!storage && !messaging) {
		return false;
	}
	if (!silt_date_read(expiry, &verdict->expires)) {
		verdict->expires = read_seconds(expiry);
	}
	return true;
}
