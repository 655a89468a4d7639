/* The catalogue: every row says all it must, and is found by all its names. */
#include "audit/choice.h"
#include "base/attributes.h"
#include "silt/checks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void every_row_says_all_it_must(void **state)
{
	(void)state;
	for (size_t i = 0; i < silt_checks_count(); i++) {
		const struct silt_check_info *check = silt_checks_get(i);
		const char *const sentences[] = {check->decides, check->why, check->fix};
		assert_true(check->family < SILT_CHECK_FAMILIES);
		assert_true(*check->title && check->title[strlen(check->title) - 1] != '.');
		assert_true(*check->looks_at);
		for (size_t k = 0; k < SILT_COUNT(sentences); k++) {
			if (!*sentences[k] || !strchr(".?)", sentences[k][strlen(sentences[k]) - 1])) {
				fail_msg("%s: '%s' is no sentence", check->id, sentences[k]);
			}
		}
		assert_non_null(check->dockerfile);
		assert_non_null(check->references);
		assert_null(strstr(check->aliases, "  "));
		assert_true(!check->lint || check->severity == SILT_SEVERITY_INFO);
		/* Where the severity is chosen, the worst one is among those named. */
		assert_true(!*check->severities || strstr(check->severities, silt_severity_name(check->severity)));
	}
}

static void an_id_stands_for_one_row(void **state)
{
	(void)state;
	for (size_t i = 0; i < silt_checks_count(); i++) {
		assert_ptr_equal(silt_checks_find(silt_checks_get(i)->id), silt_checks_get(i));
	}
	assert_null(silt_checks_find("user-rot"));
}

static void practices_say_why_not_and_what_instead(void **state)
{
	(void)state;
	assert_true(silt_practices_count() > 20);
	for (size_t i = 0; i < silt_practices_count(); i++) {
		const struct silt_practice_info *practice = silt_practices_get(i);
		assert_true(*practice->practice && *practice->why_not && *practice->instead);
	}
}

static void a_check_is_found_by_all_its_names(void **state)
{
	(void)state;
	static const char *const names[] = {"user-root",   "user-*",  "user",        "CIS-DI-0001",
					    "cis-di-0001", "DS-0002", "AVD-DS-0002", "DS002",
					    "avd-ds002",   "DL3002",  "4.1"};
	static const char *const others[] = {"user-roo", "root", "DL300", "DS-002", "DS0002",
					     "AVD-",     "4",    "",      "config"};
	const struct silt_check_info *check = silt_checks_find("user-root");
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		if (!silt_check_is_called(check, names[i])) {
			fail_msg("not called %s", names[i]);
		}
	}
	for (size_t i = 0; i < SILT_COUNT(others); i++) {
		if (silt_check_is_called(check, others[i])) {
			fail_msg("called %s", others[i]);
		}
	}
}

static void what_is_chosen_is_told(void **state)
{
	(void)state;
	static const char *const users[] = {"user", "DL3057"}, *const secrets[] = {"secret"},
				 *const tokens[] = {"github-*"};
	const struct silt_options only = {.only = users, .only_count = 2};
	const struct silt_options skip = {.skip = secrets, .skip_count = 1};
	const struct silt_options some = {.only = secrets, .only_count = 1, .skip = tokens, .skip_count = 1};
	const struct silt_options lint = {.lint = true};
	assert_true(silt_choice_wants(NULL, "user-root", ""));
	assert_true(silt_choice_wants(&only, "user-root", ""));
	assert_true(silt_choice_wants(&only, "config-no-healthcheck", ""));
	assert_false(silt_choice_wants(&only, "config-port-22", ""));
	assert_false(silt_choice_wants(&only, "github-pat", "github-pat"));
	assert_false(silt_choice_wants(&skip, "github-pat", "github-pat"));
	assert_false(silt_choice_wants(&skip, "secret-env", ""));
	assert_true(silt_choice_wants(&skip, "user-root", ""));
	assert_true(silt_choice_wants(&some, "npm-token", "npm-token"));
	assert_false(silt_choice_wants(&some, "secret-env", "github-pat"));
	assert_false(silt_choice_wants(NULL, "history-cd", ""));
	assert_true(silt_choice_wants(&lint, "history-cd", ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_says_all_it_must),
		cmocka_unit_test(an_id_stands_for_one_row),
		cmocka_unit_test(practices_say_why_not_and_what_instead),
		cmocka_unit_test(a_check_is_found_by_all_its_names),
		cmocka_unit_test(what_is_chosen_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
