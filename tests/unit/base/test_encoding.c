/* Base64, hexadecimal, and numbers in other bases. */
#include "check.h"

#include "base/encoding.h"

static void assert_decodes(const char *text, const char *expected)
{
	uint8_t room[64];
	size_t len = 0;
	assert_true(silt_base64_decode(silt_bytes_text(text), room, &len));
	assert_int_equal(len, strlen(expected));
	assert_memory_equal(room, expected, len);
}

static void base64_is_decoded_with_and_without_padding(void **state)
{
	(void)state;
	assert_decodes("", "");
	assert_decodes("Zg==", "f");
	assert_decodes("Zg", "f");
	assert_decodes("Zm8=", "fo");
	assert_decodes("Zm9v", "foo");
	assert_decodes("Zm9vYmFy", "foobar");
}

static void both_alphabets_are_base64(void **state)
{
	(void)state;
	assert_decodes("+/+/", "\xfb\xff\xbf");
	assert_decodes("-_-_", "\xfb\xff\xbf");
}

static void base64_can_be_decoded_in_place(void **state)
{
	(void)state;
	uint8_t room[] = "Zm9vYmFy";
	size_t len = 0;
	assert_true(silt_base64_decode(silt_bytes(room, 8), room, &len));
	assert_int_equal(len, 6);
	assert_memory_equal(room, "foobar", 6);
}

static void what_is_not_base64_is_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {"Z", "Zm9vY", "Zg=", "Zm9v=", "Z===", "Zm 9", "Zm.v", "=Zm9"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		uint8_t room[16];
		size_t len = 0;
		if (silt_base64_decode(silt_bytes_text(texts[i]), room, &len)) {
			fail_msg("\"%s\" was decoded", texts[i]);
		}
	}
}

static void hexadecimal_is_written_in_lower_case_and_read_in_either(void **state)
{
	(void)state;
	static const uint8_t bytes[] = {0x00, 0x9a, 0xbc, 0xff};
	char text[2 * sizeof(bytes) + 1];
	uint8_t again[sizeof(bytes)];
	silt_hex(silt_bytes(bytes, sizeof(bytes)), text);
	assert_string_equal(text, "009abcff");
	assert_true(silt_hex_decode(SILT_LITERAL("009aBCfF"), again, sizeof(again)));
	assert_memory_equal(again, bytes, sizeof(bytes));
}

static void what_is_not_hexadecimal_of_that_size_is_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {"", "00", "000", "00000", "000g", "0x00", "00:0", "/000", "00@0", "`000"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		uint8_t room[2];
		if (silt_hex_decode(silt_bytes_text(texts[i]), room, sizeof(room))) {
			fail_msg("\"%s\" was decoded", texts[i]);
		}
	}
}

static void numbers_are_compared_with_zeros_in_front(void **state)
{
	(void)state;
	assert_true(silt_number_is(0, silt_digits_base62, SILT_LITERAL("000000")));
	assert_true(silt_number_is(61, silt_digits_base62, SILT_LITERAL("00000z")));
	assert_true(silt_number_is(62, silt_digits_base62, SILT_LITERAL("000010")));
	assert_true(silt_number_is(4294967295U, silt_digits_base36, SILT_LITERAL("1z141z3")));
	assert_true(silt_number_is(4294967295U, silt_digits_base62, SILT_LITERAL("4gfFC3")));
}

static void numbers_with_other_digits_or_too_few_differ(void **state)
{
	(void)state;
	assert_false(silt_number_is(62, silt_digits_base62, SILT_LITERAL("000011")));
	assert_false(silt_number_is(62, silt_digits_base62, SILT_LITERAL("0")));
	assert_false(silt_number_is(1, silt_digits_base62, SILT_LITERAL("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base64_is_decoded_with_and_without_padding),
		cmocka_unit_test(both_alphabets_are_base64),
		cmocka_unit_test(base64_can_be_decoded_in_place),
		cmocka_unit_test(what_is_not_base64_is_refused),
		cmocka_unit_test(hexadecimal_is_written_in_lower_case_and_read_in_either),
		cmocka_unit_test(what_is_not_hexadecimal_of_that_size_is_refused),
		cmocka_unit_test(numbers_are_compared_with_zeros_in_front),
		cmocka_unit_test(numbers_with_other_digits_or_too_few_differ),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
