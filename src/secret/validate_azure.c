/*
 * Keys that Microsoft made to be recognised.
 *
 *   key of a service   BASE64 of 32, 39, 40 or 64 bytes: RANDOM SIGNATURE CHECK:4, where SIGNATURE is four characters of
 *                      the base64 text (`+ASt`: Storage), CHECK = Marvin32(all before it), little-endian
 *   annotated key      RANDOM:52 JQQJ99 YEAR:1 MONTH:1 PLATFORM:12 RESERVED:4 SIGNATURE:4 CHECK:4, all base64:
 *                      CHECK = the first three bytes of Marvin32(60 bytes before it), little-endian
 *   client secret      NAME:3 8Q~ RANDOM:31 CHECK:3, of an Entra application: CHECK = the first three digits of
 *                      Marvin32(all before it) in base 66. 7Q~ is older and has none.
 *   DevOps token       52 base32 characters: 28 random bytes and the four of their CRC-32 in between
 *
 * The seeds are those of microsoft/security-utilities (IdentifiableMetadata.cs). Published keys of Storage and of Azure AI
 * hold; published client secrets do not, whoever edited them. A check that was not seen to hold proves, and does not
 * refute.
 */
#include "secret/checked_text.h"
#include "secret/marvin.h"
#include "secret/validate.h"

#include "base/attributes.h"
#include "base/encoding.h"
#include "stream/crc32.h"

#include <stdio.h>

/* A seed is a name of eight characters, the first in the highest byte. */
#define SEED(a, b, c, d, e, f, g, h)                                                                                   \
	((uint64_t)(a) << 56 | (uint64_t)(b) << 48 | (uint64_t)(c) << 40 | (uint64_t)(d) << 32 | (uint64_t)(e) << 24 | \
	 (uint64_t)(f) << 16 | (uint64_t)(g) << 8 | (uint64_t)(h))

enum {
	SIGNATURE = 4, /* characters */
	CHECK = 4,     /* bytes */
	/* Characters of base64, without padding, that the check takes part in. */
	CHECK_CHARACTERS = 6,
	SEEDS_MAX = 4,
	ANNOTATED_SIZE = 84,
	ANNOTATED_BODY = 80, /* characters before the check */
	ANNOTATED_DATE = 58,
	ANNOTATED_SIGNATURE = 76,
	CLIENT_SECRET_BODY = 37,
	CLIENT_SECRET_CHECK = 3,
	DEVOPS_SIZE = 52,
	DEVOPS_BYTES = 32,
};

static const uint64_t seed_default = SEED('D', 'e', 'f', 'a', 'u', 'l', 't', '0');
static const uint64_t seed_client = SEED('A', 'a', 'd', 'P', 'w', 'd', '0', '0');

/* ---- Keys of services -------------------------------------------------------------------------------------------- */

static const struct service {
	char signature[SIGNATURE + 1];
	const char *name;
	uint64_t seeds[SEEDS_MAX];
	bool refutes; /* no key was seen whose check does not hold */
} services[] = {
	{"+ASt", "Azure Storage", {SEED('D', 'e', 'f', 'a', 'u', 'l', 't', '0')}, true},
	{"ACDb",
	 "Azure Cosmos DB",
	 {SEED('M', 'a', 's', 't', 'R', 'W', '0', '0'), SEED('M', 'a', 's', 't', 'R', 'O', '0', '0')},
	 false},
	{"+ABa", "Azure Batch", {SEED('A', 'b', 'A', 'c', 'c', 't', '0', '0')}, false},
	{"+AEh",
	 "Azure Event Hubs",
	 {SEED('S', 'e', 'n', 'd', '0', '0', '0', '0'), SEED('L', 'i', 's', 't', 'e', 'n', '0', '0'),
	  SEED('M', 'a', 'n', 'a', 'g', 'e', '0', '0'), SEED('S', 'y', 's', 't', 'e', 'm', '0', '0')},
	 false},
	{"+ASb",
	 "Azure Service Bus",
	 {SEED('S', 'e', 'n', 'd', '0', '0', '0', '0'), SEED('L', 'i', 's', 't', 'e', 'n', '0', '0'),
	  SEED('M', 'a', 'n', 'a', 'g', 'e', '0', '0'), SEED('S', 'y', 's', 't', 'e', 'm', '0', '0')},
	 false},
	{"+ARm",
	 "Azure Relay",
	 {SEED('S', 'e', 'n', 'd', '0', '0', '0', '0'), SEED('L', 'i', 's', 't', 'e', 'n', '0', '0'),
	  SEED('M', 'a', 'n', 'a', 'g', 'e', '0', '0')},
	 false},
	{"+ACR", "Azure Container Registry", {SEED('A', 'C', 'R', 'D', 'f', 'l', 't', '0')}, false},
	{"+AMC", "Azure Machine Learning", {SEED('C', 'l', 'a', 's', 's', 'i', 'c', '0')}, false},
	{"AIoT",
	 "Azure IoT",
	 {SEED('I', 'o', 'T', 'H', 'u', 'b', '0', '0'), SEED('D', 'p', 's', 'K', 'e', 'y', '0', '0'),
	  SEED('D', 'e', 'v', 'i', 'c', 'e', '0', '0')},
	 false},
	{"AzCa", "Azure Cache for Redis", {SEED('A', 'c', 'c', 'e', 's', 's', '0', '0')}, false},
	{"AzFu",
	 "Azure Functions",
	 {SEED('F', 'u', 'n', 'c', 't', 'i', '0', '0'), SEED('S', 'y', 's', 't', 'e', 'm', '0', '0'),
	  SEED('M', 'a', 's', 't', 'e', 'r', '0', '0')},
	 false},
	{"AzSe",
	 "Azure AI Search",
	 {SEED('P', 'A', 'd', 'm', 'i', 'n', '0', '0'), SEED('Q', 'u', 'e', 'r', 'y', '0', '0', '0')},
	 false},
	{"APIM",
	 "Azure API Management",
	 {SEED('T', 'e', 'n', 'a', 'n', 't', '0', '0'), SEED('I', 'o', 'T', 'H', 'u', 'b', '0', '0'),
	  SEED('G', 'a', 't', 'e', 'w', 'y', '0', '0'), SEED('G', 'i', 't', 'K', 'e', 'y', '0', '0')},
	 false},
};

/* The service whose signature stands where it belongs, or NULL. `key` is without padding. */
static const struct service *service_of(struct silt_bytes key)
{
	if (key.len < SIGNATURE + CHECK_CHARACTERS) {
		return NULL;
	}
	struct silt_bytes found = silt_bytes_slice(key, key.len - CHECK_CHARACTERS - SIGNATURE, SIGNATURE);
	for (size_t i = 0; i < SILT_COUNT(services); i++) {
		if (silt_bytes_equal(found, silt_bytes(services[i].signature, SIGNATURE))) {
			return &services[i];
		}
	}
	return NULL;
}

static bool is_signed(const struct service *service, struct silt_bytes bytes)
{
	if (bytes.len < CHECK) {
		return false;
	}
	struct silt_bytes body = silt_bytes_slice(bytes, 0, bytes.len - CHECK);
	uint32_t check = silt_u32le(bytes.ptr + body.len);
	for (size_t i = 0; i < SEEDS_MAX && service->seeds[i] != 0; i++) {
		if (silt_marvin32(body, service->seeds[i]) == check) {
			return true;
		}
	}
	return false;
}

static struct silt_bytes without_padding(struct silt_bytes text)
{
	while (text.len > 0 && text.ptr[text.len - 1] == '=') {
		text.len--;
	}
	return text;
}

static bool decode(struct silt_bytes secret, uint8_t *room, struct silt_bytes *plain)
{
	*plain = (struct silt_bytes){.ptr = room};
	return silt_base64_decode(secret, room, &plain->len);
}

/* The keys of the emulators that Microsoft documents: Azurite, Cosmos DB. */
static bool is_emulator(struct silt_bytes secret)
{
	return silt_bytes_start_with(secret, SILT_LITERAL("Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsu")) ||
	       silt_bytes_start_with(secret, SILT_LITERAL("C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nD"));
}

/* A value that its name calls a key: 32, 39, 40 or 64 bytes, of any age. */
bool silt_validate_azure_key(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes plain;
	if (!decode(secret, verdict->room, &plain)) {
		silt_verdict_doubtful(verdict, "not a whole number of bytes: cut, edited or made up");
		return true;
	}
	if (is_emulator(secret)) {
		silt_verdict_harmless(verdict, "publicly known: the key of an emulator");
		return true;
	}
	const struct service *service = service_of(without_padding(secret));
	if (!service) {
		return true;
	}
	bool proven = is_signed(service, plain);
	if (proven) {
		snprintf(verdict->facts, SILT_FACTS_SIZE, "%s", service->name);
	}
	return proven || service->refutes ? silt_verdict_checksum(verdict, SILT_SEVERITY_CRITICAL, proven) : true;
}

/* A value without a name: the signatures also stand in text by chance, and what refutes no named key refutes this one. */
bool silt_validate_azure_bare_key(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	if (!silt_validate_azure_key(secret, verdict)) {
		return false;
	}
	bool proven = verdict->confidence == SILT_CONFIDENCE_PROVEN;
	return proven || silt_verdict_checksum(verdict, verdict->severity, false);
}

/* ---- Annotated keys ---------------------------------------------------------------------------------------------- */

/* Year and month as one base64 digit each: A is 2024, and January. */
static void tell_provider(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	unsigned year = secret.ptr[ANNOTATED_DATE] - (unsigned)'A';
	unsigned month = secret.ptr[ANNOTATED_DATE + 1] - (unsigned)'A';
	if (year < 26 && month < 12) {
		snprintf(verdict->facts, SILT_FACTS_SIZE, "provider %.*s, made in %u-%02u", SIGNATURE,
			 (const char *)secret.ptr + ANNOTATED_SIGNATURE, 2024 + year, 1 + month);
	}
}

/* The first three bytes, as four characters of base64. */
static bool is_annotated(struct silt_bytes body, struct silt_bytes check)
{
	uint8_t bytes[CHECK];
	size_t len = 0;
	if (check.len != CHECK || !silt_base64_decode(check, bytes, &len) || len != 3) {
		return false;
	}
	bytes[3] = 0;
	return (silt_marvin32(body, seed_default) & 0xffffff) == silt_u32le(bytes);
}

/* Azure DevOps writes a check of its own behind AZDO. */
bool silt_validate_azure_annotated(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes body;
	if (secret.len < ANNOTATED_SIZE || !decode(silt_bytes_slice(secret, 0, ANNOTATED_BODY), verdict->room, &body)) {
		return false;
	}
	tell_provider(secret, verdict);
	struct silt_bytes provider = silt_bytes_slice(secret, ANNOTATED_SIGNATURE, SIGNATURE);
	bool proven = is_annotated(body, silt_bytes_slice(secret, ANNOTATED_BODY, CHECK));
	bool refuted = !proven && !silt_bytes_equal(provider, SILT_LITERAL("AZDO"));
	return proven || refuted ? silt_verdict_checksum(verdict, verdict->severity, proven) : true;
}

/* ---- Client secrets ---------------------------------------------------------------------------------------------- */

bool silt_validate_azure_client_secret(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~";
	if (!silt_bytes_equal(silt_bytes_slice(secret, 3, 3), SILT_LITERAL("8Q~"))) {
		return true;
	}
	uint32_t sum = silt_marvin32(silt_bytes_slice(secret, 0, CLIENT_SECRET_BODY), seed_client);
	uint32_t leading = sum / ((uint32_t)66 * 66 * 66); /* of six digits, the first three */
	struct silt_bytes check = silt_bytes_slice(secret, CLIENT_SECRET_BODY, CLIENT_SECRET_CHECK);
	if (check.len == CLIENT_SECRET_CHECK && silt_number_is(leading, digits, check)) {
		silt_verdict_checksum(verdict, verdict->severity, true);
	}
	return true;
}

/* ---- DevOps ------------------------------------------------------------------------------------------------------ */

/* The bytes of the CRC-32 stand at 22, 8, 7 and 2, the lowest first; what is left is what it covers. */
static bool is_devops(const uint8_t bytes[static DEVOPS_BYTES])
{
	static const uint32_t magics[] = {0xe0b9692dU, 0x1019f92eU}; /* users', applications' */
	const uint8_t check[CHECK] = {bytes[22], bytes[8], bytes[7], bytes[2]};
	uint8_t covered[DEVOPS_BYTES - CHECK];
	size_t count = 0;
	for (size_t i = 0; i < DEVOPS_BYTES; i++) {
		if (i != 2 && i != 7 && i != 8 && i != 22) {
			covered[count++] = bytes[i];
		}
	}
	uint32_t sum = silt_crc32(silt_bytes(covered, count)) ^ silt_u32le(check);
	return sum == magics[0] || sum == magics[1];
}

/* Tokens from before 2024. Proves only: other things have this shape, and none of those published was seen to hold. */
bool silt_validate_azure_devops(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	uint8_t bytes[DEVOPS_BYTES];
	size_t len;
	if (secret.len != DEVOPS_SIZE || !silt_base32_decode(secret, bytes, &len) || len != DEVOPS_BYTES) {
		return false;
	}
	if (is_devops(bytes)) {
		silt_verdict_checksum(verdict, SILT_SEVERITY_HIGH, true);
	}
	return true;
}
