/* Passwords where files say that they stand, and what is none; files that are secrets as a whole. */
#include "check.h"
#include "judge.h"

#include "base/attributes.h"

static void assert_identity(const struct judged *judged, const char *text)
{
	assert_int_equal(judged->identity_len, strlen(text));
	assert_memory_equal(judged->identity, text, strlen(text));
}

static bool is_doubtful(const struct judged *judged)
{
	return judged->match && judged->confidence == SILT_CONFIDENCE_POSSIBLE && judged->severity == SILT_SEVERITY_LOW;
}

/* ---- Passwords ------------------------------------------------------------------------------------------------------- */

static void words_that_people_type_are_passwords(void **state)
{
	(void)state;
	static const char *const typed[] = {"hunter2",      "correct horse battery",
					    "Pass!12345",   "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
					    "$ecretSauce!", "a#{b",
					    "x${",          "50%(off",
					    "swordfish"};
	for (size_t i = 0; i < SILT_COUNT(typed); i++) {
		struct judged judged = judge_text(silt_validate_stored_password, typed[i]);
		assert_true(judged.match);
		assert_int_equal(judged.confidence, SILT_CONFIDENCE_LIKELY);
	}
}

static void what_a_program_fills_in_is_no_password(void **state)
{
	(void)state;
	static const char *const holes[] = {
		"${DB_PASSWORD}",         "$DB_PASSWORD",
		"{{ vault_password }}",   "<password>",
		"%DB_PASSWORD%",          "@db.password@",
		"<%= ENV['X'] %>",        "pre-${NAME}-post",
		"#{SmtpPassword}#",       "%env(APP_SECRET)%",
		"ENC[AES256_GCM,data:x]", "vault:secret/data#x",
		"op://vault/item/field",  "arn:aws:secretsmanager:x",
	};
	for (size_t i = 0; i < SILT_COUNT(holes); i++) {
		assert_false(judge_text(silt_validate_stored_password, holes[i]).match);
	}
}

static void nothing_and_masks_are_no_passwords(void **state)
{
	(void)state;
	static const char *const none[] = {"",     " ",    "*", "****", "xxxxxxxx", "....",
					   "null", "None", "~", "''",   "undefined"};
	for (size_t i = 0; i < SILT_COUNT(none); i++) {
		assert_false(judge_text(silt_validate_stored_password, none[i]).match);
	}
}

static void a_placeholder_is_told_with_doubt(void **state)
{
	(void)state;
	static const char *const words[] = {"changeme", "password", "your-password-here", "12345678"};
	for (size_t i = 0; i < SILT_COUNT(words); i++) {
		struct judged judged = judge_text(silt_validate_stored_password, words[i]);
		assert_true(is_doubtful(&judged));
	}
}

/* ---- Addresses ------------------------------------------------------------------------------------------------------- */

static void a_password_in_an_address_has_the_id_of_the_plain_one(void **state)
{
	(void)state;
	struct judged judged = judge_text(silt_validate_url_password, "Tr0ub%40dor%21%2f");
	assert_true(judged.match);
	assert_identity(&judged, "Tr0ub@dor!/");
}

static void a_percent_sign_that_begins_nothing_stays(void **state)
{
	(void)state;
	static const char *const texts[] = {"ab%", "ab%4", "ab%zz", "%%%", "100%sure"};
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		struct judged judged = judge_text(silt_validate_url_password, texts[i]);
		assert_true(judged.match);
		assert_identity(&judged, texts[i]);
	}
}

/* ---- Kinds of files -------------------------------------------------------------------------------------------------- */

static struct judged judge_environment(const char *path)
{
	return judge_at(silt_validate_environment_file, SILT_LITERAL("A=Tr0ub4dor"), 2, 9, path);
}

static void files_to_copy_and_fill_in_hold_no_passwords(void **state)
{
	(void)state;
	static const char *const names[] = {"app/.env.example", ".env.dist", ".env.local.SAMPLE", "a.template.env"};
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		assert_false(judge_environment(names[i]).match);
	}
	assert_true(judge_environment("app/.env").match);
	assert_true(judge_environment("example/.env.production").match);
}

static void a_key_that_django_calls_insecure_is_doubtful(void **state)
{
	(void)state;
	struct judged made =
		judge_text(silt_validate_django_secret_key, "django-insecure-q7zr&lmn0pxvt4kwbe2sy(d8hj6uvf");
	struct judged own = judge_text(silt_validate_django_secret_key, "q7zr&lmn0pxvt4kwbe2sy(d8hj6uvfkcpz1nqxr5tb3");
	assert_true(is_doubtful(&made));
	assert_int_equal(own.confidence, SILT_CONFIDENCE_LIKELY);
}

static struct judged judge_filezilla(const char *text, const char *value)
{
	struct silt_bytes window = silt_bytes_text(text);
	size_t at = silt_bytes_find(window, silt_bytes_text(value));
	return judge_at(silt_validate_filezilla_password, window, at, strlen(value), "sitemanager.xml");
}

static void a_password_of_filezilla_is_decoded_where_it_says_so(void **state)
{
	(void)state;
	struct judged coded = judge_filezilla("<Pass encoding=\"base64\">VHIwdWI0ZG9y</Pass>", "VHIwdWI0ZG9y");
	assert_int_equal(coded.confidence, SILT_CONFIDENCE_PROVEN);
	assert_identity(&coded, "Tr0ub4dor");
	struct judged plain = judge_filezilla("<Pass>VHIwdWI0ZG9y</Pass>", "VHIwdWI0ZG9y");
	assert_identity(&plain, "VHIwdWI0ZG9y");
	struct judged broken = judge_filezilla("<Pass encoding=\"base64\">VHIwd!</Pass>", "VHIwd!");
	assert_true(is_doubtful(&broken));
}

static void a_manifest_counts_if_one_value_is_something(void **state)
{
	(void)state;
	struct judged full = judge_text(silt_validate_secret_manifest, "  user: \"\"\n  password: VHIwdWI0ZG9y\n");
	assert_true(full.match);
	assert_string_equal(full.kind, "Kubernetes Secret");
	assert_false(judge_text(silt_validate_secret_manifest, "  a: ${A}\n  b: Y2hhbmdlbWU=\n  c: '{{ x }}'\n").match);
	assert_false(judge_text(silt_validate_secret_manifest, "  a:\n  b\n  c: \"\"\n").match);
}

static void a_file_that_should_not_be_there_is_known_by_its_path(void **state)
{
	(void)state;
	struct judged judged = judge_at(silt_validate_presence, SILT_LITERAL("ls -la\n"), 0, 1, "root/.bash_history");
	assert_true(judged.match);
	assert_identity(&judged, "root/.bash_history");
}

/* ---- Obscured -------------------------------------------------------------------------------------------------------- */

static void a_password_of_an_ide_is_decoded(void **state)
{
	(void)state;
	struct judged judged = judge_text(silt_validate_jetbrains_password, "dff9dfdfdfda");
	assert_true(judged.match);
	assert_int_equal(judged.confidence, SILT_CONFIDENCE_PROVEN);
	assert_identity(&judged, "Sup");
	struct judged foreign = judge_text(silt_validate_jetbrains_password, "dff9df46");
	assert_true(foreign.match);
	assert_identity(&foreign, "dff9df46");
}

enum { KEY_SIZE = 20 };

static bool is_login_path(const uint8_t *bytes, size_t len)
{
	return judge(silt_validate_mysql_login_path, silt_bytes(bytes, len)).match;
}

static void a_login_path_file_is_its_key_and_whole_lines(void **state)
{
	(void)state;
	uint8_t bytes[KEY_SIZE + 4 + 16 + 4 + 32] = {0};
	bytes[KEY_SIZE] = 16;
	bytes[KEY_SIZE + 4 + 16] = 32;
	assert_true(is_login_path(bytes, sizeof(bytes)));
	assert_true(is_login_path(bytes, KEY_SIZE + 4 + 16));
	for (size_t len = 0; len < sizeof(bytes); len++) {
		assert_int_equal(is_login_path(bytes, len), len == KEY_SIZE + 4 + 16);
	}
}

static void lines_of_no_whole_blocks_are_refused(void **state)
{
	(void)state;
	static const uint8_t sizes[] = {0, 1, 15, 17, 48, 255};
	for (size_t i = 0; i < SILT_COUNT(sizes); i++) {
		uint8_t bytes[KEY_SIZE + 4 + 32] = {0};
		bytes[KEY_SIZE] = sizes[i];
		assert_false(is_login_path(bytes, sizeof(bytes)));
	}
	uint8_t huge[KEY_SIZE + 4 + 16];
	memset(huge, 0xf0, sizeof(huge));
	assert_false(is_login_path(huge, sizeof(huge)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_that_people_type_are_passwords),
		cmocka_unit_test(what_a_program_fills_in_is_no_password),
		cmocka_unit_test(nothing_and_masks_are_no_passwords),
		cmocka_unit_test(a_placeholder_is_told_with_doubt),
		cmocka_unit_test(a_password_in_an_address_has_the_id_of_the_plain_one),
		cmocka_unit_test(a_percent_sign_that_begins_nothing_stays),
		cmocka_unit_test(files_to_copy_and_fill_in_hold_no_passwords),
		cmocka_unit_test(a_key_that_django_calls_insecure_is_doubtful),
		cmocka_unit_test(a_password_of_filezilla_is_decoded_where_it_says_so),
		cmocka_unit_test(a_manifest_counts_if_one_value_is_something),
		cmocka_unit_test(a_file_that_should_not_be_there_is_known_by_its_path),
		cmocka_unit_test(a_password_of_an_ide_is_decoded),
		cmocka_unit_test(a_login_path_file_is_its_key_and_whole_lines),
		cmocka_unit_test(lines_of_no_whole_blocks_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
