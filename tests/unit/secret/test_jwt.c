/* What a JSON Web Token says of itself. The tokens are made here, from the JSON that is in them. */
#include "check.h"
#include "judge.h"

#include "base/buffer.h"
#include "base/secure.h"

/* Four parts of it make a signature: nothing checks one. */
static const char header[] = "{\"alg\":\"RS256\",\"kid\":\"k1\"}";
static const char signature[] = "c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJl";

static struct judged judge_token(silt_validate_fn *validate, const char *head, const char *claims, const char *tail)
{
	struct silt_buffer token = {0};
	silt_base64(&token, silt_bytes_text(head));
	silt_buffer_add_text(&token, ".");
	silt_base64(&token, silt_bytes_text(claims));
	silt_buffer_add_text(&token, ".");
	silt_buffer_add_text(&token, tail);
	assert_false(token.failed);
	struct judged judged = judge(validate, silt_buffer_bytes(&token));
	silt_buffer_done(&token);
	return judged;
}

static struct judged judge_claims(const char *claims)
{
	return judge_token(silt_validate_jwt, header, claims, signature);
}

static void algorithm_issuer_and_expiry_are_told(void **state)
{
	(void)state;
	struct judged judged =
		judge_claims("{\"iss\":\"https://issuer.example.org\",\"sub\":\"somebody\",\"exp\":1700000000}");
	assert_true(judged.match);
	assert_int_equal(judged.severity, SILT_SEVERITY_HIGH);
	assert_int_equal(judged.confidence, SILT_CONFIDENCE_LIKELY);
	assert_string_equal(judged.facts, "alg RS256, issuer https://issuer.example.org");
	assert_int_equal(judged.expires, 1700000000);
}

static void a_token_without_expiry_says_so(void **state)
{
	(void)state;
	struct judged judged = judge_claims("{\"iss\":\"supabase\",\"role\":\"service_role\"}");
	assert_string_equal(judged.facts, "alg RS256, issuer supabase, role service_role, never expires");
	assert_int_equal(judged.expires, 0);
}

static void claims_that_are_no_short_words_are_not_told(void **state)
{
	(void)state;
	static const char *const claims[] = {
		"{\"iss\":\"a\\u001b[31mb\",\"exp\":5}",
		"{\"iss\":\"two words\",\"exp\":5}",
		"{\"iss\":\"https://user:hunter2@example.org\",\"exp\":5}",
		"{\"iss\":\"caf\\u00e9\",\"exp\":5}",
		"{\"iss\":\"\",\"exp\":5}",
		"{\"iss\":7,\"exp\":5}",
		"{\"iss\":\"01234567890123456789012345678901234567890123456789012345678901234567890123456789+\","
		"\"exp\":"
		"5}",
	};
	for (size_t i = 0; i < SILT_COUNT(claims); i++) {
		struct judged judged = judge_claims(claims[i]);
		assert_true(judged.match);
		assert_string_equal(judged.facts, "alg RS256");
	}
}

static void an_expiry_that_is_no_whole_number_is_none(void **state)
{
	(void)state;
	assert_int_equal(judge_claims("{\"exp\":-5}").expires, 0);
	assert_int_equal(judge_claims("{\"exp\":1e3}").expires, 0);
	assert_int_equal(judge_claims("{\"exp\":\"5\"}").expires, 0);
	assert_int_equal(judge_claims("{\"exp\":9223372036854775807}").expires, INT64_MAX);
}

static void an_unsigned_token_is_only_possible(void **state)
{
	(void)state;
	struct judged none = judge_token(silt_validate_jwt, "{\"alg\":\"none\"}", "{\"sub\":\"u\"}", "");
	assert_true(none.match);
	assert_int_equal(none.confidence, SILT_CONFIDENCE_POSSIBLE);
	assert_string_equal(none.note, "not signed");
	struct judged cut = judge_token(silt_validate_jwt, header, "{\"sub\":\"u\"}", "c2lnbmF0dXJl");
	assert_int_equal(cut.confidence, SILT_CONFIDENCE_POSSIBLE);
}

static void the_sample_of_the_documentation_is_information(void **state)
{
	(void)state;
	struct judged judged = judge_claims("{\"sub\":\"1234567890\",\"name\":\"John Doe\",\"iat\":1516239022}");
	assert_int_equal(judged.severity, SILT_SEVERITY_INFO);
	struct judged other = judge_claims("{\"sub\":\"1234567891\",\"name\":\"John Doe\",\"iat\":1516239022}");
	assert_int_equal(other.severity, SILT_SEVERITY_HIGH);
}

static void broken_claims_are_doubtful_and_a_broken_header_is_no_token(void **state)
{
	(void)state;
	struct judged judged = judge_claims("{\"iss\":\"x\"");
	assert_true(judged.match);
	assert_int_equal(judged.confidence, SILT_CONFIDENCE_POSSIBLE);
	assert_string_equal(judged.facts, "alg RS256");
	assert_false(judge_token(silt_validate_jwt, "{\"alg\":\"RS256\"", "{}", signature).match);
	assert_false(judge_token(silt_validate_jwt, "{\"typ\":\"JWT\"}", "{}", signature).match);
	assert_false(judge_token(silt_validate_jwt, "[\"alg\"]", "{}", signature).match);
}

static void parts_are_three_or_five(void **state)
{
	(void)state;
	assert_true(judge_text(silt_validate_jwt, "eyJhbGciOiJSU0EtT0FFUCJ9.a2V5.aXY.dGV4dA.dGFn").match);
	assert_string_equal(judge_text(silt_validate_jwt, "eyJhbGciOiJSU0EtT0FFUCJ9.a2V5.aXY.dGV4dA.dGFn").note,
			    "encrypted (JWE)");
	static const char *const others[] = {
		"",
		"....",
		"eyJhbGciOiJSU0EtT0FFUCJ9",
		"eyJhbGciOiJSU0EtT0FFUCJ9.a2V5",
		".",
		"..",
		"eyJhbGciOiJSU0EtT0FFUCJ9.a2V5.aXY.dGV4dA",
		"eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d.e",
	};
	for (size_t i = 0; i < SILT_COUNT(others); i++) {
		assert_false(judge_text(silt_validate_jwt, others[i]).match);
	}
}

static void both_kinds_of_service_accounts_are_named_and_are_no_plain_jwt(void **state)
{
	(void)state;
	static const char stored[] = "{\"iss\":\"kubernetes/serviceaccount\","
				     "\"kubernetes.io/serviceaccount/namespace\":\"build\","
				     "\"kubernetes.io/serviceaccount/service-account.name\":\"robot\"}";
	static const char bound[] = "{\"exp\":1700000000,\"kubernetes.io\":{\"namespace\":\"build\","
				    "\"serviceaccount\":{\"name\":\"robot\",\"uid\":\"1\"}}}";
	struct judged judged = judge_token(silt_validate_kubernetes_token, header, stored, signature);
	assert_true(judged.match);
	assert_string_equal(judged.facts, "namespace build, service account robot, alg RS256, "
					  "issuer kubernetes/serviceaccount, never expires");
	judged = judge_token(silt_validate_kubernetes_token, header, bound, signature);
	assert_true(judged.match);
	assert_string_equal(judged.facts, "namespace build, service account robot, alg RS256");
	assert_int_equal(judged.expires, 1700000000);
	assert_false(judge_claims(stored).match);
	assert_false(judge_claims(bound).match);
	assert_false(judge_token(silt_validate_kubernetes_token, header, "{\"iss\":\"x\"}", signature).match);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(algorithm_issuer_and_expiry_are_told),
		cmocka_unit_test(a_token_without_expiry_says_so),
		cmocka_unit_test(claims_that_are_no_short_words_are_not_told),
		cmocka_unit_test(an_expiry_that_is_no_whole_number_is_none),
		cmocka_unit_test(an_unsigned_token_is_only_possible),
		cmocka_unit_test(the_sample_of_the_documentation_is_information),
		cmocka_unit_test(broken_claims_are_doubtful_and_a_broken_header_is_no_token),
		cmocka_unit_test(parts_are_three_or_five),
		cmocka_unit_test(both_kinds_of_service_accounts_are_named_and_are_no_plain_jwt),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
