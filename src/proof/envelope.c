/*
 * An envelope, written: {"payload":BASE64,"payloadType":TYPE,"signatures":[{"keyid":ID,"sig":BASE64}]}
 *
 * By hand: a payload may have 256 MiB, and a tree of it would be a second copy.
 */
#include "proof/envelope.h"

#include "base/secure.h"
#include "proof/identity.h"

void silt_envelope_signed_bytes(struct silt_buffer *out, struct silt_bytes payload)
{
	silt_buffer_printf(out, "DSSEv1 %zu %s %zu ", strlen(SILT_PAYLOAD_TYPE), SILT_PAYLOAD_TYPE, payload.len);
	silt_buffer_add(out, payload);
}

static void write_envelope(struct silt_bytes statement, const char *id, struct silt_bytes signature,
			   struct silt_buffer *out)
{
	silt_buffer_add_text(out, "{\"payload\":\"");
	silt_base64(out, statement);
	silt_buffer_printf(out, "\",\"payloadType\":\"%s\",\"signatures\":[{\"keyid\":\"%s\",\"sig\":\"",
			   SILT_PAYLOAD_TYPE, id);
	silt_base64(out, signature);
	silt_buffer_add_text(out, "\"}]}\n");
}

enum silt_status silt_envelope_write(const struct silt_identity *identity, struct silt_bytes statement,
				     struct silt_sink sink, struct silt_error *err)
{
	uint8_t signature[SILT_SIGNATURE_SIZE];
	char id[SILT_PROOF_KEY_ID_SIZE];
	struct silt_buffer text = {0};
	enum silt_status status = SILT_OK;
	silt_envelope_signed_bytes(&text, statement);
	if (!text.failed) {
		silt_identity_sign(identity, silt_buffer_bytes(&text), signature);
		silt_proof_key_id(silt_identity_key(identity), id);
		silt_buffer_clear(&text);
		write_envelope(statement, id, silt_bytes(signature, sizeof(signature)), &text);
	}
	if (text.failed) {
		status = silt_fail_memory(err);
	} else if (!sink.write(sink.ctx, text.ptr, text.len)) {
		status = silt_fail(err, SILT_ERR_IO, "the attestation could not be written");
	}
	silt_buffer_done(&text);
	return status;
}
