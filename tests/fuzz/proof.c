/*
 * Fuzz target: key files, public keys, envelopes, statements and sealed files. The first byte says which. A statement is
 * signed here, so that what lies behind the signature is reached; nothing else may ever be taken for authentic.
 */
#include "fuzz/in_and_out.h"
#include "proof/identity.h"

#include <stdlib.h>

static const uint8_t seed[SILT_SEED_SIZE] = {1};

static void demand(bool holds)
{
	if (!holds) {
		abort();
	}
}

/* A password would cost what the file asks for: the memory of a fuzzer is not for that. */
static void read_key_file(struct silt_bytes data)
{
	struct silt_proof_key key;
	struct silt_identity *identity = NULL;
	struct silt_error err = {0};
	bool password = true;
	const enum silt_status status = silt_identity_look(data.ptr, data.len, &key, &password, &err);
	demand(status == SILT_OK || (status == SILT_ERR_INPUT && err.text[0] != '\0'));
	if (status == SILT_OK && !password &&
	    silt_identity_read(data.ptr, data.len, silt_bytes(NULL, 0), &identity, NULL) == SILT_OK) {
		demand(memcmp(&key, silt_identity_key(identity), sizeof(key)) == 0);
		silt_identity_free(identity);
	}
}

static void read_public_key(struct silt_bytes data)
{
	struct silt_proof_key key, again;
	char pem[SILT_PROOF_KEY_PEM_SIZE];
	struct silt_error err = {0};
	const enum silt_status status = silt_proof_key_read(data.ptr, data.len, &key, &err);
	demand(status == SILT_OK || status == SILT_ERR_INPUT);
	if (status == SILT_OK) {
		silt_proof_key_write(&key, pem);
		demand(silt_proof_key_read(pem, strlen(pem), &again, NULL) == SILT_OK);
		demand(memcmp(&key, &again, sizeof(key)) == 0);
	}
}

static void verify(const struct silt_identity *identity, struct silt_bytes envelope)
{
	struct silt_attestation *attestation = NULL;
	struct silt_error err = {0};
	const enum silt_status status =
		silt_envelope_verify(envelope.ptr, envelope.len, silt_identity_key(identity), &attestation, &err);
	demand(status == SILT_OK || (status == SILT_ERR_UNPROVEN && err.text[0] != '\0'));
	if (status == SILT_OK) {
		const struct silt_subject *first = attestation->subjects;
		demand(attestation->subject_count > 0 && strlen(first->digest) == 71);
		demand(silt_attestation_subject(attestation, first->digest) == first);
		silt_attestation_free(attestation);
	}
}

static void sign_and_verify(const struct silt_identity *identity, struct silt_bytes statement)
{
	struct silt_buffer envelope = {0};
	demand(silt_envelope_write(identity, statement, (struct silt_sink){fuzz_collect, &envelope}, NULL) == SILT_OK);
	verify(identity, silt_buffer_bytes(&envelope));
	silt_buffer_done(&envelope);
}

static int64_t take(void *ctx, void *buffer, size_t size)
{
	struct silt_bytes *left = ctx;
	const struct silt_bytes piece = silt_bytes_slice(*left, 0, size);
	if (piece.len > 0) {
		memcpy(buffer, piece.ptr, piece.len);
	}
	*left = silt_bytes_slice(*left, piece.len, SIZE_MAX);
	return (int64_t)piece.len;
}

/* None of the seeds is sealed for this key, and no fuzzer makes what is authentic. */
static void unseal(const struct silt_identity *identity, struct silt_bytes data)
{
	struct silt_buffer out = {0};
	const struct silt_stream_ends ends = {take, &data, {fuzz_collect, &out}};
	const enum silt_status status = silt_unseal_stream(&ends, identity, NULL);
	demand(status == SILT_ERR_INPUT || status == SILT_ERR_UNPROVEN);
	silt_buffer_done(&out);
}

/* The same behind a front that is right, so that the chunks are reached. */
static void unseal_chunks(const struct silt_identity *identity, struct silt_bytes chunks)
{
	enum { FRONT = 112 };
	struct silt_bytes nothing = silt_bytes(NULL, 0);
	struct silt_buffer sealed = {0};
	const struct silt_stream_ends ends = {take, &nothing, {fuzz_collect, &sealed}};
	demand(silt_seal_stream(&ends, silt_identity_key(identity), NULL) == SILT_OK);
	silt_buffer_cut(&sealed, FRONT);
	silt_buffer_add(&sealed, chunks);
	unseal(identity, silt_buffer_bytes(&sealed));
	silt_buffer_done(&sealed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_identity *identity = NULL;
	const struct silt_bytes rest = silt_bytes_slice(silt_bytes(data, size), 1, SIZE_MAX);
	demand(silt_identity_of_seed(seed, &identity, NULL) == SILT_OK);
	switch (size > 0 ? data[0] : 0) {
	case 'k':
		read_key_file(rest);
		break;
	case 'p':
		read_public_key(rest);
		break;
	case 'e':
		verify(identity, rest);
		break;
	case 's':
		unseal(identity, rest);
		break;
	case 'c':
		unseal_chunks(identity, rest);
		break;
	default:
		sign_and_verify(identity, rest);
		break;
	}
	silt_identity_free(identity);
	return 0;
}
