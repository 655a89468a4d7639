/*
 * Envelopes of others, verified before anything in them is believed:
 *
 *     {"payload": BASE64, "payloadType": "application/vnd.in-toto+json", "signatures": [{"keyid": ID, "sig": BASE64}, ...]}
 *
 * Members that DSSE does not have are left aside, as it demands; names that collide are refused, since another reader
 * could see the other one. A signature counts if its keyid is ours, or not there. Then the payload is read: statement.c
 * says what is in it.
 */
#include "base/escape.h"
#include "base/json.h"
#include "base/secure.h"
#include "proof/envelope.h"
#include "proof/identity.h"
#include "stream/digest.h"

#include <stdlib.h>

enum { SIGNATURES_MAX = 64, TEXT_MAX = 160 };

/* The attestation is the first member: what the caller has is the whole. */
struct held {
	struct silt_attestation attestation;
	struct silt_arena arena;
};

static enum silt_status refuse(struct silt_error *err, const char *why)
{
	return silt_fail(err, SILT_ERR_UNPROVEN, "%s", why);
}

/* A document without colliding names; `what` is for the error, which is never one of the input: nothing is proven. */
static enum silt_status parse(struct silt_bytes text, const char *what, struct silt_json **out, struct silt_error *err)
{
	struct silt_limits limits = silt_default_limits;
	struct silt_error why = {0};
	enum silt_limit_id excess;
	limits.value[SILT_LIMIT_JSON_BYTES] = SILT_ENVELOPE_MAX;
	limits.value[SILT_LIMIT_JSON_VALUES] = SILT_REPORT_MAX;
	const enum silt_status status = silt_json_parse_within(text, &limits, out, &excess, &why);
	if (status == SILT_ERR_INPUT) {
		return silt_fail(err, SILT_ERR_UNPROVEN, "%s: %s", what, why.text);
	}
	if (status != SILT_OK) {
		return silt_fail(err, status, "%s", why.text);
	}
	const char *collision = silt_json_collision(*out, 0);
	return collision ? silt_fail(err, SILT_ERR_UNPROVEN, "%s: two members of one name (%s)", what, collision)
			 : SILT_OK;
}

/* ---- The signature ------------------------------------------------------------------------------------------------- */

/*
 * Bytes in base64, of either alphabet, as DSSE wants it, but one text only for the same bytes: with its padding, no bit
 * left over, not both alphabets at once. False if they are none; `out` is the caller's.
 */
static bool decode(const struct silt_json_value *value, struct silt_buffer *out)
{
	const struct silt_bytes text = silt_json_string(value);
	struct silt_buffer usual = {0};
	bool urls = false, plain = false;
	size_t len = 0;
	silt_buffer_add(&usual, text);
	for (size_t i = 0; i < usual.len; i++) {
		const uint8_t byte = usual.ptr[i];
		plain = plain || byte == '+' || byte == '/';
		urls = urls || byte == '-' || byte == '_';
		usual.ptr[i] = byte == '-' ? '+' : byte == '_' ? '/' : byte;
	}
	uint8_t *room = silt_buffer_extend(out, text.len);
	const bool decoded = room && !usual.failed && !(urls && plain) &&
			     silt_unbase64(silt_buffer_bytes(&usual), room, &len);
	out->failed = out->failed || usual.failed;
	silt_buffer_cut(out, len);
	silt_buffer_done(&usual);
	return decoded && len > 0;
}

static bool is_signature(const struct silt_json_value *value, const struct silt_proof_key *key, const char *id,
			 struct silt_bytes signed_bytes)
{
	const struct silt_json_value *keyid = silt_json_get(value, "keyid");
	const bool text = silt_json_type(keyid) == SILT_JSON_STRING;
	const bool ours = silt_json_type(keyid) == SILT_JSON_NULL ||
			  (text && (silt_json_string(keyid).len == 0 || silt_bytes_are(silt_json_string(keyid), id)));
	struct silt_buffer signature = {0};
	const bool holds = ours && decode(silt_json_get(value, "sig"), &signature) &&
			   silt_proof_key_verifies(key, signed_bytes, silt_buffer_bytes(&signature));
	silt_buffer_done(&signature);
	return holds;
}

static bool has_signature(const struct silt_json_value *signatures, const struct silt_proof_key *key,
			  struct silt_bytes payload)
{
	char id[SILT_PROOF_KEY_ID_SIZE];
	struct silt_buffer signed_bytes = {0};
	bool found = false;
	silt_proof_key_id(key, id);
	silt_envelope_signed_bytes(&signed_bytes, payload);
	for (size_t i = 0; i < silt_json_count(signatures) && !found && !signed_bytes.failed; i++) {
		found = is_signature(silt_json_at(signatures, i), key, id, silt_buffer_bytes(&signed_bytes));
	}
	silt_buffer_done(&signed_bytes);
	return found;
}

static enum silt_status open_envelope(const struct silt_json_value *root, const struct silt_proof_key *key,
				      struct silt_buffer *payload, struct silt_error *err)
{
	char id[SILT_PROOF_KEY_ID_SIZE];
	const struct silt_json_value *signatures = silt_json_get(root, "signatures");
	if (!silt_bytes_are(silt_json_string(silt_json_get(root, "payloadType")), SILT_PAYLOAD_TYPE)) {
		return refuse(err, "payloadType: expected \"" SILT_PAYLOAD_TYPE "\"");
	}
	if (silt_json_type(signatures) != SILT_JSON_ARRAY || silt_json_count(signatures) == 0 ||
	    silt_json_count(signatures) > SIGNATURES_MAX) {
		return refuse(err, "signatures: expected a list of 1 to 64");
	}
	if (!decode(silt_json_get(root, "payload"), payload)) {
		return payload->failed ? silt_fail_memory(err) : refuse(err, "payload: expected base64");
	}
	if (!has_signature(signatures, key, silt_buffer_bytes(payload))) {
		silt_proof_key_id(key, id);
		return silt_fail(
			err, SILT_ERR_UNPROVEN,
			"no signature on it is by the key %.16s...: another key signed, or it was changed since", id);
	}
	return SILT_OK;
}

/* ---- The statement ------------------------------------------------------------------------------------------------- */

static enum silt_status read_subject(struct held *held, const struct silt_json_value *value, size_t number,
				     struct silt_subject *out, struct silt_error *err)
{
	struct silt_digest digest;
	if (!silt_digest_parse_hex(silt_json_string(silt_json_get(silt_json_get(value, "digest"), "sha256")),
				   &digest)) {
		return silt_fail(err, SILT_ERR_UNPROVEN, "subject[%zu]: expected a digest called sha256", number);
	}
	silt_digest_text(&digest, out->digest);
	out->name = silt_escape_cut(&held->arena, silt_json_string(silt_json_get(value, "name")), TEXT_MAX);
	return out->name ? SILT_OK : silt_fail_memory(err);
}

static enum silt_status read_subjects(struct held *held, const struct silt_json_value *root, struct silt_error *err)
{
	const struct silt_json_value *list = silt_json_get(root, "subject");
	const size_t count = silt_json_type(list) == SILT_JSON_ARRAY ? silt_json_count(list) : 0;
	struct silt_subject *subjects = silt_arena_alloc(&held->arena, count * sizeof(*subjects));
	if (count == 0) {
		return refuse(err, "subject: expected a list of one at least");
	}
	if (!subjects) {
		return silt_fail_memory(err);
	}
	held->attestation.subjects = subjects;
	held->attestation.subject_count = count;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		status = read_subject(held, silt_json_at(list, i), i, &subjects[i], err);
	}
	return status;
}

static bool is_verdict(struct silt_bytes name, enum silt_verdict *out)
{
	for (int i = SILT_VERDICT_PASS; i <= SILT_VERDICT_INCOMPLETE; i++) {
		if (silt_bytes_are(name, silt_verdict_name((enum silt_verdict)i))) {
			*out = (enum silt_verdict)i;
			return true;
		}
	}
	return false;
}

/* The one word of in-toto, and silt's own, which tells more; they must agree. */
static enum silt_status read_test_result(const struct silt_json_value *predicate, enum silt_verdict *out,
					 struct silt_error *err)
{
	const struct silt_json_value *annotations =
		silt_json_get(silt_json_at(silt_json_get(predicate, "configuration"), 0), "annotations");
	const struct silt_bytes result = silt_json_string(silt_json_get(predicate, "result"));
	if (!is_verdict(silt_json_string(silt_json_get(annotations, "verdict")), out)) {
		return refuse(err, "predicate.configuration[0].annotations.verdict: expected pass, fail or incomplete");
	}
	return silt_bytes_are(result, *out == SILT_VERDICT_PASS ? "PASSED" : "FAILED")
		       ? SILT_OK
		       : refuse(err, "predicate.result: expected PASSED for the verdict pass, FAILED for any other");
}

static enum silt_status read_predicate(struct silt_attestation *out, const struct silt_json_value *root,
				       struct silt_error *err)
{
	const struct silt_bytes type = silt_json_string(silt_json_get(root, "predicateType"));
	const struct silt_json_value *predicate = silt_json_get(root, "predicate");
	if (silt_bytes_are(type, SILT_TEST_RESULT_TYPE)) {
		out->predicate = SILT_PREDICATE_TEST_RESULT;
		return read_test_result(predicate, &out->verdict, err);
	}
	out->predicate = SILT_PREDICATE_REPORT;
	if (!silt_bytes_are(type, SILT_PREDICATE_REPORT_TYPE)) {
		return refuse(err, "predicateType: expected \"" SILT_TEST_RESULT_TYPE
				   "\" or \"" SILT_PREDICATE_REPORT_TYPE "\"");
	}
	return is_verdict(silt_json_string(silt_json_get(silt_json_get(predicate, "summary"), "verdict")),
			  &out->verdict)
		       ? SILT_OK
		       : refuse(err, "predicate.summary.verdict: expected pass, fail or incomplete");
}

static enum silt_status read_statement(struct held *held, const struct silt_json_value *root, struct silt_error *err)
{
	if (!silt_bytes_are(silt_json_string(silt_json_get(root, "_type")), SILT_STATEMENT_TYPE)) {
		return refuse(err, "_type: expected \"" SILT_STATEMENT_TYPE "\"");
	}
	const enum silt_status status = read_subjects(held, root, err);
	return status == SILT_OK ? read_predicate(&held->attestation, root, err) : status;
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

static enum silt_status verify(struct silt_bytes text, const struct silt_proof_key *key, struct held *held,
			       struct silt_error *err)
{
	struct silt_json *envelope = NULL, *statement = NULL;
	struct silt_buffer payload = {0};
	enum silt_status status = silt_secure_init(err);
	if (status == SILT_OK) {
		status = parse(text, "expected an envelope", &envelope, err);
	}
	if (status == SILT_OK) {
		status = open_envelope(silt_json_root(envelope), key, &payload, err);
	}
	silt_json_free(envelope);
	if (status == SILT_OK) {
		status = parse(silt_buffer_bytes(&payload), "expected a statement in the payload", &statement, err);
	}
	if (status == SILT_OK) {
		status = read_statement(held, silt_json_root(statement), err);
	}
	silt_json_free(statement);
	silt_buffer_done(&payload);
	return status;
}

enum silt_status silt_envelope_verify(const void *text, size_t size, const struct silt_proof_key *key,
				      struct silt_attestation **out, struct silt_error *err)
{
	struct held *held = calloc(1, sizeof(*held));
	if (!held) {
		return silt_fail_memory(err);
	}
	const enum silt_status status = verify(silt_bytes(text, size), key, held, err);
	if (status == SILT_OK) {
		*out = &held->attestation;
	} else {
		silt_attestation_free(&held->attestation);
	}
	return status;
}

void silt_attestation_free(struct silt_attestation *attestation)
{
	struct held *held = (struct held *)attestation;
	if (held) {
		silt_arena_done(&held->arena);
		free(held);
	}
}

const struct silt_subject *silt_attestation_subject(const struct silt_attestation *attestation, const char *digest)
{
	for (size_t i = 0; i < attestation->subject_count; i++) {
		if (strcmp(attestation->subjects[i].digest, digest) == 0) {
			return &attestation->subjects[i];
		}
	}
	return NULL;
}
