/* Which names and values are taken for secrets. */
#include "audit/credential.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static bool looks(const char *name, const char *value)
{
	enum silt_confidence confidence;
	return silt_looks_like_credential(silt_bytes_text(name), silt_bytes_text(value), &confidence);
}

static void a_password_is_one_whatever_it_looks_like(void **state)
{
	(void)state;
	assert_true(looks("MYSQL_ROOT_PASSWORD", "letmein"));
	assert_true(looks("db.passwd", "hunter2"));
	assert_true(looks("my-secret", "correct horse battery staple"));
	assert_true(looks("PASSWORD", "password"));
}

static void a_key_or_token_must_look_random(void **state)
{
	(void)state;
	assert_true(looks("API_TOKEN", "q8Zt2LmV0xPw7RkY4sNd"));
	assert_true(looks("SESSION_KEY", "9f86d081884c7d659a2feaa0c55ad015"));
	assert_false(looks("API_TOKEN", "development"));
	assert_false(looks("AUTH", "ldap"));
	assert_false(looks("SORT_KEY", "created-at-2"));
	assert_false(looks("TOKEN", "short1"));
}

static void random_values_are_likely_and_others_possible(void **state)
{
	(void)state;
	enum silt_confidence confidence;
	assert_true(silt_looks_like_credential(SILT_LITERAL("DB_PASSWORD"), SILT_LITERAL("letmein"), &confidence));
	assert_int_equal(confidence, SILT_CONFIDENCE_POSSIBLE);
	assert_true(silt_looks_like_credential(SILT_LITERAL("DB_PASSWORD"), SILT_LITERAL("q8Zt2LmV0xPw7RkY4sNd"),
					       &confidence));
	assert_int_equal(confidence, SILT_CONFIDENCE_LIKELY);
}

static void words_count_as_a_whole(void **state)
{
	(void)state;
	static const char *const harmless[] = {"KEYBOARD",  "KEYCLOAK_HOME",          "MONKEY",     "BYPASS", "COMPASS",
					       "PASSENGER", "TOKENIZERS_PARALLELISM", "ACCESS_LOG", "AUTHOR"};
	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++) {
		assert_false(looks(harmless[i], "q8Zt2LmV0xPw7RkY4sNd"));
	}
}

static void what_is_about_a_secret_is_none(void **state)
{
	(void)state;
	assert_false(looks("GPG_KEY", "E3FF2839C048B25C084DEBE9B26995E310250568"));
	assert_false(looks("GPG_KEYS", "E3FF2839C048B25C084DEBE9B26995E310250568"));
	assert_false(looks("SSH_PUBLIC_KEY", "q8Zt2LmV0xPw7RkY4sNd"));
	assert_false(looks("SECRET_FILE", "q8Zt2LmV0xPw7RkY4sNd"));
	assert_false(looks("PASSWORD_MIN_LENGTH", "twelve12"));
	assert_false(looks("RABBITMQ_PGP_KEY_ID", "0x0A9AF2115F4687BD29803A206B73029D2AC46D1"));
}

static void placeholders_switches_paths_and_numbers_are_none(void **state)
{
	(void)state;
	static const char *const values[] = {
		"",
		"true",
		"No",
		"0",
		"12345678",
		"-1.5",
		"${SECRET}",
		"$SECRET",
		"<secret>",
		"@SECRET@",
		"{{ secret }}",
		"%(secret)s",
		"ChangeMe",
		"change_me!",
		"REDACTED",
		"xxxxxxxx",
		"********",
		"/run/secrets/db",
		"./secret",
		"my-example",
		"aaaaaaaa",
		"undefined",
		"https://vault.internal/v1/x",
	};
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		if (looks("DB_PASSWORD", values[i])) {
			fail_msg("%s", values[i]);
		}
	}
}

static void a_bare_uuid_is_no_token(void **state)
{
	(void)state;
	assert_false(looks("TOKEN", "6f1ed002-ab2d-4c6e-9f3b-1a2b3c4d5e6f"));
	assert_true(looks("TOKEN", "6f1ed002-ab2d-4c6e-9f3b-1a2b3c4d5e6f7"));
}

static void a_document_is_no_password(void **state)
{
	(void)state;
	char value[1026];
	for (size_t i = 0; i < sizeof(value) - 1; i++) {
		value[i] = (char)('a' + i * 7 % 23);
	}
	value[1025] = '\0';
	assert_false(looks("PASSWORD", value));
	value[1024] = '\0';
	assert_true(looks("PASSWORD", value + 4));
}

static void bytes_of_any_kind_are_read(void **state)
{
	(void)state;
	enum silt_confidence confidence;
	assert_true(silt_looks_like_credential(SILT_LITERAL("A__PASSWORD\0_"), SILT_LITERAL("\xff\0\1"), &confidence) ==
		    false);
	assert_true(silt_looks_like_credential(SILT_LITERAL("__PASSWORD__"), SILT_LITERAL("\xff\0\1"), &confidence));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_password_is_one_whatever_it_looks_like),
		cmocka_unit_test(a_key_or_token_must_look_random),
		cmocka_unit_test(random_values_are_likely_and_others_possible),
		cmocka_unit_test(words_count_as_a_whole),
		cmocka_unit_test(what_is_about_a_secret_is_none),
		cmocka_unit_test(placeholders_switches_paths_and_numbers_are_none),
		cmocka_unit_test(a_bare_uuid_is_no_token),
		cmocka_unit_test(a_document_is_no_password),
		cmocka_unit_test(bytes_of_any_kind_are_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
