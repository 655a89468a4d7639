/* Decoding of single characters. */
#include "check.h"

#include "base/attributes.h"
#include "base/utf8.h"

struct row {
	struct silt_bytes bytes;
	size_t len;
	uint32_t code;
};

#define ROW(text, len, code)                                                                                           \
	{                                                                                                              \
		{(const uint8_t *)(text), sizeof(text) - 1}, len, code                                                 \
	}

static void borders_of_each_length_are_decoded(void **state)
{
	(void)state;
	static const struct row rows[] = {
		ROW("\0", 1, 0),
		ROW("\x7F", 1, 0x7F),
		ROW("\xC2\x80", 2, 0x80),
		ROW("\xDF\xBF", 2, 0x7FF),
		ROW("\xE0\xA0\x80", 3, 0x800),
		ROW("\xED\x9F\xBF", 3, 0xD7FF),
		ROW("\xEE\x80\x80", 3, 0xE000),
		ROW("\xEF\xBF\xBF", 3, 0xFFFF),
		ROW("\xF0\x90\x80\x80", 4, 0x10000),
		ROW("\xF4\x8F\xBF\xBF", 4, 0x10FFFF),
		ROW("ab", 1, 'a'),
	};
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		uint32_t code = 0xFFFFFFFF;
		assert_int_equal(silt_utf8_decode(rows[i].bytes, &code), rows[i].len);
		assert_int_equal(code, rows[i].code);
	}
}

static void ill_formed_bytes_are_refused(void **state)
{
	(void)state;
	static const struct row rows[] = {
		ROW("", 0, 0),
		ROW("\x80", 0, 0),             /* continuation alone */
		ROW("\xBF", 0, 0),             /* the same */
		ROW("\xC0\x80", 0, 0),         /* overlong NUL */
		ROW("\xC1\xBF", 0, 0),         /* overlong DEL */
		ROW("\xE0\x9F\xBF", 0, 0),     /* overlong */
		ROW("\xF0\x8F\xBF\xBF", 0, 0), /* overlong */
		ROW("\xED\xA0\x80", 0, 0),     /* U+D800 */
		ROW("\xED\xBF\xBF", 0, 0),     /* U+DFFF */
		ROW("\xF4\x90\x80\x80", 0, 0), /* U+110000 */
		ROW("\xF5\x80\x80\x80", 0, 0),
		ROW("\xF8\x88\x80\x80", 0, 0),
		ROW("\xFF", 0, 0),
		ROW("\xC3", 0, 0), /* cut short */
		ROW("\xE2\x82", 0, 0),
		ROW("\xF0\x9F\x98", 0, 0),
		ROW("\xE2\x41\x80", 0, 0), /* not a continuation */
		ROW("\xE2\x82\xC0", 0, 0),
	};
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		uint32_t code = 0xFFFFFFFF;
		assert_int_equal(silt_utf8_decode(rows[i].bytes, &code), 0);
		assert_int_equal(code, 0xFFFFFFFF);
	}
}

static void text_is_cut_between_characters(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t max, len;
	} cases[] = {
		{"abc", 3, 3},
		{"abc", 2, 2},
		{"", 0, 0},
		{"a\xC3\xA4", 2, 1},
		{"a\xC3\xA4", 3, 3},
		{"a\xC3\xA4x", 3, 3},
		{"\xE2\x82\xAC", 0, 0},
		{"\xE2\x82\xAC", 1, 0},
		{"\xE2\x82\xAC", 2, 0},
		{"\xF0\x9F\x98\x80z", 3, 0},
		{"\xF0\x9F\x98\x80z", 4, 4},
		{"\x80\x80\x80\x80\x80\x80", 5, 5}, /* no characters */
		{"\xC3\x41\x41", 1, 1},
		{"a\xFF\xFF", 2, 2},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		assert_int_equal(silt_utf8_cut(silt_bytes_text(cases[i].text), cases[i].max).len, cases[i].len);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(borders_of_each_length_are_decoded),
		cmocka_unit_test(ill_formed_bytes_are_refused),
		cmocka_unit_test(text_is_cut_between_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
