/* Private keys as bare DER: no armor says what they are, so that only what parses to its end is one. */
#include "secret/der.h"
#include "secret/key.h"
#include "secret/validate.h"

bool silt_validate_der_key(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes rest = secret, body;
	struct silt_public_key out;
	if (!silt_der_cut_tagged(&rest, SILT_DER_SEQUENCE, &body)) {
		return false;
	}
	struct silt_bytes der = silt_bytes(secret.ptr, secret.len - rest.len);
	struct silt_key key = silt_key_of_der(der, &out);
	if (key.state == SILT_KEY_BROKEN || (key.state == SILT_KEY_PLAIN && !out.algorithm)) {
		return false;
	}
	verdict->identity = der; /* the same key in PEM is the same secret */
	verdict->kind = "DER private key";
	silt_verdict_key(verdict, key, &out, NULL);
	return true;
}
