/*
 * Keys of wallets, most of which carry a checksum.
 *
 *   extended key   base58check: version:4 depth:1 parent:4 child:4 chain code:32 00 key:32                   (BIP-32)
 *   WIF            base58check: 80 (ef: test network) key:32 [01: the public key is compressed]
 *   Stellar        base32: 90 key:32 CRC-16:2, low byte first; 90 makes the first letter an S                (SEP-23)
 *   Nostr, age     bech32
 *   Solana         JSON array of 64 numbers: seed:32, public key:32
 */
#include "secret/checked_text.h"
#include "secret/key_public.h"
#include "secret/validate.h"

#include "base/attributes.h"
#include "base/json.h"

static const char holds[] = "checksum holds";
static const char fails[] = "checksum does not hold: edited, redacted or made up";

enum {
	EXTENDED_LEN = 78,
	EXTENDED_ZERO = 45, /* where the private key begins; of a public one, 02 or 03 */
	STELLAR_LEN = 35,
	STELLAR_SEED = 0x90,
	SOLANA_LEN = 64,
};

static bool tell(struct silt_confirmation *verdict, bool proven, enum silt_severity severity)
{
	if (proven) {
		silt_verdict_proven(verdict, severity, holds);
	} else {
		silt_verdict_doubtful(verdict, fails);
	}
	return true;
}

/* Test networks have money of no worth. */
static enum silt_severity severity_of(struct silt_confirmation *verdict, bool test_network)
{
	silt_facts_add(verdict, test_network ? "test network" : "main network");
	return test_network ? SILT_SEVERITY_LOW : SILT_SEVERITY_CRITICAL;
}

bool silt_validate_extended_key(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	uint8_t bytes[SILT_BASE58_MAX];
	size_t len;
	if (!silt_base58check(secret, bytes, &len)) {
		return tell(verdict, false, verdict->severity);
	}
	if (len != EXTENDED_LEN || bytes[EXTENDED_ZERO] != 0) {
		return false;
	}
	bool test_network = memchr("tuv", secret.ptr[0], 3) != NULL;
	silt_facts_add(verdict, bytes[4] == 0 ? "master key" : "key at depth %u", bytes[4]);
	return tell(verdict, true, severity_of(verdict, test_network));
}

/* Fifty characters of base58 are many a thing; without its checksum it is none. */
bool silt_validate_wif(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	uint8_t bytes[SILT_BASE58_MAX];
	size_t len;
	if (!silt_base58check(secret, bytes, &len) || (bytes[0] != 0x80 && bytes[0] != 0xef) ||
	    !(len == 33 || (len == 34 && bytes[33] == 1))) {
		return false;
	}
	return tell(verdict, true, severity_of(verdict, bytes[0] == 0xef));
}

bool silt_validate_stellar(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	size_t len;
	const uint8_t *bytes = verdict->room;
	if (!silt_base32_decode(secret, verdict->room, &len) || len != STELLAR_LEN || bytes[0] != STELLAR_SEED) {
		return false;
	}
	uint16_t sum = silt_crc16(silt_bytes(bytes, STELLAR_LEN - 2));
	if (bytes[STELLAR_LEN - 2] != (sum & 0xff) || bytes[STELLAR_LEN - 1] != sum >> 8) {
		return false;
	}
	return tell(verdict, true, verdict->severity);
}

bool silt_validate_bech32(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	return tell(verdict, silt_bech32_holds(secret), verdict->severity);
}

/* The bytes of a JSON array of as many numbers as `size`, each of 0 to 255. */
static bool read_bytes(const struct silt_json_value *array, uint8_t *out, size_t size)
{
	if (silt_json_type(array) != SILT_JSON_ARRAY || silt_json_count(array) != size) {
		return false;
	}
	for (size_t i = 0; i < size; i++) {
		uint64_t number;
		if (!silt_json_unsigned(silt_json_at(array, i), &number) || number > 255) {
			return false;
		}
		out[i] = (uint8_t)number;
	}
	return true;
}

static bool parse(struct silt_bytes secret, struct silt_json **json, struct silt_confirmation *verdict)
{
	enum silt_status status = silt_json_parse(secret, json, NULL);
	verdict->starved = status == SILT_ERR_MEMORY;
	return status == SILT_OK;
}

/* An array of 64 small numbers may be anything; one whose second half is the public key of the first is a key pair. */
bool silt_validate_solana(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_json *json = NULL;
	uint8_t bytes[SOLANA_LEN];
	if (!parse(secret, &json, verdict)) {
		return false;
	}
	bool whole = read_bytes(silt_json_root(json), bytes, sizeof(bytes));
	silt_json_free(json);
	struct silt_public_key key = {
		.algorithm = silt_key_algorithm_ssh(SILT_LITERAL("ssh-ed25519")),
		.numbers = {silt_bytes(bytes + 32, 32)},
		.proof = {silt_bytes(bytes, 32)},
	};
	bool belongs = whole && silt_public_belongs(&key);
	verdict->starved = key.starved;
	if (!belongs) {
		return false;
	}
	silt_verdict_proven(verdict, verdict->severity, "its public half belongs to it");
	return true;
}

/* Ethereum's "Web3 Secret Storage", version 3: a key behind a password. */
bool silt_validate_ethereum(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_json *json = NULL;
	if (!parse(secret, &json, verdict)) {
		return false;
	}
	const struct silt_json_value *root = silt_json_root(json);
	const struct silt_json_value *crypto = silt_json_get(root, "crypto");
	bool found = silt_json_string(silt_json_get(crypto, "ciphertext")).len == 64 &&
		     silt_json_string(silt_json_get(crypto, "kdf")).len > 0;
	if (found) {
		silt_facts_add_word(verdict, "address", silt_json_string(silt_json_get(root, "address")));
		silt_facts_add_word(verdict, "key derivation", silt_json_string(silt_json_get(crypto, "kdf")));
		silt_verdict_proven(verdict, SILT_SEVERITY_MEDIUM, "encrypted");
	}
	silt_json_free(json);
	return found;
}
