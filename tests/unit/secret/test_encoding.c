/* Base64, CRC-32, numbers in other bases, and the lines of armor. */
#include "check.h"
#include "secret/armor.h"
#include "secret/encoding.h"

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

static void crc32_has_its_check_value(void **state)
{
	(void)state;
	assert_int_equal(silt_crc32(SILT_LITERAL("123456789")), 0xcbf43926U);
	assert_int_equal(silt_crc32(SILT_LITERAL("")), 0);
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

static void every_spelling_of_armor_reads_the_same(void **state)
{
	(void)state;
	static const char *const spellings[] = {
		"\nZm9v\nYmFy\n",
		"\r\nZm9v\r\nYmFy\r\n",
		"\rZm9v\rYmFy\r",
		"\\nZm9v\\nYmFy\\n",
		"\\r\\nZm9v\\r\\nYmFy\\r\\n",
		"\\\\nZm9v\\\\nYmFy\\\\n",
		"\n    Zm9v\n    YmFy\n    ",
		"\n# Zm9v\n# YmFy\n# ",
		" Zm9v YmFy ",
		"\\n\" +\n  \"Zm9v\\n\" +\n  \"YmFy\\n\" +\n  \"",
		"\",\n\"Zm9v\",\n\"YmFy\",\n\"",
		"\nVersion: GnuPG v2\n\nZm9vYmFy\n=njUN\n",
	};
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
		uint8_t room[64];
		struct silt_armor armor;
		if (!silt_armor_read(silt_bytes_text(spellings[i]), false, room, &armor) || armor.data.len != 6 ||
		    memcmp(armor.data.ptr, "foobar", 6) != 0) {
			fail_msg("spelling %zu was not read", i);
		}
	}
}

static void armor_headers_are_read(void **state)
{
	(void)state;
	uint8_t room[128];
	struct silt_armor armor;
	assert_true(silt_armor_read(SILT_LITERAL("\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00FF\n\nZm9v\n"),
				    false, room, &armor));
	assert_true(armor.encrypted);
	assert_int_equal(armor.cipher.len, 11);
	assert_memory_equal(armor.cipher.ptr, "AES-128-CBC", 11);
}

static void armor_that_is_cut_short_loses_its_last_group(void **state)
{
	(void)state;
	uint8_t room[64];
	struct silt_armor armor;
	assert_true(silt_armor_read(SILT_LITERAL("\nZm9v\nYmF"), true, room, &armor));
	assert_int_equal(armor.data.len, 3);
}

static void armor_of_dots_is_refused(void **state)
{
	(void)state;
	uint8_t room[64];
	struct silt_armor armor;
	assert_false(silt_armor_read(SILT_LITERAL("\n...\n"), false, room, &armor));
	assert_false(silt_armor_read(SILT_LITERAL("\nZm9v\n...\nYmFy\n"), false, room, &armor));
	assert_false(silt_armor_read(SILT_LITERAL("\n\n"), false, room, &armor));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base64_is_decoded_with_and_without_padding),
		cmocka_unit_test(both_alphabets_are_base64),
		cmocka_unit_test(base64_can_be_decoded_in_place),
		cmocka_unit_test(what_is_not_base64_is_refused),
		cmocka_unit_test(crc32_has_its_check_value),
		cmocka_unit_test(numbers_are_compared_with_zeros_in_front),
		cmocka_unit_test(numbers_with_other_digits_or_too_few_differ),
		cmocka_unit_test(every_spelling_of_armor_reads_the_same),
		cmocka_unit_test(armor_headers_are_read),
		cmocka_unit_test(armor_that_is_cut_short_loses_its_last_group),
		cmocka_unit_test(armor_of_dots_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
