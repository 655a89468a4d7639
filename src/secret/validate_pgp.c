/* OpenPGP private keys, in armor and without. */
#include "secret/armor.h"
#include "secret/key.h"
#include "secret/validate.h"

#include "base/encoding.h"

static void tell(struct silt_confirmation *verdict, const struct silt_pgp_facts *facts)
{
	char hex[2 * sizeof(facts->fingerprint) + 1];
	silt_hex(silt_bytes(facts->fingerprint, facts->fingerprint_len), hex);
	if (facts->algorithm) {
		silt_facts_add(verdict, "%s", facts->algorithm);
	}
	if (facts->bits > 0) {
		silt_facts_add(verdict, "%zu bits", facts->bits);
	}
	if (facts->fingerprint_len > 0) {
		silt_facts_add(verdict, "fingerprint %s", hex);
	}
	verdict->starved = facts->starved;
}

bool silt_validate_pgp(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes head = SILT_LITERAL("-----BEGIN PGP PRIVATE KEY BLOCK-----");
	struct silt_bytes body = silt_bytes_slice(secret, head.len, secret.len);
	size_t end = silt_bytes_find(body, SILT_LITERAL("-----END"));
	struct silt_key key = {SILT_KEY_BROKEN, NULL};
	struct silt_armor armor;
	struct silt_pgp_facts facts = {0};
	body = silt_bytes_slice(body, 0, end);
	if (silt_armor_read(body, end == SIZE_MAX, verdict->room, &armor)) {
		verdict->identity = armor.data;
		key = silt_key_of_pgp(armor.data, &facts);
	}
	verdict->kind = "PGP PRIVATE KEY BLOCK";
	tell(verdict, &facts);
	silt_verdict_key(verdict, key, NULL, "does not parse as a key: an example, cut short or damaged");
	return true;
}

/* The packets as they are: secring.gpg and what `gpg --export-secret-keys` writes. */
bool silt_validate_pgp_packets(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_pgp_facts facts = {0};
	struct silt_key key = silt_key_of_pgp(secret, &facts);
	if (key.state == SILT_KEY_BROKEN) {
		return false;
	}
	verdict->kind = "OpenPGP private key";
	tell(verdict, &facts);
	silt_verdict_key(verdict, key, NULL, NULL);
	return true;
}
