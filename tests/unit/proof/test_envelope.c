/* Envelopes: what is signed is proven, and nothing else is. */
#include "base/buffer.h"
#include "base/secure.h"
#include "proof/envelope.h"
#include "proof/identity.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define HEX_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SUBJECTS "\"subject\":[{\"name\":\"app.tar\",\"digest\":{\"sha256\":\"" HEX_A "\"}}]"
#define TEST_RESULT(result, verdict)                                                                                   \
	"{\"_type\":\"" SILT_STATEMENT_TYPE "\"," SUBJECTS ",\"predicateType\":\"" SILT_TEST_RESULT_TYPE               \
	"\",\"predicate\":{\"result\":\"" result                                                                       \
	"\",\"configuration\":[{\"name\":\"silt\",\"annotations\":{\"verdict\":\"" verdict "\"}}]}}"

static const uint8_t seed[SILT_SEED_SIZE] = {1, 2, 3};
static const uint8_t other_seed[SILT_SEED_SIZE] = {3, 2, 1};

static bool add(void *ctx, const void *bytes, size_t size)
{
	silt_buffer_add(ctx, silt_bytes(bytes, size));
	return true;
}

static void sign_with(const uint8_t *by, const char *statement, struct silt_buffer *out)
{
	struct silt_identity *identity = NULL;
	assert_int_equal(silt_identity_of_seed(by, &identity, NULL), SILT_OK);
	assert_int_equal(silt_envelope_write(identity, silt_bytes_text(statement), (struct silt_sink){add, out}, NULL),
			 SILT_OK);
	silt_identity_free(identity);
}

static enum silt_status verify(struct silt_bytes text, struct silt_attestation **out, struct silt_error *err)
{
	struct silt_identity *identity = NULL;
	assert_int_equal(silt_identity_of_seed(seed, &identity, NULL), SILT_OK);
	const struct silt_proof_key key = *silt_identity_key(identity);
	silt_identity_free(identity);
	return silt_envelope_verify(text.ptr, text.len, &key, out, err);
}

static void assert_unproven(struct silt_bytes text, const char *words)
{
	struct silt_attestation *attestation = NULL;
	struct silt_error err = {0};
	assert_int_equal(verify(text, &attestation, &err), SILT_ERR_UNPROVEN);
	assert_null(attestation);
	if (!strstr(err.text, words)) {
		fail_msg("\"%s\" does not say \"%s\"", err.text, words);
	}
}

static void a_signed_verdict_is_proven(void **state)
{
	(void)state;
	struct silt_buffer text = {0};
	struct silt_attestation *attestation = NULL;
	sign_with(seed, TEST_RESULT("FAILED", "incomplete"), &text);
	assert_int_equal(verify(silt_buffer_bytes(&text), &attestation, NULL), SILT_OK);
	assert_int_equal(attestation->verdict, SILT_VERDICT_INCOMPLETE);
	assert_int_equal(attestation->predicate, SILT_PREDICATE_TEST_RESULT);
	assert_int_equal(attestation->subject_count, 1);
	assert_string_equal(attestation->subjects[0].name, "app.tar");
	assert_ptr_equal(silt_attestation_subject(attestation, "sha256:" HEX_A), &attestation->subjects[0]);
	assert_null(silt_attestation_subject(attestation, "sha256:"));
	silt_attestation_free(attestation);
	silt_buffer_done(&text);
}

/*
 * Every byte, by its lowest bit; and every length. The newline at the end is no part of the document, and without the
 * member "keyid", which DSSE does not demand, the signature holds as before.
 */
static void a_changed_envelope_proves_nothing(void **state)
{
	(void)state;
	struct silt_buffer text = {0};
	sign_with(seed, TEST_RESULT("PASSED", "pass"), &text);
	const size_t keyid = (size_t)(strstr(silt_buffer_text(&text), "\"keyid\"") - silt_buffer_text(&text));
	for (size_t i = 0; i + 1 < text.len; i++) {
		const bool named = i > keyid && i <= keyid + strlen("keyid");
		text.ptr[i] ^= named ? 0 : 1;
		if (!named) {
			assert_unproven(silt_buffer_bytes(&text), "");
		}
		text.ptr[i] ^= named ? 0 : 1;
		assert_unproven(silt_bytes(text.ptr, i), "");
	}
	silt_buffer_done(&text);
}

static void another_key_proves_nothing(void **state)
{
	(void)state;
	struct silt_buffer text = {0};
	sign_with(other_seed, TEST_RESULT("PASSED", "pass"), &text);
	assert_unproven(silt_buffer_bytes(&text), "another key signed, or it was changed since");
	silt_buffer_done(&text);
}

static void what_is_signed_must_be_a_statement_of_ours(void **state)
{
	(void)state;
	static const struct {
		const char *statement, *words;
	} cases[] = {
		{"", "payload"},
		{"x", "expected a statement in the payload"},
		{"[]", "_type"},
		{"{\"_type\":\"https://in-toto.io/Statement/v0.1\"}", "_type"},
		{"{\"_type\":\"" SILT_STATEMENT_TYPE "\"}", "subject"},
		{"{\"_type\":\"" SILT_STATEMENT_TYPE "\",\"subject\":[]}", "subject"},
		{"{\"_type\":\"" SILT_STATEMENT_TYPE "\",\"subject\":[{\"name\":\"a\",\"digest\":{\"sha1\":\"a\"}}]}",
		 "subject[0]"},
		{"{\"_type\":\"" SILT_STATEMENT_TYPE "\",\"subject\":[{\"digest\":{\"sha256\":\"A\"}}]}", "subject[0]"},
		{"{\"_type\":\"" SILT_STATEMENT_TYPE "\"," SUBJECTS "}", "predicateType"},
		{"{\"_type\":\"" SILT_STATEMENT_TYPE "\"," SUBJECTS
		 ",\"predicateType\":\"https://slsa.dev/provenance/v1\"}",
		 "predicateType"},
		{"{\"_type\":\"" SILT_STATEMENT_TYPE "\"," SUBJECTS ",\"predicateType\":\"" SILT_PREDICATE_REPORT_TYPE
		 "\"}",
		 "summary.verdict"},
		{TEST_RESULT("PASSED", "fail"), "predicate.result"},
		{TEST_RESULT("FAILED", "pass"), "predicate.result"},
		{TEST_RESULT("PASSED", "passed"), "annotations.verdict"},
		{"{\"_type\":\"a\",\"_TYPE\":\"" SILT_STATEMENT_TYPE "\"}", "two members of one name"},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		struct silt_buffer text = {0};
		sign_with(seed, cases[i].statement, &text);
		assert_unproven(silt_buffer_bytes(&text), cases[i].words);
		silt_buffer_done(&text);
	}
}

static void what_is_no_envelope_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *words;
	} cases[] = {
		{"", "expected an envelope"},
		{"{}", "payloadType"},
		{"[1]", "payloadType"},
		{"{\"payloadType\":\"text/plain\",\"payload\":\"eA==\",\"signatures\":[{}]}", "payloadType"},
		{"{\"payloadType\":\"" SILT_PAYLOAD_TYPE "\",\"payload\":\"eA==\"}", "signatures"},
		{"{\"payloadType\":\"" SILT_PAYLOAD_TYPE "\",\"payload\":\"eA==\",\"signatures\":[]}", "signatures"},
		{"{\"payloadType\":\"" SILT_PAYLOAD_TYPE "\",\"payload\":\"e\",\"signatures\":[{}]}", "payload"},
		{"{\"payloadType\":\"" SILT_PAYLOAD_TYPE "\",\"payload\":\"eB==\",\"signatures\":[{}]}", "payload"},
		{"{\"payloadType\":\"" SILT_PAYLOAD_TYPE "\",\"payload\":\"+-+-\",\"signatures\":[{}]}", "payload"},
		{"{\"payloadType\":\"" SILT_PAYLOAD_TYPE "\",\"payload\":7,\"signatures\":[{}]}", "payload"},
		{"{\"payloadType\":\"" SILT_PAYLOAD_TYPE
		 "\",\"payload\":\"eA==\",\"signatures\":[7,{\"sig\":\"eA==\"}]}",
		 "no signature"},
		{"{\"payload\":\"eA==\",\"Payload\":\"eA==\"}", "two members of one name"},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		assert_unproven(silt_bytes_text(cases[i].text), cases[i].words);
	}
}

/* Ours may stand behind one of somebody else; a keyid need not be there, and members of others may. */
static void one_good_signature_of_several_is_enough(void **state)
{
	(void)state;
	struct silt_buffer text = {0}, more = {0};
	struct silt_attestation *attestation = NULL;
	sign_with(seed, TEST_RESULT("PASSED", "pass"), &text);
	const char *start = silt_buffer_text(&text), *signatures = strstr(start, "[{\"keyid\""),
		   *signature = strstr(start, "\"sig\"");
	silt_buffer_add(&more, silt_bytes(start, (size_t)(signatures - start)));
	silt_buffer_printf(&more, "[{\"keyid\":\"x\",\"sig\":\"eA==\"},{\"cert\":\"y\",%s", signature);
	assert_int_equal(verify(silt_buffer_bytes(&more), &attestation, NULL), SILT_OK);
	assert_int_equal(attestation->verdict, SILT_VERDICT_PASS);
	silt_attestation_free(attestation);
	silt_buffer_done(&more);
	silt_buffer_done(&text);
}

static void a_keyid_that_is_no_text_is_not_ours(void **state)
{
	(void)state;
	static const char *const values[] = {"5", "true", "[]", "{}"};
	struct silt_buffer text = {0};
	sign_with(seed, TEST_RESULT("PASSED", "pass"), &text);
	const char *start = silt_buffer_text(&text), *keyid = strstr(start, "\"keyid\""),
		   *signature = strstr(start, "\"sig\"");
	for (size_t i = 0; i < SILT_COUNT(values); i++) {
		struct silt_buffer more = {0};
		silt_buffer_add(&more, silt_bytes(start, (size_t)(keyid - start)));
		silt_buffer_printf(&more, "\"keyid\":%s,%s", values[i], signature);
		assert_unproven(silt_buffer_bytes(&more), "no signature on it is by the key");
		silt_buffer_done(&more);
	}
	silt_buffer_done(&text);
}

/* The example of the specification (DSSE, protocol.md), with our type. */
static void what_is_signed_has_its_type_and_lengths(void **state)
{
	(void)state;
	struct silt_buffer out = {0};
	silt_envelope_signed_bytes(&out, SILT_LITERAL("hello world"));
	assert_string_equal(silt_buffer_text(&out), "DSSEv1 28 application/vnd.in-toto+json 11 hello world");
	silt_buffer_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signed_verdict_is_proven),
		cmocka_unit_test(a_changed_envelope_proves_nothing),
		cmocka_unit_test(another_key_proves_nothing),
		cmocka_unit_test(what_is_signed_must_be_a_statement_of_ours),
		cmocka_unit_test(what_is_no_envelope_is_refused),
		cmocka_unit_test(one_good_signature_of_several_is_enough),
		cmocka_unit_test(a_keyid_that_is_no_text_is_not_ours),
		cmocka_unit_test(what_is_signed_has_its_type_and_lengths),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
