/* Words that are nearly the same. */
#include "check.h"

#include "base/bytes.h"
#include "base/slip.h"

static bool slip(const char *a, const char *b)
{
	bool there = silt_is_slip(silt_bytes_text(a), silt_bytes_text(b));
	assert_int_equal(there, silt_is_slip(silt_bytes_text(b), silt_bytes_text(a)));
	return there;
}

static void a_slip_is_one_letter_or_a_swap(void **state)
{
	(void)state;
	assert_true(slip("serverity", "severity"));
	assert_true(slip("failon", "fail-on"));
	assert_true(slip("fail_on", "fail-on"));
	assert_true(slip("riules", "rules"));
	assert_true(slip("ruels", "rules"));
	assert_true(slip("aab", "aaab"));
	assert_false(slip("rules", "ruelss"));
	assert_false(slip("waivers", "rules"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slip_is_one_letter_or_a_swap),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
