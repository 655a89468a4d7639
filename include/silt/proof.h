/*
 * Proofs: what a report says, signed, so that it can be believed wherever it goes; and files sealed for one reader.
 *
 *     silt_identity_read(text, size, password, &identity, &err)
 *     silt_statement_write(judgements, count, &options, statement_sink, &err)
 *     silt_envelope_write(identity, statement, envelope_sink, &err)
 *     ...
 *     silt_envelope_verify(envelope, size, &key, &attestation, &err)
 *
 * A statement is one of in-toto (Statement v1), an envelope one of DSSE, signatures are Ed25519. docs/proof.md has the
 * formats, and what they prove.
 */
#ifndef SILT_PROOF_H
#define SILT_PROOF_H

#include "silt/bytes.h"
#include "silt/error.h"
#include "silt/export.h"
#include "silt/policy.h"
#include "silt/report.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Keys -------------------------------------------------------------------------------------------------------- */

/* The public half of a key: everybody may have it. */
struct silt_proof_key {
	uint8_t ed25519[32];
};

/* "-----BEGIN PUBLIC KEY-----", one line, "-----END PUBLIC KEY-----", a newline each, and a NUL. */
#define SILT_PROOF_KEY_PEM_SIZE 114

/* SHA-256 of the key in DER (SubjectPublicKeyInfo), 64 hex digits and a NUL: what cosign and others call a key, too. */
#define SILT_PROOF_KEY_ID_SIZE 65

/* Writes the key as PEM, as openssl pkey -pubin reads it. */
SILT_API void silt_proof_key_write(const struct silt_proof_key *key, char out[SILT_PROOF_KEY_PEM_SIZE]);
/* Reads a PEM of at most 4 KiB. SILT_ERR_INPUT: it is none, or of a key that is not Ed25519. */
SILT_API enum silt_status silt_proof_key_read(const void *text, size_t size, struct silt_proof_key *out,
					      struct silt_error *err);
SILT_API void silt_proof_key_id(const struct silt_proof_key *key, char out[SILT_PROOF_KEY_ID_SIZE]);

/*
 * Both halves. The secret one is in memory that is in no core dump, is wiped when it is freed, and is empty in every
 * process that is forked from this one: a child has no key.
 */
struct silt_identity;

/* A new one, at random. SILT_ERR_IO if the system has no such memory; SILT_ERR_MEMORY. */
SILT_API enum silt_status silt_identity_new(struct silt_identity **out, struct silt_error *err);
SILT_API void silt_identity_free(struct silt_identity *identity);
SILT_API const struct silt_proof_key *silt_identity_key(const struct silt_identity *identity);

/* Bytes that a key file and a password can have. */
#define SILT_IDENTITY_FILE_MAX 4096
#define SILT_PASSWORD_MAX 1024

/*
 * Writes the text of a key file, protected by a password: 1 to SILT_PASSWORD_MAX bytes; none at all (len 0) leaves it
 * unprotected, and the file says so. Takes 256 MiB of memory for a moment.
 */
SILT_API enum silt_status silt_identity_write(const struct silt_identity *identity, struct silt_bytes password,
					      struct silt_sink sink, struct silt_error *err);

/* Tells of a key file, without its password, whose it says that it is and if it has one. SILT_ERR_INPUT: it is none. */
SILT_API enum silt_status silt_identity_look(const void *text, size_t size, struct silt_proof_key *key, bool *password,
					     struct silt_error *err);

/*
 * Opens a key file. The password is not asked for (len 0) if it has none. SILT_ERR_UNPROVEN: another password, or the file
 * was changed. SILT_ERR_INPUT: it is no key file, or wants more memory or time than any that silt writes may want.
 */
SILT_API enum silt_status silt_identity_read(const void *text, size_t size, struct silt_bytes password,
					     struct silt_identity **out, struct silt_error *err);

/* ---- Attestations ------------------------------------------------------------------------------------------------ */

enum silt_predicate {
	SILT_PREDICATE_TEST_RESULT, /* the verdict: https://in-toto.io/attestation/test-result/v0.1 */
	SILT_PREDICATE_REPORT,      /* all of it: SILT_PREDICATE_REPORT_TYPE, and the JSON report as it is */
};

/* Names the predicate that has a whole report; nobody can be asked for the name. */
#define SILT_PREDICATE_REPORT_TYPE "https://silt.invalid/attestation/report/v1"

struct silt_statement_options {
	enum silt_predicate predicate;
	const struct silt_sandbox *sandbox; /* as in struct silt_report_options */
	size_t unread;                      /* as there: then nothing passed */
};

/*
 * Writes a statement about what was audited: bundles, configs and manifests, by their SHA-256. SILT_ERR_USAGE if nothing
 * of it has a digest, if the values of secrets were kept, or if digests were believed (silt_options.trust_digests).
 */
SILT_API enum silt_status silt_statement_write(const struct silt_judgement *const *judgements, size_t count,
					       const struct silt_statement_options *options, struct silt_sink sink,
					       struct silt_error *err);

/* Signs any statement, and writes the envelope: one line of JSON. The same statement gives the same bytes. */
SILT_API enum silt_status silt_envelope_write(const struct silt_identity *identity, struct silt_bytes statement,
					      struct silt_sink sink, struct silt_error *err);

/* Bytes of an envelope that can be verified: that of the longest report. */
#define SILT_ENVELOPE_MAX (2 * (size_t)SILT_REPORT_MAX)

struct silt_subject {
	const char *name; /* escaped */
	char digest[72];  /* "sha256:..." */
};

/* What a signature proves that somebody said. */
struct silt_attestation {
	enum silt_predicate predicate;
	enum silt_verdict verdict;
	const struct silt_subject *subjects;
	size_t subject_count; /* one at least */
};

/*
 * Verifies an envelope and reads its statement. SILT_ERR_UNPROVEN, with the first thing that does not hold, for whatever
 * is not an envelope, signed with this key, of a statement of silt's. The attestation is the caller's.
 */
SILT_API enum silt_status silt_envelope_verify(const void *text, size_t size, const struct silt_proof_key *key,
					       struct silt_attestation **out, struct silt_error *err);
SILT_API void silt_attestation_free(struct silt_attestation *attestation);

/* The subject with this digest ("sha256:..."); NULL: there is none. */
SILT_API const struct silt_subject *silt_attestation_subject(const struct silt_attestation *attestation,
							     const char *digest);

/* SHA-256, as "sha256:...", of what is left to read of a file or pipe. SILT_ERR_IO. */
SILT_API enum silt_status silt_digest_fd(int fd, char out[72], struct silt_error *err);

/* ---- Seals ------------------------------------------------------------------------------------------------------- */

/* Where bytes come from, as for silt_bundle_open_read (audit.h; nobody gives up), and where they go. */
struct silt_stream_ends {
	int64_t (*read)(void *ctx, void *buffer, size_t size);
	void *read_ctx;
	struct silt_sink sink;
};

/*
 * Seals a stream for the owner of the key: who seals it cannot open it. SILT_ERR_INPUT: nobody can have the secret half of
 * `to`, and nothing was read or written; SILT_ERR_IO, SILT_ERR_MEMORY.
 */
SILT_API enum silt_status silt_seal_stream(const struct silt_stream_ends *ends, const struct silt_proof_key *to,
					   struct silt_error *err);

/*
 * Opens what was sealed. SILT_ERR_INPUT: it is no such thing. SILT_ERR_UNPROVEN: it is for another key, was changed or cut
 * off; what the sink has got until then is a beginning of what was sealed, and must not be taken for all of it.
 */
SILT_API enum silt_status silt_unseal_stream(const struct silt_stream_ends *ends, const struct silt_identity *identity,
					     struct silt_error *err);

#ifdef __cplusplus
}
#endif

#endif
