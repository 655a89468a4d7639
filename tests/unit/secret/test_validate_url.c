/* Passwords in addresses: whose host, whose user, what password. */
#include "check.h"
#include "judge.h"

#include "base/attributes.h"

/* The password is what stands between the last colon before the last '@', and it. */
static struct judged judge_address(silt_validate_fn *validate, const char *address)
{
	const char *at = strrchr(address, '@');
	assert_non_null(at);
	const char *colon = at;
	while (colon > address && *colon != ':') {
		colon--;
	}
	size_t start = (size_t)(colon + 1 - address);
	return judge_part(validate, address, start, (size_t)(at - address) - start);
}

static void passwords_at_real_hosts_stay_what_the_rule_says(void **state)
{
	(void)state;
	static const char *const addresses[] = {
		"postgres://app:kX9vBq3Z@db.acme.io:5432/app",
		"redis://:p4ssW0rd9@cache:6379/0",
		"mongodb+srv://app:Sommer%2124@c0.x1y2z.mongodb.net",
		"amqp://app:kX9vBq3Z@[2001:db8::7]:5672/",
	};
	for (size_t i = 0; i < SILT_COUNT(addresses); i++) {
		struct judged database = judge_address(silt_validate_database_url, addresses[i]);
		struct judged other = judge_address(silt_validate_address_password, addresses[i]);
		assert_unjudged(&database);
		assert_unjudged(&other);
	}
}

static void the_value_is_the_password_without_its_spelling(void **state)
{
	(void)state;
	struct judged judged = judge_address(silt_validate_database_url, "mysql://app:Sommer%2124%zz%4@db.acme.io/app");
	assert_int_equal(judged.identity_len, strlen("Sommer!24%zz%4"));
}

static void hosts_and_holes_of_documentation_are_none(void **state)
{
	(void)state;
	static const char *const addresses[] = {
		"mysql://app:kX9vBq3Z@db.example.com/app", "mysql://app:kX9vBq3Z@example.org",
		"mysql://app:kX9vBq3Z@host:3306/app",      "mysql://app:kX9vBq3Z@HOSTNAME",
		"mysql://app:kX9vBq3Z@<host>/app",         "mysql://app:kX9vBq3Z@${HOST}",
		"mysql://app:kX9vBq3Z@your-server/app",    "mysql://app:kX9vBq3Z@db.test/app",
		"mysql://app:${PASSWORD}@db.acme.io/app",  "mysql://app:a${B}c@db.acme.io/app",
		"mysql://$USER:kX9vBq3Z@db.acme.io/app",   "mysql://app:<secret>@db.acme.io/app",
		"mysql://db.acme.io:3306,x@y.acme.io/",    "mysql://app:@db.acme.io/app",
	};
	for (size_t i = 0; i < SILT_COUNT(addresses); i++) {
		if (judge_address(silt_validate_database_url, addresses[i]).match ||
		    judge_address(silt_validate_address_password, addresses[i]).match) {
			fail_msg("%s is told", addresses[i]);
		}
	}
}

static void defaults_at_real_hosts_are_doubtful(void **state)
{
	(void)state;
	struct judged same = judge_address(silt_validate_database_url, "postgres://postgres:postgres@db.acme.io/app");
	struct judged word = judge_address(silt_validate_database_url, "postgres://app:changeme@db.acme.io/app");
	assert_doubtful(&same);
	assert_doubtful(&word);
}

static void defaults_of_documentation_or_this_host_are_none(void **state)
{
	(void)state;
	assert_false(judge_address(silt_validate_database_url, "postgres://user:password@db.acme.io/app").match);
	assert_false(judge_address(silt_validate_database_url, "postgres://postgres:postgres@localhost/app").match);
	assert_false(judge_address(silt_validate_database_url, "redis://:secret@127.0.0.1").match);
	assert_false(judge_address(silt_validate_address_password, "http://joe:letmein1@acme.io/").match);
	assert_false(judge_address(silt_validate_address_password, "http://app:app@acme.io/").match);
}

static void a_service_on_the_same_host_is_possible(void **state)
{
	(void)state;
	struct judged database = judge_address(silt_validate_database_url, "mysql://app:kX9vBq3Z@localhost:3306/app");
	struct judged other = judge_address(silt_validate_address_password, "http://app:kX9vBq3Z@[::1]:80/app");
	assert_true(database.match);
	assert_int_equal(database.confidence, SILT_CONFIDENCE_POSSIBLE);
	assert_int_equal(database.severity, SILT_SEVERITY_MEDIUM);
	assert_true(other.match);
	assert_int_equal(other.confidence, SILT_CONFIDENCE_POSSIBLE);
}

static void weak_passwords_of_other_schemes_are_doubtful(void **state)
{
	(void)state;
	struct judged judged = judge_address(silt_validate_address_password, "ftp://deploy:hunter22@files.acme.io/");
	assert_doubtful(&judged);
}

static void connection_passwords_are_weighed(void **state)
{
	(void)state;
	struct judged strong = judge_text(silt_validate_connection_password, "Zt4-kQ9xWv");
	struct judged weak = judge_text(silt_validate_connection_password, "hunter22");
	assert_unjudged(&strong);
	assert_doubtful(&weak);
	assert_false(judge_text(silt_validate_connection_password, "{0}").match);
	assert_false(judge_text(silt_validate_connection_password, "x${Y}").match);
	assert_false(judge_text(silt_validate_connection_password, "").match);
}

static void basic_authentication_decodes(void **state)
{
	(void)state;
	struct judged real = judge_text(silt_validate_basic_auth, "YnVpbGRlcjprWDl2QnEzWg==");
	struct judged weak = judge_text(silt_validate_basic_auth, "bWU6aHVudGVyMg==");
	assert_proven(&real);
	assert_doubtful(&weak);
	static const char *const others[] = {"",
					     "QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
					     "bm9jb2xvbg==",
					     "dXNlcjpwYXNzd29yZA==",
					     "Ong=",
					     "YWRtaW46YWRtaW4=",
					     "!",
					     "////"};
	for (size_t i = 0; i < SILT_COUNT(others); i++) {
		assert_false(judge_text(silt_validate_basic_auth, others[i]).match);
	}
}

static void damaged_addresses_are_read_within_their_bounds(void **state)
{
	(void)state;
	static silt_validate_fn *const validators[] = {silt_validate_database_url, silt_validate_address_password,
						       silt_validate_connection_password, silt_validate_basic_auth};
	for (size_t i = 0; i < SILT_COUNT(validators); i++) {
		judge_damaged(validators[i], "mysql://$a:Somm%er%2124@[::1]:80/a,b");
		judge_damaged(validators[i], "YnVpbGRlcjprWDl2QnEzWg==");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(passwords_at_real_hosts_stay_what_the_rule_says),
		cmocka_unit_test(the_value_is_the_password_without_its_spelling),
		cmocka_unit_test(hosts_and_holes_of_documentation_are_none),
		cmocka_unit_test(defaults_at_real_hosts_are_doubtful),
		cmocka_unit_test(defaults_of_documentation_or_this_host_are_none),
		cmocka_unit_test(a_service_on_the_same_host_is_possible),
		cmocka_unit_test(weak_passwords_of_other_schemes_are_doubtful),
		cmocka_unit_test(connection_passwords_are_weighed),
		cmocka_unit_test(basic_authentication_decodes),
		cmocka_unit_test(damaged_addresses_are_read_within_their_bounds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
