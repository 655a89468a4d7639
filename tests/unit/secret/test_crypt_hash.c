/* Hashes of passwords. Those that stand here are of the word "silt", by libxcrypt, openssl passwd and SHA-1. */
#include "check.h"
#include "judge.h"

#include <stdio.h>

#define MD5 "$1$abcdefgh$NPs81llFJCJxjfGXGaAzb0"
#define APACHE "$apr1$abcdefgh$sHVqrG.vnzUVhbnM7IL6F/"
#define SHA256_1000 "$5$rounds=1000$saltsalt$bIteeL.nHOMg60eu6onCangpUQPiZp.kdcJ3n0hFcE9"
#define SHA512 "$6$saltsalt$phlC8/MRhw5YPxNu9eChkEoC8PkabRyqUh4DkTimSnjSaK36plEIq7CWBWV83UkX01heK..a5.M7JV2navuSt1"
#define BCRYPT "$2b$04$abcdefghijklmnopqrstuu3hQ.oJ/nf0fV7SiwzNq/DBA2IqXxjwm"
#define YESCRYPT "$y$j9T$abcdefghijkl$TCFzMtCZ4w8ZyJF3id2AgHbosBBWZf1CuLtfcjo2HU7"
#define GOST "$gy$j9T$abcdefghijkl$CCABqKJViO9susWvNlMSfiS03KxY0TaAItYh2qwOq00"
#define SCRYPT "$7$CU..../....abcdefgh$2eOklIy5dCNFJlR61Ot1IF1ovPoCl.xqjMjfYITVTmA"
#define ARGON "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$TCFzMtCZ4w8ZyJF3id2AgHbosBBWZf1CuLtfcjo2HU7"

static const struct {
	const char *hash;
	const char *facts;
} proven[] = {
	{MD5, "md5crypt, fast to try passwords against"},
	{APACHE, "Apache md5crypt, fast to try passwords against"},
	{SHA256_1000, "sha256crypt, 1000 rounds"},
	{SHA512, "sha512crypt, 5000 rounds"},
	{BCRYPT, "bcrypt, cost 4"},
	{YESCRYPT, "yescrypt"},
	{GOST, "gost-yescrypt"},
	{SCRYPT, "scrypt"},
	{ARGON, "argon2id"},
	{"{SHA}LJYEreY6OKCXzvV60AeYl+mDrdo=", "unsalted SHA-1, fast to try passwords against"},
	{"{SSHA}YWWU3SYNez6jGiQzksYdyANnIUNzYWx0", "salted SHA-1, fast to try passwords against"},
};

static void every_scheme_is_proven_and_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < SILT_COUNT(proven); i++) {
		struct judged judged = judge_text(silt_validate_crypt_hash, proven[i].hash);
		if (!judged.match) {
			fail_msg("not recognised: %s", proven[i].hash);
		}
		assert_int_equal(judged.confidence, SILT_CONFIDENCE_PROVEN);
		assert_int_equal(judged.severity, SILT_SEVERITY_HIGH);
		assert_string_equal(judged.facts, proven[i].facts);
	}
}

/* Neither a character less nor more than the scheme writes. */
static void a_hash_of_another_length_is_none(void **state)
{
	(void)state;
	char text[160];
	for (size_t i = 0; i < SILT_COUNT(proven); i++) {
		size_t length = strlen(proven[i].hash);
		bool free_length = strstr(proven[i].facts, "argon2") || strstr(proven[i].facts, "salted SHA-1");
		snprintf(text, sizeof(text), "%sA", proven[i].hash);
		assert_true(free_length || !judge_text(silt_validate_crypt_hash, text).match);
		assert_true(free_length ||
			    !judge(silt_validate_crypt_hash, silt_bytes(proven[i].hash, length - 1)).match);
		for (size_t cut = 0; cut < 15 && cut < length; cut++) {
			assert_false(judge(silt_validate_crypt_hash, silt_bytes(proven[i].hash, cut)).match);
		}
	}
}

static void des_has_a_shape_that_proves_nothing(void **state)
{
	(void)state;
	struct judged judged = judge_text(silt_validate_crypt_hash, "abvv4kB1UeFmc");
	assert_true(judged.match);
	assert_int_equal(judged.confidence, SILT_CONFIDENCE_LIKELY);
	assert_string_equal(judged.facts, "DES, fast to try passwords against");
	judged = judge_text(silt_validate_crypt_hash, "_J9..abcdjIe99f9KZpA");
	assert_string_equal(judged.facts, "extended DES, fast to try passwords against");
	assert_false(judge_text(silt_validate_crypt_hash, "abvv4kB1UeFm").match);
	assert_false(judge_text(silt_validate_crypt_hash, "abvv4kB1UeFmc/").match);
	assert_false(judge_text(silt_validate_crypt_hash, "abvv4kB1UeF-c").match);
}

static void a_locked_hash_has_the_id_of_the_open_one(void **state)
{
	(void)state;
	struct judged judged = judge_text(silt_validate_crypt_hash, "!" MD5);
	assert_true(judged.match);
	assert_string_equal(judged.facts, "md5crypt, fast to try passwords against, locked");
	assert_int_equal(judged.identity_len, strlen(MD5));
	assert_memory_equal(judged.identity, MD5, strlen(MD5));
}

static void what_means_no_password_is_none(void **state)
{
	(void)state;
	static const char *const words[] = {"", "!", "!!", "*", "!*", "x", "*LK*", "!locked", "NP", "password", "$6$"};
	for (size_t i = 0; i < SILT_COUNT(words); i++) {
		assert_false(judge_text(silt_validate_crypt_hash, words[i]).match);
	}
}

static void fillers_and_wrong_parameters_are_none(void **state)
{
	(void)state;
	static const char *const hashes[] = {
		"$1$abcdefgh$xxxxxxxxxxxxxxxxxxxxxx",
		"$1$abcdefghi$NPs81llFJCJxjfGXGaAzb0",
		"$1$abcdefgh$NPs81llFJCJ-jfGXGaAzb0",
		"$2b$03$abcdefghijklmnopqrstuu3hQ.oJ/nf0fV7SiwzNq/DBA2IqXxjwm",
		"$2b$32$abcdefghijklmnopqrstuu3hQ.oJ/nf0fV7SiwzNq/DBA2IqXxjwm",
		"$2c$04$abcdefghijklmnopqrstuu3hQ.oJ/nf0fV7SiwzNq/DBA2IqXxjwm",
		"$2b$04$abcdefghijklmnopqrstuu3hQ.oJ/nf0fV7SiwzNq/DBA2IqXxj m",
		"$5$rounds=$saltsalt$bIteeL.nHOMg60eu6onCangpUQPiZp.kdcJ3n0hFcE9",
		"$5$rounds=1e3$saltsalt$bIteeL.nHOMg60eu6onCangpUQPiZp.kdcJ3n0hFcE9",
		"$5$rounds=9999999999$saltsalt$bIteeL.nHOMg60eu6onCangpUQPiZp.kdcJ3n0hFcE9",
		"$y$$abcdefghijkl$TCFzMtCZ4w8ZyJF3id2AgHbosBBWZf1CuLtfcjo2HU7",
		"$argon2id$TCFzMtCZ4w8ZyJF3id2AgHbosBBWZf1CuLtfcjo2HU7",
		"{SHA}LJYEreY6OKCXzvV60AeYl+mDrdoAAA==",
		"{SSHA}LJYEreY6OKCXzvV60AeYl+mDrdo=",
		"{SHA}not base64",
	};
	for (size_t i = 0; i < SILT_COUNT(hashes); i++) {
		if (judge_text(silt_validate_crypt_hash, hashes[i]).match) {
			fail_msg("%s", hashes[i]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_scheme_is_proven_and_named),
		cmocka_unit_test(a_hash_of_another_length_is_none),
		cmocka_unit_test(des_has_a_shape_that_proves_nothing),
		cmocka_unit_test(a_locked_hash_has_the_id_of_the_open_one),
		cmocka_unit_test(what_means_no_password_is_none),
		cmocka_unit_test(fillers_and_wrong_parameters_are_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
