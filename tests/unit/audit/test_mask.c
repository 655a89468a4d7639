/* Names are shown without the secrets in them, whatever stands beside those. */
#include "audit/mask.h"
#include "base/secure.h"
#include "secret/matcher.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Not a key: the anchor and sixteen letters of its alphabet, put together here so that no file holds it. */
#define KEY                                                                                                            \
	"AKIA"                                                                                                         \
	"Q2W3E4R5T6Y7U2I3"

static void assert_masked(const char *name, const char *want)
{
	struct silt_line_matches matches;
	struct silt_buffer out = {0};
	struct silt_error err = {0};
	assert_int_equal(silt_line_matches_init(&matches, NULL, &err), SILT_OK);
	assert_int_equal(silt_mask(&matches, silt_bytes_text(name), &out, &err), SILT_OK);
	assert_string_equal(silt_buffer_text(&out), want);
	silt_buffer_done(&out);
	silt_line_matches_done(&matches);
}

static void assert_text_masked(const char *text, const char *want)
{
	struct silt_line_matches matches;
	struct silt_arena arena = {0};
	struct silt_error err = {0};
	assert_int_equal(silt_line_matches_init(&matches, NULL, &err), SILT_OK);
	assert_string_equal(silt_mask_copy(&matches, silt_bytes_text(text), &arena), want);
	assert_string_equal(silt_mask_copy(NULL, silt_bytes_text(text), &arena), text);
	silt_arena_done(&arena);
	silt_line_matches_done(&matches);
}

static void of_a_token_its_first_letters_are_left(void **state)
{
	(void)state;
	assert_masked("/srv/" KEY "/x", "/srv/AKIA***/x");
	assert_masked(KEY " " KEY, "AKIA*** AKIA***");
	assert_masked("/usr/bin/env", "/usr/bin/env");
	assert_masked("", "");
}

static void of_a_url_its_password_goes(void **state)
{
	(void)state;
	assert_masked("db://app:s3@host/x", "db://app:***@host/x");
	assert_masked("mirror/https:/app:s3@host/x", "mirror/https:/app:***@host/x");
	assert_masked("https://host:8080/a@b", "https://host:8080/a@b");
	assert_masked("https:/host/a:b@c", "https:/host/a:b@c");
}

static void of_secrets_that_overlap_nothing_is_left(void **state)
{
	(void)state;
	static const struct silt_bytes left[] = {SILT_LITERAL_INIT("left_"), {0}},
				       mid[] = {SILT_LITERAL_INIT("mid_"), {0}};
	static const struct silt_rule rules[] = {
		{.id = "left", .anchors = left, .pattern = "left_[a-z_]{8}", .reach = 13},
		{.id = "mid", .anchors = mid, .pattern = "mid_[a-z]{12}", .reach = 16},
	};
	struct silt_matcher *matcher;
	struct silt_line_matches matches;
	struct silt_buffer out = {0};
	struct silt_error err = {0};
	assert_int_equal(silt_matcher_new_of(rules, SILT_COUNT(rules), &matcher, &err), SILT_OK);
	assert_int_equal(silt_line_matches_init(&matches, matcher, &err), SILT_OK);
	assert_int_equal(silt_mask(&matches, SILT_LITERAL("/left_abmid_cdefghijklmn/x"), &out, &err), SILT_OK);
	assert_string_equal(silt_buffer_text(&out), "/left***/x");
	silt_buffer_done(&out);
	silt_line_matches_done(&matches);
	silt_matcher_free(matcher);
}

static void text_is_masked_as_it_was_before_the_escape(void **state)
{
	(void)state;
	assert_text_masked("/srv/\\x01" KEY, "/srv/\\x01AKIA***");
	assert_text_masked("\\xe2\\x80\\xae" KEY "\\n\\\\", "\\xe2\\x80\\xaeAKIA***\\n\\\\");
	assert_text_masked("a\\x1b\\\\", "a\\x1b\\\\");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_a_token_its_first_letters_are_left),
		cmocka_unit_test(of_a_url_its_password_goes),
		cmocka_unit_test(of_secrets_that_overlap_nothing_is_left),
		cmocka_unit_test(text_is_masked_as_it_was_before_the_escape),
	};
	struct silt_error err = {0};
	return silt_secure_init(&err) == SILT_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
