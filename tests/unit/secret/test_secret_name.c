/* What names say, and what values look random. */
#include "check.h"

#include "secret/random_value.h"
#include "secret/secret_name.h"

static void expect(enum silt_name_says says, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (silt_read_name(silt_bytes_text(names[i])) != says) {
			fail_msg("%s does not say %d", names[i], (int)says);
		}
	}
}

#define ALL(says, ...)                                                                                                 \
	expect(says, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void names_of_passwords_end_in_one(void **state)
{
	(void)state;
	ALL(SILT_NAME_SAYS_PASSWORD, "password", "PASSWORD", "DB_PASSWORD", "dbPassword", "DBPassword",
	    "mysql-root-passwd", "db.pwd", "dbpasswd", "SMTPPASS", "rootpassword", "passphrase", "db_pass2",
	    "spring.datasource.password", "process.env.DB_PASS",
	    "contrase\xc3\xb1"
	    "a",
	    "Kennwort", "user_senha", "$password");
}

static void secrets_keys_and_tokens_are_told_apart(void **state)
{
	(void)state;
	ALL(SILT_NAME_SAYS_SECRET, "client_secret", "clientSecret", "APIKEY", "apikey", "CREDENTIALS");
	ALL(SILT_NAME_SAYS_LOOSELY, "api_key", "apiKey", "X-Api-Key", "AUTH", "accessToken", "token2", "TOKEN");
}

static void words_count_as_a_whole(void **state)
{
	(void)state;
	ALL(SILT_NAME_SAYS_NOTHING, "", "_", "monkey", "KEYBOARD", "bypass", "COMPASS", "passenger", "author",
	    "tokenizer", "turkey", "42", "authority", "keystroke");
}

static void what_is_about_a_secret_is_none(void **state)
{
	(void)state;
	ALL(SILT_NAME_SAYS_NOTHING, "TOKEN_URL", "passwordField", "password_hash", "GPG_KEY", "secretName", "nextToken",
	    "PASSWORD_FILE", "api_key_id", "password.min.length", "csrf_token");
}

static void random_values_are_no_words(void **state)
{
	(void)state;
	static const char *const random[] = {"k7QmZ2vXw9LtRp4N", "9f86d081884c7d659a2feaa0c55ad015",
					     "b7a9f0e2d4c68153"};
	static const char *const plain[] = {"",
					    "hunter2",
					    "getTokenFromStore2",
					    "secret-manager-2",
					    "6f1ed002-ab2d-4c6e-9f3b-1a2b3c4d5e6f",
					    "aaaaaaaaaaaaaaa1",
					    "NoDigitsInThisOneAtAll"};
	for (size_t i = 0; i < sizeof(random) / sizeof(random[0]); i++) {
		assert_true(silt_looks_random(silt_bytes_text(random[i])));
	}
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		assert_false(silt_looks_random(silt_bytes_text(plain[i])));
	}
}

static void strong_passwords_mix(void **state)
{
	(void)state;
	assert_true(silt_looks_strong(silt_bytes_text("Zt4-kQ9xWv")));
	assert_true(silt_looks_strong(silt_bytes_text("summer24!")));
	assert_true(silt_looks_strong(silt_bytes_text("Sommer24x")));
	assert_false(silt_looks_strong(silt_bytes_text("hunter22")));
	assert_false(silt_looks_strong(silt_bytes_text("key_1234")));
	assert_false(silt_looks_strong(silt_bytes_text("Ab1!")));
	assert_false(silt_looks_strong(silt_bytes_text("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_passwords_end_in_one),
		cmocka_unit_test(secrets_keys_and_tokens_are_told_apart),
		cmocka_unit_test(words_count_as_a_whole),
		cmocka_unit_test(what_is_about_a_secret_is_none),
		cmocka_unit_test(random_values_are_no_words),
		cmocka_unit_test(strong_passwords_mix),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
