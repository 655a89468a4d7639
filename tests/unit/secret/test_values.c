/* What a value is made of: limits, placeholders, and the plain values that generic rules must not take for secrets. */
#include "check.h"

#include "base/attributes.h"
#include "secret/placeholder.h"
#include "secret/plain_value.h"
#include "secret/value_limits.h"

static bool is_noise(const char *value)
{
	struct silt_bytes bytes = silt_bytes_text(value);
	return silt_is_placeholder(bytes) || silt_is_plain_value(bytes, silt_bytes(NULL, 0));
}

typedef bool test_fn(struct silt_bytes value);

static void expect(test_fn *test, const char *name, const char *const *values, size_t count, bool wanted)
{
	for (size_t i = 0; i < count; i++) {
		if (test(silt_bytes_text(values[i])) != wanted) {
			fail_msg("%s is %s %s", values[i], wanted ? "no" : "a", name);
		}
	}
}

#define ALL(test, ...)                                                                                                 \
	expect(test, #test, (const char *const[]){__VA_ARGS__},                                                        \
	       sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), true)
#define NONE(test, ...)                                                                                                \
	expect(test, #test, (const char *const[]){__VA_ARGS__},                                                        \
	       sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), false)

static void templates_are_whole_values_between_brackets(void **state)
{
	(void)state;
	ALL(silt_is_template, "${DB_PASSWORD}", "${a}-${b}", "{{ .Values.x }}", "<your-token>", "<%= secret %>",
	    "%(pass)s", "$VAR", "$_x", "$env:NAME", "$this->password", "$config['db']['pass']",
	    "$CPAN::Config->{password}", "$self->$name", "@VAR@", "%PATH%", "#{secret}", "$(cmd)", "%{hiera}",
	    "__PASSWORD__", "[REDACTED]", "{password}", "((vault-key))", "`cat x`", "@@NAME@@");
	NONE(silt_is_template, "$2b$10$abcdefghijklmnopqrstuv", "${", "<>", "x<y>z", "%4s!%", "$1x", "pa$$word",
	     "a${b}", "@1secret@", "$", "$a!b", "");
}

static void phrases_of_placeholder_words_are_placeholders(void **state)
{
	(void)state;
	ALL(silt_is_placeholder_words, "changeme", "CHANGE_ME", "change-me", "password", "Password", "secret", "null",
	    "true", "False", "none", "undefined", "example", "your-api-key", "YOUR_SECRET_KEY_HERE", "mysecretpassword",
	    "my.secret.token", "replace_with_your_password", "insert token here", "todo", "n/a", "deadbeef",
	    "supersecret", "MySecretKey", "this-is-a-secret");
	NONE(silt_is_placeholder_words, "", "hunter2", "password123", "nullx7", "falseprophet", "trueblue9",
	     "-password", "correct-horse-battery-staple", "s3cr3t", "kG7secret",
	     "secretsecretsecretsecretsecretsecretsecretsecretsecretsecretsecretsecret");
}

static void parts_of_examples_give_a_value_away(void **state)
{
	(void)state;
	ALL(silt_has_placeholder_part, "my-EXAMPLE-k7", "changeme123", "your_k3y", "sk-xxxxxxxxxx", "abc...xyz",
	    "****1234", "AKIAXXXXXXXXXXXX", "abc\xe2\x80\xa6xyz", "########", "id=%s&ip=%s");
	NONE(silt_has_placeholder_part, "aB3xxxx9kQ2LmN5pR8", "x*x*", "kd93jf", "");
}

static void sequences_and_repeated_units_are_placeholders(void **state)
{
	(void)state;
	ALL(silt_is_sequence, "12345678", "1234567890", "87654321", "abcdefgh", "ABCDEFGHIJ", "zyxwvu", "aaaaaaaa",
	    "0000-0000", "abababab", "abcabcabc", "1212", "0123456789abcdef", "123456789012345678901234567890",
	    "abcd1234efgh5678", "----", "xxxx-xxxx", "a1b2a1b2", "foobarfoobarfoobar");
	NONE(silt_is_sequence, "hunter2", "a8f5e2c9", "qwertz77", "12349876", "hunter2hunter2", "Tr0ub4dor",
	     "4a1f9c3e7b2d8065");
	assert_true(silt_is_sequence(
		silt_bytes_text("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")));
}

static void names_of_things_are_identifiers(void **state)
{
	(void)state;
	ALL(silt_is_identifier, "getPassword", "secret_key_base", "SECRET_KEY", "config.auth.token", "os.environ",
	    "text/plain", "self->password", "Foo::Bar", "oauth2_token_url", "application/json", "name=value",
	    "alloc::Global", "passwordField", "kebab-case-name", "HTTPServerError", "token");
	NONE(silt_is_identifier, "hunter2", "Sommer2024", "aB3kd9Qx2LmN", "a8f5e2c94b", "xK-9f_Qz.7P", "p@ssw0rd!",
	     "12345", "q7w8e9r0t1y2", "kX9vBq3ZtLw8RmNp", "7f3k2m9x4q8z1v5b6n0c", "");
}

static void calls_are_names_and_brackets(void **state)
{
	(void)state;
	ALL(silt_is_call, "getenv(\"X\")", "os.environ['TOKEN']", "get_password(", "config.get(name);", "readSecret()");
	NONE(silt_is_call, "aB(3kd9", "x(1)", "pass(word", "(getenv)", "hunter2", "K9(x2)");
}

static void places_are_paths_and_addresses(void **state)
{
	(void)state;
	ALL(silt_is_path, "/etc/ssl/private/key.pem", "./secret", "../x", "~/.ssh/id", "C:\\secrets\\x",
	    "var/run/secrets/token", "/run/secrets/db_password", "usr/lib/python3/site.py",
	    "/usr/lib/x86_64/libfoo.so.6");
	NONE(silt_is_path, "aB3/kd9Qx+2Lm", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY", "hunter2",
	     "/9j/4AAQSkZJRgABAQ", "c:secret", "q8/Zk2/x9V");
	ALL(silt_is_bare_url, "https://example.com/x?y=z", "http://user@host/", "redis://localhost:6379/0",
	    "s3://bucket/key@1:2");
	ALL(silt_is_email, "user@example.com", "first.last@mail.example.org");
	NONE(silt_is_email, "P@ssword", "@x.y", "a@b", "us!er@example.com", "hunter2@work");
	NONE(silt_is_bare_url, "https://user:pass@host/", "postgres://u:p@db/x", "://x", "hunter2", "1http://x",
	     "mailto:x@y");
}

static void numbers_uuids_and_digests_are_plain(void **state)
{
	(void)state;
	ALL(silt_is_uuid, "123e4567-e89b-12d3-a456-426614174000", "{123E4567-E89B-12D3-A456-426614174000}");
	NONE(silt_is_uuid, "123e4567-e89b-12d3-a456-42661417400", "123e4567ae89b-12d3-a456-426614174000",
	     "123g4567-e89b-12d3-a456-426614174000");
	ALL(silt_is_number, "0x1F4", "1.2.3", "2024-05-01", "10.0.0.1:8080", "1,000", "2001-12-05T00:00:00Z", "#00ff7F",
	    "10_000");
	NONE(silt_is_number, "83940271", "1.2.x", "0xZZ", "", "0x0123456789abcdef0", "#12345", "#1234567");
}

static void digests_are_known_by_their_names(void **state)
{
	(void)state;
	struct silt_bytes sha1 = silt_bytes_text("0a4d55a8d778e5022fab701977c5d840bbc486d0");
	struct silt_bytes odd = silt_bytes_text("0a4d55a8d778e5022fab701977c5d840bbc486d");
	assert_true(silt_is_named_digest(sha1, SILT_LITERAL("  sha1_key = ")));
	assert_true(silt_is_named_digest(sha1, SILT_LITERAL("Checksum token: ")));
	assert_true(silt_is_named_digest(silt_bytes_text("sha256:abc"), SILT_LITERAL("")));
	assert_true(silt_is_named_digest(silt_bytes_text("SHA512-Zm9v"), SILT_LITERAL("")));
	assert_false(silt_is_named_digest(sha1, SILT_LITERAL("api_key = ")));
	assert_false(silt_is_named_digest(sha1, SILT_LITERAL("sha1: x\napi_key = ")));
	assert_false(silt_is_named_digest(odd, SILT_LITERAL("sha1 = ")));
	assert_false(silt_is_named_digest(silt_bytes_text("sha256x"), SILT_LITERAL("")));
}

static void real_secrets_are_no_noise(void **state)
{
	(void)state;
	static const char *const secrets[] = {
		"hunter2",
		"password123",
		"Sommer2024!",
		"Tr0ub4dor&3",
		"kX9vBq3ZtLw8RmNp",
		"a8f5e2c94b1d7063",
		"wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzAMPLEKEY",
		"8f14e45fceea167a5a36dedd4bea2543",
		"s3cr3t-p4ss",
		"correct7horse!battery",
		"https://user:kX9vBq3Z@host/",
		"q7w8e9r0t1y2u3i4",
		"MTIzNDU2Nzg5MDEyMw==",
		"Welcome!",
		"P@ssword",
		"$2b$10$N9qo8uLOickgx2ZMRZoMye",
		"P@55w0rd",
		"83940271",
	};
	for (size_t i = 0; i < SILT_COUNT(secrets); i++) {
		if (is_noise(secrets[i])) {
			fail_msg("%s is taken for noise", secrets[i]);
		}
	}
	static const char *const noise[] = {"'True'",
					    "None):",
					    "**kwargs",
					    "'3.43'",
					    "token.end_mark)",
					    "\"changeme\"",
					    "callDuringTry=True)",
					    "{'Bearer':",
					    "\\\"${PW}\\\"",
					    "[]",
					    "'12345678'"};
	for (size_t i = 0; i < SILT_COUNT(noise); i++) {
		if (!is_noise(noise[i])) {
			fail_msg("%s is not taken for noise", noise[i]);
		}
	}
	assert_true(is_noise("changeme"));
	assert_true(is_noise("  "));
	assert_true(is_noise("getToken()"));
}

static void limits_count_characters_and_length(void **state)
{
	(void)state;
	struct silt_rule_limits limits = {.min_length = 4, .max_length = 6, .digits = 1, .uppers = 1, .lowers = 2};
	static const struct {
		const char *value;
		bool keeps;
	} cases[] = {{"Ab1c", true},  {"Ab1cde", true}, {"Ab1", false},  {"Ab1cdef", false},
		     {"ab1c", false}, {"Abcd", false},  {"AB1c", false}, {"Ab1\xe9", false}};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		assert_int_equal(silt_value_keeps(&limits, silt_bytes_text(cases[i].value)), cases[i].keeps);
	}
	assert_true(silt_value_keeps(&(struct silt_rule_limits){0}, SILT_LITERAL("")));
	assert_false(silt_value_keeps(&(struct silt_rule_limits){.entropy_tenths = 1}, SILT_LITERAL("aaaa")));
}

static void entropy_is_that_of_shannon(void **state)
{
	(void)state;
	assert_true(silt_value_has_entropy(SILT_LITERAL("abcdefgh"), 30));
	assert_false(silt_value_has_entropy(SILT_LITERAL("abcdefgh"), 31));
	assert_true(silt_value_has_entropy(SILT_LITERAL("aabb"), 10));
	assert_false(silt_value_has_entropy(SILT_LITERAL("aabb"), 11));
	assert_true(silt_value_has_entropy(SILT_LITERAL("aaab"), 8)); /* 0.8113 */
	assert_false(silt_value_has_entropy(SILT_LITERAL("aaab"), 9));
	assert_true(silt_value_has_entropy(SILT_LITERAL("abc"), 15)); /* 1.58496 */
	assert_false(silt_value_has_entropy(SILT_LITERAL("abc"), 16));
	assert_true(silt_value_has_entropy(SILT_LITERAL("a"), 0));
	assert_false(silt_value_has_entropy(SILT_LITERAL(""), 1));
	uint8_t all[256];
	for (size_t i = 0; i < sizeof(all); i++) {
		all[i] = (uint8_t)i;
	}
	assert_true(silt_value_has_entropy(silt_bytes(all, sizeof(all)), 80));
	assert_false(silt_value_has_entropy(silt_bytes(all, sizeof(all)), 81));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(templates_are_whole_values_between_brackets),
		cmocka_unit_test(phrases_of_placeholder_words_are_placeholders),
		cmocka_unit_test(parts_of_examples_give_a_value_away),
		cmocka_unit_test(sequences_and_repeated_units_are_placeholders),
		cmocka_unit_test(names_of_things_are_identifiers),
		cmocka_unit_test(calls_are_names_and_brackets),
		cmocka_unit_test(places_are_paths_and_addresses),
		cmocka_unit_test(numbers_uuids_and_digests_are_plain),
		cmocka_unit_test(digests_are_known_by_their_names),
		cmocka_unit_test(real_secrets_are_no_noise),
		cmocka_unit_test(limits_count_characters_and_length),
		cmocka_unit_test(entropy_is_that_of_shannon),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
