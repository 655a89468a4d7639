/* Names as relative references. */
#include "fake.h"

#include "report/uri.h"

#include <string.h>

static void assert_uri(const char *text, const char *want)
{
	struct silt_buffer uri = {0};
	silt_uri_add(&uri, text);
	assert_string_equal(silt_buffer_text(&uri), want);
	silt_buffer_done(&uri);
}

static void a_uri_is_a_relative_path_whatever_the_name(void **state)
{
	(void)state;
	assert_uri("usr/bin/su", "usr/bin/su");
	assert_uri("/abs/olute.tar", "abs/olute.tar");
	assert_uri("../../../etc/./passwd", "etc/passwd");
	assert_uri("//evil.example/x", "evil.example/x");
	assert_uri("javascript:alert(1)", "javascript%3Aalert%281%29");
	assert_uri("a?b#c%20d", "a%3Fb%23c%2520d");
	assert_uri("\\x1b[2J \xE2\x82\xAC", "%5Cx1b%5B2J%20%E2%82%AC");
	assert_uri("..", "_");
	assert_uri("", "_");
}

static void a_long_uri_is_cut_between_characters(void **state)
{
	(void)state;
	char name[9001] = "";
	struct silt_buffer uri = {0};
	for (size_t i = 0; i < 3000; i++) {
		memcpy(&name[i * 3], "\xE2\x82\xAC", 3);
	}
	silt_uri_add(&uri, name);
	assert_in_range(uri.len, 12288, 12400);
	assert_string_equal((const char *)uri.ptr + uri.len - 12, "%E2%82%AC...");
	silt_buffer_done(&uri);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_uri_is_a_relative_path_whatever_the_name),
		cmocka_unit_test(a_long_uri_is_cut_between_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
