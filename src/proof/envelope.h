/*
 * What is signed (DSSE, Dead Simple Signing Envelope, v1): the type of the payload and the payload, with their lengths.
 *
 *     "DSSEv1" SP LEN(type) SP type SP LEN(payload) SP payload          LEN: decimal
 */
#ifndef SILT_PROOF_ENVELOPE_H
#define SILT_PROOF_ENVELOPE_H

#include "base/buffer.h"
#include "base/bytes.h"

#define SILT_PAYLOAD_TYPE "application/vnd.in-toto+json"
#define SILT_STATEMENT_TYPE "https://in-toto.io/Statement/v1"
#define SILT_TEST_RESULT_TYPE "https://in-toto.io/attestation/test-result/v0.1"

/* Adds that, for a payload of the type above. */
void silt_envelope_signed_bytes(struct silt_buffer *out, struct silt_bytes payload);

#endif
