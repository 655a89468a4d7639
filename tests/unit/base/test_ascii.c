/* Classes of characters, against what the C library says of its "C" locale. */
#include "check.h"

#include "base/ascii.h"

#include <ctype.h>

static void every_byte_is_in_the_classes_of_the_c_library(void **state)
{
	(void)state;
	for (int byte = 0; byte < 256; byte++) {
		assert_int_equal(silt_is_digit(byte), isdigit(byte) != 0);
		assert_int_equal(silt_is_lower(byte), islower(byte) != 0);
		assert_int_equal(silt_is_upper(byte), isupper(byte) != 0);
		assert_int_equal(silt_is_letter(byte), isalpha(byte) != 0);
		assert_int_equal(silt_is_hex(byte), isxdigit(byte) != 0);
		assert_int_equal(silt_lower((uint8_t)byte), tolower(byte));
	}
}

static void no_byte_is_nothing(void **state)
{
	(void)state;
	assert_false(silt_is_digit(-1));
	assert_false(silt_is_letter(-1));
	assert_int_equal(silt_hex_value(-1), -1);
	assert_false(silt_is_one_of('\0', "ab"));
}

static void hexadecimal_digits_have_their_values(void **state)
{
	(void)state;
	static const char lower[] = "0123456789abcdef", upper[] = "0123456789ABCDEF";
	for (int i = 0; i < 16; i++) {
		assert_int_equal(silt_hex_value(lower[i]), i);
		assert_int_equal(silt_hex_value(upper[i]), i);
	}
}

static void decimal_numbers_end_where_they_end(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t most, count;
		uint64_t number;
	} rows[] = {
		{"", 5, 0, 0},        {"x1", 5, 0, 0},
		{"007", 5, 3, 7},     {"12 ", 5, 2, 12},
		{"12345", 3, 3, 123}, {"9999999999999999999", SILT_DECIMAL_FITS, 19, 9999999999999999999U},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint64_t number = 1;
		assert_int_equal(silt_decimal(silt_bytes_text(rows[i].text), rows[i].most, &number), rows[i].count);
		assert_int_equal(number, rows[i].number);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_is_in_the_classes_of_the_c_library),
		cmocka_unit_test(no_byte_is_nothing),
		cmocka_unit_test(hexadecimal_digits_have_their_values),
		cmocka_unit_test(decimal_numbers_end_where_they_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
