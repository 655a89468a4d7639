/* What somebody typed, and what a generator makes. */
#include "check.h"
#include "secret/monotony.h"

static bool monotonous(const char *text)
{
	return silt_is_monotonous(silt_bytes_text(text));
}

static void masks_and_repeated_units_are_monotonous(void **state)
{
	(void)state;
	assert_true(monotonous("ghs_xxxxxxxxxxxxxxxxxxxx"));
	assert_true(monotonous("AKIA9999999999999999"));
	assert_true(monotonous("GR134894112312312312312312"));
	assert_true(monotonous("key-abcdabcdabcd"));
}

static void a_count_is_monotonous(void **state)
{
	(void)state;
	assert_true(monotonous("AIzaSyabcdefghijklmnop"));
	assert_true(monotonous("sk-123456789"));
	assert_false(monotonous("sk-12345678"));
	assert_false(monotonous("sk-987654321"));
}

static void what_a_generator_makes_is_not(void **state)
{
	(void)state;
	assert_false(monotonous(""));
	assert_false(monotonous("x"));
	assert_false(monotonous("xxxxxxxx"));
	assert_false(monotonous("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"));
	assert_false(monotonous("0a1b2c3d4e5f60718293a4b5c6d7e8f9"));
}

static void zeros_in_base64_are_not(void **state)
{
	(void)state;
	assert_false(monotonous("sl.AAAAAAAAAAAAAAAAAAAAAAAA"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(masks_and_repeated_units_are_monotonous),
		cmocka_unit_test(a_count_is_monotonous),
		cmocka_unit_test(what_a_generator_makes_is_not),
		cmocka_unit_test(zeros_in_base64_are_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
