/* OpenPGP private keys in armor. */
#include "secret/armor.h"
#include "secret/key.h"
#include "secret/validate.h"

bool silt_validate_pgp(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes head = SILT_LITERAL("-----BEGIN PGP PRIVATE KEY BLOCK-----");
	struct silt_bytes body = silt_bytes_slice(secret, head.len, secret.len);
	size_t end = silt_bytes_find(body, SILT_LITERAL("-----END"));
	struct silt_key key = {SILT_KEY_BROKEN, NULL};
	struct silt_armor armor;
	body = silt_bytes_slice(body, 0, end);
	if (silt_armor_read(body, end == SIZE_MAX, verdict->room, &armor)) {
		verdict->identity = armor.data;
		key = silt_key_of_pgp(armor.data);
	}
	verdict->kind = "PGP PRIVATE KEY BLOCK";
	silt_verdict_key(verdict, key, "does not parse as a key: an example, cut short or damaged");
	return true;
}
