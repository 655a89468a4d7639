/* Secrets that only a name gives away. */
#include "stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct silt_rule token = {.id = "github-pat", .title = "t", .remedy = "r"};

static struct silt_record *put_config(struct stage *stage, const char *json)
{
	return stage_document(stage, "c.json", SILT_DOCUMENT_CONFIG, json, true);
}

static void a_password_in_env_and_in_its_line_is_one_finding(void **state)
{
	struct stage *stage = *state;
	put_config(stage, "{\"config\":{\"Env\":[\"PATH=/bin\",\"DB_PASSWORD=letmein\"]},\"rootfs\":{},"
			  "\"history\":[{\"created_by\":\"/bin/sh -c #(nop)  ENV DB_PASSWORD=letmein\"}]}");
	stage_run(stage, silt_check_secrets);
	const struct silt_finding *finding = stage_only(stage);
	assert_string_equal(finding->rule, "secret-env");
	assert_string_equal(finding->pattern, "");
	assert_int_equal(finding->severity, SILT_SEVERITY_MEDIUM);
	assert_int_equal(finding->confidence, SILT_CONFIDENCE_POSSIBLE);
	assert_string_equal(finding->subject, "value of DB_PASSWORD (7 bytes) in Env DB_PASSWORD");
	assert_int_equal(finding->sighting_count, 2);
	assert_string_equal(finding->sightings[1].place, "history line 1");
	assert_null(strstr(finding->detail, "letmein"));
}

static void two_values_of_one_name_are_two_findings(void **state)
{
	struct stage *stage = *state;
	put_config(stage, "{\"config\":{\"Env\":[\"DB_PASSWORD=letmein\",\"DB_PASSWORD=letmeout\"]},\"rootfs\":{}}");
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage->found_count, 2);
	assert_string_not_equal(stage->found[0].fingerprint, stage->found[1].fingerprint);
}

static void a_build_argument_has_its_own_rule(void **state)
{
	struct stage *stage = *state;
	put_config(stage, "{\"rootfs\":{},\"history\":[{\"created_by\":\"ARG DEPLOY_TOKEN=q8Zt2LmV0xPw7RkY4sNd\"},"
			  "{\"created_by\":\"RUN |1 DEPLOY_TOKEN=q8Zt2LmV0xPw7RkY4sNd /bin/sh -c x # buildkit\"}]}");
	stage_run(stage, silt_check_secrets);
	assert_string_equal(stage_only(stage)->rule, "secret-build-arg");
	assert_int_equal(stage->found[0].confidence, SILT_CONFIDENCE_LIKELY);
	assert_int_equal(stage->found[0].sighting_count, 2);
}

static void an_exported_password_is_in_the_history_for_good(void **state)
{
	struct stage *stage = *state;
	put_config(stage,
		   "{\"rootfs\":{},\"history\":[{\"created_by\":\"RUN /bin/sh -c export ADMIN_USER=\\\"admin\\\" "
		   "&& export ADMIN_PASSWORD=\\\"q8Zt2LmV0xPw7RkY4sNd\\\" && x && unset ADMIN_PASSWORD\"}]}");
	stage_run(stage, silt_check_secrets);
	assert_string_equal(stage_only(stage)->rule, "secret-history");
	assert_int_equal(stage->found[0].severity, SILT_SEVERITY_HIGH);
}

/* Not a key: the anchor and sixteen letters of its alphabet, put together here so that no file holds it. */
#define KEY_ID                                                                                                         \
	"AKIA"                                                                                                         \
	"Q2W3E4R5T6Y7U2I3"

static void what_a_pattern_rule_matched_is_not_reported_again(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = put_config(stage, "{\"config\":{\"Env\":[\"API_TOKEN=" KEY_ID "\"]},\"rootfs\":{},"
						       "\"history\":[{\"created_by\":\"ENV API_TOKEN=" KEY_ID "\"}]}");
	stage_field_hit(record, "config.Env[0]", 10, &token, KEY_ID);
	stage_field_hit(record, "history[0].created_by", 14, &token, KEY_ID);
	stage_run(stage, silt_check_secrets);
	assert_string_equal(stage_only(stage)->pattern, "github-pat");
}

static void what_a_command_is_given_is_found_where_it_stands(void **state)
{
	struct stage *stage = *state;
	put_config(stage,
		   "{\"config\":{\"Entrypoint\":[\"app\",\"--db-password\",\"q8Zt2LmV0xPw\"],"
		   "\"Healthcheck\":{\"Test\":[\"CMD-SHELL\",\"curl -u bob:Zx9Tr0ub http://x/\"]}},\"rootfs\":{},"
		   "\"history\":[{\"created_by\":\"ENTRYPOINT [\\\"app\\\" \\\"--db-password\\\" "
		   "\\\"q8Zt2LmV0xPw\\\"]\"},{\"created_by\":\"RUN mysql -pTr0ub4dor x\"}]}");
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage->found_count, 3);
	const struct silt_finding *history = stage_found(stage, "secret-history");
	assert_string_equal(history->subject, "password (9 bytes) in history line 2");
	assert_string_equal(history->pattern, "command-line-password");
	for (size_t i = 0; i < stage->found_count; i++) {
		const struct silt_finding *finding = &stage->found[i];
		assert_int_equal(finding->severity, SILT_SEVERITY_HIGH);
		assert_true(finding == history || strcmp(finding->rule, "secret-command") == 0);
		assert_null(strstr(finding->detail, "q8Zt"));
	}
}

static void a_word_for_builds_is_less_than_a_password(void **state)
{
	struct stage *stage = *state;
	put_config(stage, "{\"rootfs\":{},\"history\":[{\"created_by\":\"RUN DB_PASSWORD=password make\"}]}");
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage_only(stage)->severity, SILT_SEVERITY_MEDIUM);
}

static void the_env_of_ordinary_images_is_quiet(void **state)
{
	struct stage *stage = *state;
	put_config(
		stage,
		"{\"config\":{\"Env\":[\"PATH=/usr/local/bin:/usr/bin:/bin\",\"LANG=C.UTF-8\","
		"\"GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568\",\"PYTHON_VERSION=3.12.1\","
		"\"PYTHON_GET_PIP_SHA256=dfe9fd5c28dc98b5ac17979a953ea550cec37ae1b47a5116007395bfacff2ab9\","
		"\"PGDATA=/var/lib/postgresql/data\",\"MYSQL_ALLOW_EMPTY_PASSWORD=yes\","
		"\"RABBITMQ_PGP_KEY_ID=0x0A9AF2115F4687BD29803A206B73029D2AC46D1\",\"NJS_RELEASE=1~bookworm\","
		"\"SSH_AUTH_SOCK=/run/agent\",\"PWD=/root\",\"HOME=/root\",\"TOKEN_FILE=x7f9Q2mK4pLw\"]},\"rootfs\":{},"
		"\"history\":[{\"created_by\":\"RUN /bin/sh -c set -eux; export GNUPGHOME=\\\"$(mktemp -d)\\\"; "
		"key='4A7FA1B2C3D4E5F60718293A4B5C6D7E8F901234'; cmd --auth-host=md5 -o PasswordAuthentication=may; "
		"export GPG_KEY; export SECRET=\\\"$(cat /run/secrets/x)\\\"; gpg --recv-keys 0x1 # buildkit\"}]}");
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage->found_count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_password_in_env_and_in_its_line_is_one_finding, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(two_values_of_one_name_are_two_findings, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_build_argument_has_its_own_rule, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(an_exported_password_is_in_the_history_for_good, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(what_a_pattern_rule_matched_is_not_reported_again, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(what_a_command_is_given_is_found_where_it_stands, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(a_word_for_builds_is_less_than_a_password, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(the_env_of_ordinary_images_is_quiet, stage_setup, stage_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
