/* The check value that every catalogue of CRCs has. */
#include "cmocka_test.h"

#include "stream/crc32.h"
#include "upper_halves.h"

static void crc32_has_its_check_value(void **state)
{
	(void)state;
	assert_int_equal(silt_crc32(SILT_LITERAL("123456789")), 0xcbf43926U);
	assert_int_equal(silt_crc32(SILT_LITERAL("")), 0);
}

static void a_sum_can_be_continued(void **state)
{
	(void)state;
	uint32_t crc = silt_crc32_add(silt_crc32(SILT_LITERAL("1234")), SILT_LITERAL("56789"));
	assert_int_equal(silt_crc32_add(crc, silt_bytes(NULL, 0)), 0xcbf43926U);
}

static void the_vector_registers_are_left_as_they_were(void **state)
{
	(void)state;
	static uint8_t many[1 << 16];
	if (!upper_halves_are_told() || upper_halves_are_in_use()) {
		print_message("skipped: this processor does not tell which halves are in use\n");
		skip();
	}
	(void)silt_crc32(silt_bytes(many, sizeof(many)));
	assert_false(upper_halves_are_in_use());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(crc32_has_its_check_value),
		cmocka_unit_test(a_sum_can_be_continued),
		cmocka_unit_test(the_vector_registers_are_left_as_they_were),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
