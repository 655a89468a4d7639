/* Where applications are, by the path; and how lists are cut. */
#include "audit/application.h"
#include "audit/ignore_list.h"
#include "audit/name_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void applications_are_told_from_the_system(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		bool application;
	} cases[] = {
		{"", true},
		{"app/Dockerfile", true},
		{"home/app/x", true},
		{"usr/src/app/x", true},
		{"usr/local/app/x", true},
		{"usr/share/nginx/html/x", true},
		{"var/www/x", true},
		{"tmp/x", true},
		{"etcetera/x", true},
		{"usr/x", false},
		{"usr/bin/x", false},
		{"usr/local/bin/x", false},
		{"usr/local/lib/node_modules/x", false},
		{"usr/share/nginx/x", false},
		{"etc/x", false},
		{"var/lib/x", false},
		{"app/node_modules/x", false},
		{"app/vendor/x", false},
		{"app/vendors/x", true},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		if (silt_is_application(silt_bytes_text(cases[i].path)) != cases[i].application) {
			fail_msg("%s", cases[i].path);
		}
	}
}

static void folders_end_at_a_slash(void **state)
{
	(void)state;
	assert_true(silt_path_is_within(SILT_LITERAL("a/b"), SILT_LITERAL("a")));
	assert_true(silt_path_is_within(SILT_LITERAL("a"), SILT_LITERAL("a")));
	assert_true(silt_path_is_within(SILT_LITERAL("a"), SILT_LITERAL("")));
	assert_false(silt_path_is_within(SILT_LITERAL("ab"), SILT_LITERAL("a")));
	assert_true(silt_bytes_equal(silt_path_parent(SILT_LITERAL("a/b/c")), SILT_LITERAL("a/b")));
	assert_int_equal(silt_path_parent(SILT_LITERAL("a")).len, 0);
}

static void long_lists_say_how_many_more_there_are(void **state)
{
	(void)state;
	struct silt_arena arena = {0};
	struct silt_name_list list = {0};
	assert_string_equal(silt_name_list_end(&list, &arena), "");
	for (size_t i = 0; i < SILT_NAME_LIST_MAX; i++) {
		silt_name_list_add(&list, SILT_LITERAL("\n"));
	}
	assert_string_equal(silt_name_list_end(&list, &arena), "\\n, \\n, \\n, \\n, \\n, \\n, \\n, \\n");
	for (size_t i = 0; i < SILT_NAME_LIST_MAX + 2; i++) {
		silt_name_list_add_text(&list, "a");
	}
	assert_string_equal(silt_name_list_end(&list, &arena), "a, a, a, a, a, a, a, a and 2 more");
	silt_arena_done(&arena);
}

static void amounts_are_decimal(void **state)
{
	(void)state;
	struct silt_arena arena = {0};
	assert_string_equal(silt_amount_text(&arena, 1), "1 byte");
	assert_string_equal(silt_amount_text(&arena, 999), "999 bytes");
	assert_string_equal(silt_amount_text(&arena, 1000), "1.0 kB");
	assert_string_equal(silt_amount_text(&arena, 17250000), "17.2 MB");
	assert_string_equal(silt_amount_text(&arena, UINT64_MAX), "18.4 EB");
	silt_arena_done(&arena);
}

static void ignored_names_are_lines_of_a_dockerignore(void **state)
{
	(void)state;
	struct silt_arena arena = {0};
	struct silt_ignore_list list = {.arena = &arena};
	silt_ignore_name(&list, SILT_LITERAL(".git"), SILT_LITERAL(".git"));
	silt_ignore_name(&list, SILT_LITERAL(".idea"), SILT_LITERAL("web/.idea"));
	silt_ignore_name(&list, SILT_LITERAL(".idea"), SILT_LITERAL("api/.idea"));
	silt_ignore_secret(&list, SILT_LITERAL(".env"));
	silt_ignore_secret(&list, SILT_LITERAL("certs/a.key"));
	silt_ignore_secret(&list, SILT_LITERAL("certs/b.key"));
	assert_string_equal(silt_ignore_text(&list), ".git, **/.idea, .env, certs/*.key");
	for (char i = 0; i < SILT_IGNORE_LINES_MAX; i++) {
		char name[] = {(char)('A' + i), '\0'};
		silt_ignore_secret(&list, silt_bytes_text(name));
	}
	assert_true(list.more);
	assert_non_null(strstr(silt_ignore_text(&list), ", and more"));
	silt_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(applications_are_told_from_the_system),     cmocka_unit_test(folders_end_at_a_slash),
		cmocka_unit_test(long_lists_say_how_many_more_there_are),    cmocka_unit_test(amounts_are_decimal),
		cmocka_unit_test(ignored_names_are_lines_of_a_dockerignore),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
