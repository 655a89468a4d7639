/*
 * Tokens of source hosting, builds and packages. All were made up with another program: it computed their checksums, and
 * nothing here computes them again.
 */
#include "check.h"
#include "judge.h"

static const char atlassian_token[] =
	"ATATT3xFfGF0fJo69Ck7R4Btr8UBs7FS7o6S5HbrIFdNDOlC87Q_sexwkcVNVAc_hva9FrLhJ-r59ehi_w8BYy87dvani2xj"
	"LE_7RaGVoo_ALvpZHtZrjmTJAMJTT1-NXa0IrleG6woopoDzp7O8QuKEh6D0JCk39QmJWikyFE-xzzdAIDhXzKX=C9CDD444";
static const char repository_token[] =
	"ATCTT3xFfGN02QkI3cBXkLjSgSOUpTP_j33ZyXOivikASDTyPhQz0ziAFnPzMtgBoxpAKLG3JxIyiJG21DHtOR3WRbUfXrG7"
	"jwrGJ2uN0JMIyF7fzD7VOZ5Cv38ufPZvzVXPvHrFoue9Us9RcFJkIWHxSCo-KSKtphrPjeBk2hwu2ngb8ETDAXH=FE98A777";
static const char app_password[] = "ATBB2vnBHm8qRswhqyGP9YwWaViK6BFDD810";
static const char server_token[] = "BBDC-MTQwMjYxNDAxNDE5Otw5EkTdIHUDV45r7utFoCIMh7Y+";
static const char vercel_token[] = "vcp_y7AG3BCxJeJXmDISWhBHMp1G201kWZCWUFxS6gqfRgVYruPWJi1KkfXd";
static const char pypi_token[] =
	"pypi-AgEIcHlwaS5vcmcCJDBhMWIyYzNkLTAwMDAtNDAwMC04MDAwLTAxMjM0NTY3ODlhYgACKlszLCIwZjFlMmQzYy0wMDA"
	"wLTQwMDAtODAwMC0wMTIzNDU2Nzg5YSJdAAAGIG51r2VHz7EbQgckgtxTHCvDkHyWF-teUInkAYa6qKV9";
static const char test_pypi_token[] =
	"pypi-AgENdGVzdC5weXBpLm9yZwIkMGExYjJjM2QtMDAwMC00MDAwLTgwMDAtMDEyMzQ1Njc4OWFiAAIqWzMsIjBmMWUyZDN"
	"jLTAwMDAtNDAwMC04MDAwLTAxMjM0NTY3ODlhIl0AAAYgEZ5vtl0Aq8Mq845mfwIuhy1JzBXJC5mbdytPx6b9TJE";
static const char reference_token[] = "cmVmdGtuOjAxOjAwMDAwMDAwMDA6a2RmOTJxcmp2V2VSa2lwVzh3WG1XYXJxcDFx";
static const char expiring_reference_token[] = "cmVmdGtuOjAxOjE4OTM0NTYwMDA6aGJwdmpoemlmRTUxMjhlTno2T3JTWjNlMWVZ";
static const char fly_token[] =
	"fm2_lJPEEOMBQK6Pdps+b2RCfXvuh0POABI0VsK8Zmx5LmlvL3YxNDXZABKU+nQ06DXMTdTyEapRjr/xn7ju8bXCgIH+2eX8"
	"2gKJn4GJF+DZx6hjSqeGAa3oECYG6L7qKJ68JslOeUbBj0Be9ijPsicPE7I2nNg=";
static const char jenkins_secret[] = "{AQAAABAAAAAgvJ/7QxfpGjxzs7W63CSmwdciiTTZhRE7DGhlvSz2YaZ5xsn5pNjYdV9tc355vHTY}";

/* The text with one character replaced. */
static const char *with(const char *text, size_t at, char c)
{
	static char changed[1024];
	assert_true(at < strlen(text) && strlen(text) < sizeof(changed));
	memcpy(changed, text, strlen(text) + 1);
	changed[at] = c;
	return changed;
}

static void atlassian_tokens_prove_themselves(void **state)
{
	(void)state;
	struct judged cloud = judge(silt_validate_atlassian, atlassian_token);
	struct judged repository = judge(silt_validate_atlassian, repository_token);
	struct judged password = judge(silt_validate_atlassian, app_password);
	assert_proven(&cloud);
	assert_proven(&repository);
	assert_proven(&password);
}

static void an_edited_atlassian_token_is_doubtful(void **state)
{
	(void)state;
	struct judged edited = judge(silt_validate_atlassian, with(atlassian_token, 40, '_'));
	assert_doubtful(&edited);
}

static void an_app_password_is_not_refuted(void **state)
{
	(void)state;
	struct judged edited = judge(silt_validate_atlassian, with(app_password, 10, '0'));
	assert_unjudged(&edited);
}

static void a_server_token_decodes_to_an_id_and_a_secret(void **state)
{
	(void)state;
	struct judged marked = judge(silt_validate_atlassian_server, server_token);
	struct judged bare = judge(silt_validate_atlassian_server, server_token + strlen("BBDC-"));
	assert_proven(&marked);
	assert_proven(&bare);
}

/* The prefix is reason enough to report; without it, nothing is. */
static void what_does_not_decode_matches_by_its_prefix_only(void **state)
{
	(void)state;
	struct judged marked =
		judge(silt_validate_atlassian_server, "BBDC-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
	struct judged bare = judge(silt_validate_atlassian_server, "MAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
	assert_unjudged(&marked);
	assert_false(bare.matches);
}

static void vercel_tokens_carry_a_checksum(void **state)
{
	(void)state;
	struct judged whole = judge(silt_validate_vercel, vercel_token);
	struct judged edited = judge(silt_validate_vercel, with(vercel_token, 20, '0'));
	struct judged cut = judge_part(silt_validate_vercel, vercel_token, 0, 54);
	assert_proven(&whole);
	assert_doubtful(&edited);
	assert_doubtful(&cut);
}

static void a_pypi_token_names_its_index(void **state)
{
	(void)state;
	struct judged token = judge(silt_validate_pypi, pypi_token);
	struct judged test = judge(silt_validate_pypi, test_pypi_token);
	assert_proven(&token);
	assert_string_equal(token.facts, "for pypi.org");
	assert_proven(&test);
	assert_string_equal(test.facts, "for test.pypi.org");
}

static void a_pypi_token_that_does_not_decode_is_doubtful(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"pypi-",                 /* nothing */
		"pypi-AgE",              /* no length */
		"pypi-AgEI",             /* a length, and nothing of that length */
		"pypi-AgEIcHlwaQ",       /* less than the length */
		"pypi-AgEIcHlwaS5vcmc",  /* a host, and nothing behind it */
		"pypi-AgEA",             /* no host */
		"pypi-AgEIICAgICAgICAC", /* a host of spaces */
		"pypi-!!!!",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct judged judged = judge(silt_validate_pypi, texts[i]);
		assert_doubtful(&judged);
		assert_string_equal(judged.facts, "");
	}
}

static void a_reference_token_says_when_it_expires(void **state)
{
	(void)state;
	struct judged lasting = judge(silt_validate_jfrog_reference, reference_token);
	struct judged ending = judge(silt_validate_jfrog_reference, expiring_reference_token);
	assert_proven(&lasting);
	assert_int_equal(lasting.expires, 0);
	assert_proven(&ending);
	assert_int_equal(ending.expires, 1893456000);
}

static void other_base64_is_a_doubtful_reference_token(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"cmVmdGtuOjAxOg==",                             /* reftkn:01: */
		"cmVmdGtuOjAxOjAwMDAwMDAwMDA6",                 /* no secret */
		"cmVmdGtuOnh4OjAwMDAwMDAwMDA6YWJjZGVmZ2hp",     /* no version */
		"cmVmdGtuOjAxOjAwMDAwMDAwMDAwMDA6YWJjZGVmZ2hp", /* an expiry of thirteen digits */
		"cmVmdGtuOjAxOnNvb246YWJjZGVmZ2hpamts",         /* an expiry in words */
		"",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct judged token = judge(silt_validate_jfrog_reference, texts[i]);
		assert_doubtful(&token);
	}
}

static void a_fly_token_decodes_to_a_macaroon(void **state)
{
	(void)state;
	struct judged token = judge(silt_validate_fly, fly_token);
	struct judged edited = judge(silt_validate_fly, with(fly_token, 4, 'A'));
	struct judged old = judge(silt_validate_fly, "fo1_abcdefghijabcdefghijabcdefghijabcdefghijabc");
	assert_proven(&token);
	assert_unjudged(&edited);
	assert_unjudged(&old);
}

static void a_jenkins_secret_states_its_lengths(void **state)
{
	(void)state;
	struct judged secret = judge(silt_validate_jenkins_secret, jenkins_secret);
	assert_proven(&secret);
	assert_false(judge(silt_validate_jenkins_secret, with(jenkins_secret, 1, 'B')).matches);  /* version 5 */
	assert_false(judge(silt_validate_jenkins_secret, with(jenkins_secret, 12, 'A')).matches); /* no data */
	assert_false(judge_part(silt_validate_jenkins_secret, jenkins_secret, 0, 40).matches);
	assert_false(judge(silt_validate_jenkins_secret, "{}").matches);
	assert_false(judge(silt_validate_jenkins_secret, "{").matches);
}

static void damage_is_survived(void **state)
{
	(void)state;
	judge_damaged(silt_validate_atlassian, atlassian_token);
	judge_damaged(silt_validate_atlassian_server, server_token);
	judge_damaged(silt_validate_vercel, vercel_token);
	judge_damaged(silt_validate_pypi, pypi_token);
	judge_damaged(silt_validate_jfrog_reference, expiring_reference_token);
	judge_damaged(silt_validate_fly, fly_token);
	judge_damaged(silt_validate_jenkins_secret, jenkins_secret);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(atlassian_tokens_prove_themselves),
		cmocka_unit_test(an_edited_atlassian_token_is_doubtful),
		cmocka_unit_test(an_app_password_is_not_refuted),
		cmocka_unit_test(a_server_token_decodes_to_an_id_and_a_secret),
		cmocka_unit_test(what_does_not_decode_matches_by_its_prefix_only),
		cmocka_unit_test(vercel_tokens_carry_a_checksum),
		cmocka_unit_test(a_pypi_token_names_its_index),
		cmocka_unit_test(a_pypi_token_that_does_not_decode_is_doubtful),
		cmocka_unit_test(a_reference_token_says_when_it_expires),
		cmocka_unit_test(other_base64_is_a_doubtful_reference_token),
		cmocka_unit_test(a_fly_token_decodes_to_a_macaroon),
		cmocka_unit_test(a_jenkins_secret_states_its_lengths),
		cmocka_unit_test(damage_is_survived),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
