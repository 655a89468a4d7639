/* Lists of accounts, read as container runtimes read them. */
#include "content/passwd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void an_account_is_found_by_name(void **state)
{
	(void)state;
	struct silt_bytes body = SILT_LITERAL("root:x:0:0:root:/root:/bin/sh\napp:x:10001:10001::/app:/sbin/nologin\n");
	struct silt_account account;
	assert_true(silt_account_by_name(body, SILT_LITERAL("app"), &account));
	assert_int_equal(account.id, 10001);
	assert_false(silt_account_by_name(body, SILT_LITERAL("ap"), &account));
}

static void the_first_of_two_lines_wins(void **state)
{
	(void)state;
	struct silt_account account;
	assert_true(silt_account_by_name(SILT_LITERAL("app:x:7\napp:x:0\n"), SILT_LITERAL("app"), &account));
	assert_int_equal(account.id, 7);
}

static void a_uid_that_is_no_number_is_0(void **state)
{
	(void)state;
	struct silt_account account;
	assert_true(silt_account_by_name(SILT_LITERAL("app:x:1o:5"), SILT_LITERAL("app"), &account));
	assert_int_equal(account.id, 0);
	assert_true(silt_account_by_name(SILT_LITERAL("app"), SILT_LITERAL("app"), &account));
	assert_int_equal(account.id, 0);
}

static void blank_lines_and_line_ends_are_skipped(void **state)
{
	(void)state;
	struct silt_bytes rest = SILT_LITERAL("\n  \r\n\tapp:x:5:5\r\n\n");
	struct silt_account account;
	assert_true(silt_account_next(&rest, &account));
	assert_true(silt_bytes_equal(account.name, SILT_LITERAL("app")));
	assert_int_equal(account.id, 5);
	assert_false(silt_account_next(&rest, &account));
}

static void a_line_without_end_and_with_nul_bytes_is_read(void **state)
{
	(void)state;
	struct silt_account account;
	assert_true(silt_account_by_name(SILT_LITERAL("a\0b:x:9"), SILT_LITERAL("a\0b"), &account));
	assert_int_equal(account.id, 9);
}

static void numbers_are_those_of_atoi(void **state)
{
	(void)state;
	int64_t number = 77;
	assert_true(silt_account_number(SILT_LITERAL("00"), &number));
	assert_int_equal(number, 0);
	assert_true(silt_account_number(SILT_LITERAL("+12"), &number));
	assert_int_equal(number, 12);
	assert_true(silt_account_number(SILT_LITERAL("-3"), &number));
	assert_int_equal(number, -3);
	assert_false(silt_account_number(SILT_LITERAL(""), &number));
	assert_false(silt_account_number(SILT_LITERAL("+"), &number));
	assert_false(silt_account_number(SILT_LITERAL("0x0"), &number));
	assert_false(silt_account_number(SILT_LITERAL("1 "), &number));
	assert_int_equal(number, -3);
}

static void a_number_too_large_is_not_0(void **state)
{
	(void)state;
	int64_t number;
	assert_true(silt_account_number(SILT_LITERAL("18446744073709551616"), &number));
	assert_true(number == INT64_MAX);
	assert_true(silt_account_number(SILT_LITERAL("-99999999999999999999990"), &number));
	assert_true(number == -INT64_MAX);
}

static void the_fields_of_a_line_are_told_apart(void **state)
{
	(void)state;
	struct silt_account account;
	assert_true(silt_account_read(SILT_LITERAL("app:x:7:8:An app:/app:/bin/sh"), &account));
	assert_int_equal(account.fields, 7);
	assert_true(account.has_id);
	assert_true(silt_bytes_equal(account.password, SILT_LITERAL("x")));
	assert_true(silt_bytes_equal(account.home, SILT_LITERAL("/app")));
	assert_true(silt_bytes_equal(account.shell, SILT_LITERAL("/bin/sh")));
	assert_true(silt_account_read(SILT_LITERAL("app::x"), &account));
	assert_int_equal(account.fields, 3);
	assert_int_equal(account.password.len, 0);
	assert_false(account.has_id);
	assert_true(silt_account_read(SILT_LITERAL(":"), &account));
	assert_false(silt_account_read(SILT_LITERAL(" \r"), &account));
}

static void comments_and_lines_of_nis_are_no_entries(void **state)
{
	(void)state;
	static const struct {
		const char *line;
		bool is_entry;
	} lines[] = {
		{"app:x:7", true},   {"app:x", false},    {"#app:x:7", false},
		{"+app:x:7", false}, {"-app:x:7", false}, {":x:7", false},
	};
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct silt_account account;
		assert_true(silt_account_read(silt_bytes_text(lines[i].line), &account));
		assert_int_equal(silt_account_is_entry(&account, 3), lines[i].is_entry);
	}
}

static void an_index_finds_what_a_search_finds(void **state)
{
	(void)state;
	struct silt_bytes body = SILT_LITERAL("root:x:0\n\nb:x:2\na:x:1\nb:x:3\n");
	struct silt_account_index index;
	assert_int_equal(silt_account_index_make(body, &index, NULL), SILT_OK);
	const char *const names[] = {"root", "a", "b", "", "c", "ro"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct silt_account searched = {0}, found = {0};
		bool there = silt_account_by_name(body, silt_bytes_text(names[i]), &searched);
		assert_int_equal(silt_account_index_find(&index, silt_bytes_text(names[i]), &found), there);
		assert_ptr_equal(found.name.ptr, searched.name.ptr);
	}
	silt_account_index_done(&index);
}

static void an_index_of_nothing_is_empty(void **state)
{
	(void)state;
	struct silt_account_index index;
	struct silt_account account;
	assert_int_equal(silt_account_index_make(silt_bytes(NULL, 0), &index, NULL), SILT_OK);
	assert_false(silt_account_index_find(&index, SILT_LITERAL("root"), &account));
	silt_account_index_done(&index);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_account_is_found_by_name),
		cmocka_unit_test(the_first_of_two_lines_wins),
		cmocka_unit_test(a_uid_that_is_no_number_is_0),
		cmocka_unit_test(blank_lines_and_line_ends_are_skipped),
		cmocka_unit_test(a_line_without_end_and_with_nul_bytes_is_read),
		cmocka_unit_test(numbers_are_those_of_atoi),
		cmocka_unit_test(the_fields_of_a_line_are_told_apart),
		cmocka_unit_test(comments_and_lines_of_nis_are_no_entries),
		cmocka_unit_test(a_number_too_large_is_not_0),
		cmocka_unit_test(an_index_finds_what_a_search_finds),
		cmocka_unit_test(an_index_of_nothing_is_empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
