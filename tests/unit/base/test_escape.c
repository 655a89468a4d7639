/* Escaping: what is kept, what is escaped, and that it can be undone. */
#include "check.h"

#include "base/escape.h"

#include <stdio.h>
#include <stdlib.h>

static void assert_escaped(struct silt_bytes bytes, const char *want)
{
	struct silt_buffer out = {0};
	silt_escape(&out, bytes);
	assert_string_equal(silt_buffer_text(&out), want);
	assert_int_equal(silt_is_plain(bytes), strlen(want) == bytes.len && memcmp(want, bytes.ptr, bytes.len) == 0);
	silt_buffer_done(&out);
}

#define assert_escape(text, want) assert_escaped(SILT_LITERAL(text), want)
#define assert_plain(text) assert_escaped(SILT_LITERAL(text), text)

/* Writes `code` as UTF-8 by the book, surrogates too. */
static size_t encode(uint32_t code, uint8_t out[static 4])
{
	if (code < 0x80) {
		out[0] = (uint8_t)code;
		return 1;
	}
	size_t more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
	static const uint8_t leads[] = {0, 0xC0, 0xE0, 0xF0};
	out[0] = (uint8_t)(leads[more] | code >> (6 * more));
	for (size_t i = 1; i <= more; i++) {
		out[i] = (uint8_t)(0x80 | (code >> (6 * (more - i)) & 0x3F));
	}
	return more + 1;
}

/* Undoes escaping; the other direction of the contract. Returns the number of bytes written to `out`. */
static size_t unescape(const char *text, uint8_t *out)
{
	static const char letters[] = "\\ntr", meant[] = "\\\n\t\r";
	size_t len = 0;
	while (*text) {
		const char *letter = text[0] == '\\' ? strchr(letters, text[1]) : NULL;
		if (text[0] != '\\') {
			out[len++] = (uint8_t)*text++;
		} else if (letter) {
			out[len++] = (uint8_t)meant[letter - letters];
			text += 2;
		} else {
			char digits[3] = {text[2], text[3], 0};
			assert_int_equal(text[1], 'x');
			out[len++] = (uint8_t)strtoul(digits, NULL, 16);
			text += 4;
		}
	}
	return len;
}

static void printable_text_is_kept(void **state)
{
	(void)state;
	assert_plain("");
	assert_plain("/usr/share/My File ~!@#$%^&*()\"'");
	assert_plain("h\xC3\xA9llo \xE4\xB8\xAD\xE6\x96\x87 \xF0\x9F\x98\x80");
	assert_plain("\xC2\xA1");         /* U+00A1, first behind C1 and the no-break space */
	assert_plain("\xEF\xBF\xBD");     /* U+FFFD, last before the noncharacters of the plane */
	assert_plain("\xF0\x90\x80\x80"); /* U+10000 */
}

static void controls_and_backslash_have_their_forms(void **state)
{
	(void)state;
	assert_escape("a\\b", "a\\\\b");
	assert_escape("a\nb\tc\rd", "a\\nb\\tc\\rd");
	assert_escape("\x1b[31m\x07", "\\x1b[31m\\x07");
	assert_escape("\0\x7f", "\\x00\\x7f");
	assert_escape("\\x41", "\\\\x41");
}

static void commands_for_the_logs_of_ci_servers_are_none(void **state)
{
	(void)state;
	assert_escape("##[error]x", "\\x23#[error]x");
	assert_escape("a##vso[task.setvariable variable=x]y", "a\\x23#vso[task.setvariable variable=x]y");
	assert_escape("###teamcity[x]", "#\\x23#teamcity[x]");
	assert_plain("## a [b] ##");
	assert_plain("#[x] ##vso ##1[x]");
}

static void invalid_utf8_is_escaped_byte_by_byte(void **state)
{
	(void)state;
	assert_escape("caf\xE9", "caf\\xe9");
	assert_escape("\xC3\xC3\xA9", "\\xc3\xC3\xA9");
	assert_escape("\xED\xA0\x80", "\\xed\\xa0\\x80");
	assert_escape("\xE2\x82", "\\xe2\\x82");
	assert_escape("\x9B"
		      "31m",
		      "\\x9b31m");
}

static bool is_listed(uint32_t code)
{
	static const uint32_t ranges[][2] = {
		{0, 0x1F},          {'\\', '\\'},       {0x7F, 0xA0},       {0xAD, 0xAD},     {0x34F, 0x34F},
		{0x61C, 0x61C},     {0x115F, 0x1160},   {0x1680, 0x1680},   {0x17B4, 0x17B5}, {0x180B, 0x180F},
		{0x2000, 0x200A},   {0x200B, 0x200D},   {0x200E, 0x200F},   {0x2028, 0x2029}, {0x202A, 0x202E},
		{0x202F, 0x202F},   {0x205F, 0x205F},   {0x2060, 0x2065},   {0x2066, 0x2069}, {0x206A, 0x206F},
		{0x2800, 0x2800},   {0x3000, 0x3000},   {0x3164, 0x3164},   {0xD800, 0xDFFF}, {0xFDD0, 0xFDEF},
		{0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB}, {0x13430, 0x1343F},
		{0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
	};
	for (size_t i = 0; i < SILT_COUNT(ranges); i++) {
		if (code >= ranges[i][0] && code <= ranges[i][1]) {
			return true;
		}
	}
	return (code & 0xFFFF) >= 0xFFFE;
}

static void every_code_point_is_kept_or_escaped_as_listed(void **state)
{
	(void)state;
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		uint8_t bytes[4];
		bool plain = silt_is_plain(silt_bytes(bytes, encode(code, bytes)));
		if (plain == is_listed(code)) {
			fail_msg("U+%04X: plain is %d", code, plain);
		}
	}
}

static void marks_do_not_pile_up(void **state)
{
	(void)state;
	assert_plain("a\xCC\x80\xCC\x80\xCC\x80\xCC\x80 e\xCC\x81\xCC\x81\xCC\x81\xCC\x81");
	assert_escape("\xCC\x80\xCC\x80\xCC\x80\xCC\x80\xCC\x80\xE2\x83\x9D",
		      "\xCC\x80\xCC\x80\xCC\x80\xCC\x80\\xcc\\x80\\xe2\\x83\\x9d");
	assert_escape("\xCC\x80\xCC\x80\xCC\x80\xCC\x80\\\xCC\x80", "\xCC\x80\xCC\x80\xCC\x80\xCC\x80\\\\\xCC\x80");
	assert_escape("\xCC\x80\xCC\x80\xCC\x80\xCC\x80\xFF\xCC\x80", "\xCC\x80\xCC\x80\xCC\x80\xCC\x80\\xff\xCC\x80");
}

/* By our own way back, which must be that of the test. */
static void assert_back(struct silt_bytes bytes)
{
	struct silt_buffer text = {0}, back = {0};
	uint8_t by_the_book[64];
	silt_escape(&text, bytes);
	silt_unescape(&back, silt_buffer_bytes(&text));
	assert_span(silt_buffer_bytes(&back), bytes);
	assert_span(silt_bytes(by_the_book, unescape(silt_buffer_text(&text), by_the_book)), bytes);
	silt_buffer_done(&text);
	silt_buffer_done(&back);
}

static void what_was_escaped_comes_back(void **state)
{
	(void)state;
	assert_back(SILT_LITERAL(""));
	assert_back(SILT_LITERAL("\\n\\\n\\x41\\\\"));
	assert_back(SILT_LITERAL("\0\x1b\xFF\xCC\x80\xCC\x80\xCC\x80\xCC\x80\xCC\x80\t\r"));
	assert_back(SILT_LITERAL("caf\xC3\xA9\xE2\x80\xAE"));
}

static void what_is_no_escape_stays(void **state)
{
	(void)state;
	static const char *const texts[] = {"\\", "\\x", "\\x4", "\\xg0", "\\x0g", "\\e", "a\\"};
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		struct silt_buffer back = {0};
		silt_unescape(&back, silt_bytes_text(texts[i]));
		assert_string_equal(silt_buffer_text(&back), texts[i]);
		silt_buffer_done(&back);
	}
}

static void every_pair_of_bytes_can_be_recovered(void **state)
{
	(void)state;
	for (unsigned pair = 0; pair <= 0xFFFF; pair++) {
		uint8_t bytes[2] = {(uint8_t)(pair >> 8), (uint8_t)pair}, back[16];
		char text[32];
		silt_escape_text(silt_bytes(bytes, 2), text, sizeof(text));
		assert_span(silt_bytes(back, unescape(text, back)), silt_bytes(bytes, 2));
	}
}

static void every_code_point_can_be_recovered(void **state)
{
	(void)state;
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		uint8_t bytes[4], back[32];
		char text[32];
		struct silt_bytes span = silt_bytes(bytes, encode(code, bytes));
		silt_escape_text(span, text, sizeof(text));
		size_t len = unescape(text, back);
		if (len != span.len || memcmp(back, bytes, len) != 0) {
			fail_msg("U+%04X came back as something else", code);
		}
	}
}

static void a_text_that_fits_is_whole(void **state)
{
	(void)state;
	char text[6];
	assert_string_equal(silt_escape_text(SILT_LITERAL("abcde"), text, sizeof(text)), "abcde");
	assert_string_equal(silt_escape_text(SILT_LITERAL("a\x01"), text, sizeof(text)), "a\\x01");
	assert_string_equal(silt_escape_text(SILT_LITERAL(""), text, sizeof(text)), "");
}

static void a_cut_is_never_inside_an_escape_or_character(void **state)
{
	(void)state;
	struct silt_bytes bytes = SILT_LITERAL("ab\x01\xC3\xA9\xE2\x80\xAE\\z");
	const char *whole = "ab\\x01\xC3\xA9\\xe2\\x80\\xae\\\\z";
	static const size_t borders[] = {0, 1, 2, 6, 8, 20, 22, 23};
	for (size_t size = 1; size <= strlen(whole) + 1; size++) {
		char text[64];
		memset(text, '#', sizeof(text));
		silt_escape_text(bytes, text, size);
		size_t len = strlen(text);
		assert_true(len < size);
		assert_int_equal(text[size], '#');
		if (size > strlen(whole)) {
			assert_string_equal(text, whole);
		} else if (size > 3) {
			assert_string_equal(text + len - 3, "...");
			bool at_border = false;
			for (size_t i = 0; i < SILT_COUNT(borders); i++) {
				at_border |= len - 3 == borders[i];
			}
			assert_true(at_border);
			assert_memory_equal(text, whole, len - 3);
		} else {
			assert_int_equal(strspn(text, "."), len);
		}
	}
}

static void assert_cut(const char *whole, size_t size, const char *want)
{
	char text[64];
	assert_string_equal(silt_escape_text(silt_bytes_text(whole), text, size), want);
}

/* It could be a token, of which no part may be shown but its front; whole, it is known as one. */
static void no_long_word_is_cut_in_two(void **state)
{
	(void)state;
	assert_cut("a abcdefgh and more", 9, "a abc..."); /* short: as it comes */
	assert_cut("a abcdefghi and more", 10, "a abcd...");
	assert_cut("a abcdefghi and more", 11, "a abcd...");
	assert_cut("a abcdefghi and more", 14, "a abcd...");
	assert_cut("a abcdefghi and more", 15, "a abcdefghi...");
	assert_cut("a abcdefghi and more", 16, "a abcdefghi ...");
	assert_cut("a abcdefghi", 12, "a abcdefghi");
	assert_cut("\x01"
		   "abcdefghijklmnop",
		   14, "\\x01a...");
	assert_cut("ab_cd-ef+gh=ij~kl", 14, "ab_c...");
	assert_cut("x:abcdefgh@host", 14, "x:abcd...");
	assert_cut("/abc/def/ghi/jkl/mno", 14, "/abc/def/g...");
	assert_cut("abcdefghijklmnop", 4, "...");
}

static void size_zero_writes_nothing(void **state)
{
	(void)state;
	char text = '#';
	assert_ptr_equal(silt_escape_text(SILT_LITERAL("abc"), &text, 0), &text);
	assert_int_equal(text, '#');
}

static void copies_belong_to_the_arena(void **state)
{
	(void)state;
	struct silt_arena arena = {0};
	assert_string_equal(silt_escape_copy(&arena, SILT_LITERAL("a\nb")), "a\\nb");
	assert_string_equal(silt_escape_copy(&arena, SILT_LITERAL("")), "");
	assert_string_equal(silt_escape_name(&arena, SILT_LITERAL("a\nb")), "a\\nb");
	assert_string_equal(silt_escape_name(&arena, SILT_LITERAL("")), "''");
	assert_string_equal(silt_escape_cut(&arena, SILT_LITERAL("a\nb"), 80), "a\\nb");
	assert_string_equal(silt_escape_cut(&arena, SILT_LITERAL("abcdefgh"), 6), "abc...");
	assert_string_equal(silt_escape_cut(&arena, SILT_LITERAL("abcdefgh"), 8), "abcdefgh");
	assert_string_equal(silt_escape_cut(&arena, SILT_LITERAL("abcdefgh"), 7), "abcd...");
	assert_string_equal(silt_escape_cut(&arena, SILT_LITERAL("abcdefgh"), SIZE_MAX), "abcdefgh");
	silt_arena_done(&arena);
}

static void the_buffer_and_the_array_agree(void **state)
{
	(void)state;
	struct silt_bytes bytes = SILT_LITERAL("x\xF3\xA0\x80\x81y\xEF\xB7\x90\0");
	struct silt_buffer out = {0};
	char text[128];
	silt_escape(&out, bytes);
	assert_string_equal(silt_buffer_text(&out), silt_escape_text(bytes, text, sizeof(text)));
	assert_string_equal(text, "x\\xf3\\xa0\\x80\\x81y\\xef\\xb7\\x90\\x00");
	silt_buffer_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(printable_text_is_kept),
		cmocka_unit_test(controls_and_backslash_have_their_forms),
		cmocka_unit_test(commands_for_the_logs_of_ci_servers_are_none),
		cmocka_unit_test(invalid_utf8_is_escaped_byte_by_byte),
		cmocka_unit_test(every_code_point_is_kept_or_escaped_as_listed),
		cmocka_unit_test(marks_do_not_pile_up),
		cmocka_unit_test(what_was_escaped_comes_back),
		cmocka_unit_test(what_is_no_escape_stays),
		cmocka_unit_test(every_pair_of_bytes_can_be_recovered),
		cmocka_unit_test(every_code_point_can_be_recovered),
		cmocka_unit_test(a_text_that_fits_is_whole),
		cmocka_unit_test(a_cut_is_never_inside_an_escape_or_character),
		cmocka_unit_test(no_long_word_is_cut_in_two),
		cmocka_unit_test(size_zero_writes_nothing),
		cmocka_unit_test(copies_belong_to_the_arena),
		cmocka_unit_test(the_buffer_and_the_array_agree),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
