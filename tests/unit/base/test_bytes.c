/* Counted byte strings. */
#include "check.h"

#include "base/attributes.h"

static const struct silt_bytes nothing = {NULL, 0};

static void order_is_by_bytes_then_by_length(void **state)
{
	(void)state;
	assert_true(silt_bytes_compare(SILT_LITERAL("a"), SILT_LITERAL("b")) < 0);
	assert_true(silt_bytes_compare(SILT_LITERAL("b"), SILT_LITERAL("abc")) > 0);
	assert_true(silt_bytes_compare(SILT_LITERAL("ab"), SILT_LITERAL("abc")) < 0);
	assert_true(silt_bytes_compare(SILT_LITERAL("a\xFF"), SILT_LITERAL("a\x01")) > 0);
	assert_true(silt_bytes_compare(SILT_LITERAL("a\0"), SILT_LITERAL("a")) > 0);
	assert_int_equal(silt_bytes_compare(SILT_LITERAL("ab"), SILT_LITERAL("ab")), 0);
	assert_int_equal(silt_bytes_compare(nothing, SILT_LITERAL("")), 0);
	assert_true(silt_bytes_compare(nothing, SILT_LITERAL("a")) < 0);
}

static void equality_needs_length_and_bytes(void **state)
{
	(void)state;
	assert_true(silt_bytes_equal(SILT_LITERAL("a\0b"), SILT_LITERAL("a\0b")));
	assert_false(silt_bytes_equal(SILT_LITERAL("a\0b"), SILT_LITERAL("a\0c")));
	assert_false(silt_bytes_equal(SILT_LITERAL("a"), SILT_LITERAL("ab")));
	assert_true(silt_bytes_equal(nothing, SILT_LITERAL("")));
}

static void starts_and_ends_are_compared_within_the_span(void **state)
{
	(void)state;
	assert_true(silt_bytes_start_with(SILT_LITERAL("layer.tar"), SILT_LITERAL("layer")));
	assert_false(silt_bytes_start_with(SILT_LITERAL("lay"), SILT_LITERAL("layer")));
	assert_true(silt_bytes_start_with(nothing, nothing));
	assert_true(silt_bytes_end_with(SILT_LITERAL("layer.tar"), SILT_LITERAL(".tar")));
	assert_false(silt_bytes_end_with(SILT_LITERAL("tar"), SILT_LITERAL(".tar")));
	assert_false(silt_bytes_end_with(SILT_LITERAL("layer.tat"), SILT_LITERAL(".tar")));
	assert_true(silt_bytes_end_with(nothing, nothing));
}

static void case_is_ignored_for_ascii_letters_only(void **state)
{
	(void)state;
	assert_true(silt_bytes_equal_nocase(SILT_LITERAL("AZaz09"), SILT_LITERAL("azAZ09")));
	assert_false(silt_bytes_equal_nocase(SILT_LITERAL("@["), SILT_LITERAL("`{")));
	assert_false(silt_bytes_equal_nocase(SILT_LITERAL("\xC3\x89"), SILT_LITERAL("\xC3\xA9")));
	assert_false(silt_bytes_equal_nocase(SILT_LITERAL("a"), SILT_LITERAL("aa")));
}

static void slices_are_clipped(void **state)
{
	(void)state;
	assert_bytes(silt_bytes_slice(SILT_LITERAL("abcdef"), 2, 3), "cde");
	assert_bytes(silt_bytes_slice(SILT_LITERAL("abcdef"), 4, SIZE_MAX), "ef");
	assert_bytes(silt_bytes_slice(SILT_LITERAL("abcdef"), 6, 1), "");
	assert_bytes(silt_bytes_slice(SILT_LITERAL("abcdef"), SIZE_MAX, SIZE_MAX), "");
	assert_bytes(silt_bytes_slice(nothing, 0, 5), "");
}

static void finding_gives_the_first_place(void **state)
{
	(void)state;
	assert_int_equal(silt_bytes_find(SILT_LITERAL("a\0bcbc"), SILT_LITERAL("bc")), 2);
	assert_int_equal(silt_bytes_find(SILT_LITERAL("abc"), SILT_LITERAL("abcd")), SIZE_MAX);
	assert_int_equal(silt_bytes_find(SILT_LITERAL("abc"), SILT_LITERAL("x")), SIZE_MAX);
	assert_int_equal(silt_bytes_find(SILT_LITERAL("abc"), nothing), 0);
	assert_int_equal(silt_bytes_find(nothing, SILT_LITERAL("x")), SIZE_MAX);
	assert_int_equal(silt_bytes_find_byte(SILT_LITERAL("a/b/c"), '/'), 1);
	assert_int_equal(silt_bytes_find_byte(nothing, '/'), SIZE_MAX);
	assert_int_equal(silt_bytes_find_last_byte(SILT_LITERAL("a/b/c"), '/'), 3);
	assert_int_equal(silt_bytes_find_last_byte(SILT_LITERAL("/"), '/'), 0);
	assert_int_equal(silt_bytes_find_last_byte(SILT_LITERAL("abc"), '/'), SIZE_MAX);
	assert_int_equal(silt_bytes_find_last_byte(nothing, '/'), SIZE_MAX);
}

static void assert_pieces(struct silt_bytes whole, const char *const *want, size_t count)
{
	struct silt_bytes piece;
	for (size_t i = 0; i < count; i++) {
		assert_true(silt_bytes_cut(&whole, ',', &piece));
		assert_span(piece, silt_bytes_text(want[i]));
	}
	assert_false(silt_bytes_cut(&whole, ',', &piece));
}

static void cutting_gives_every_piece_between_separators(void **state)
{
	(void)state;
	assert_pieces(SILT_LITERAL("a,,b"), (const char *const[]){"a", "", "b"}, 3);
	assert_pieces(SILT_LITERAL("abc"), (const char *const[]){"abc"}, 1);
	assert_pieces(SILT_LITERAL(",a"), (const char *const[]){"", "a"}, 2);
	assert_pieces(SILT_LITERAL(""), NULL, 0);
}

static void a_separator_at_the_end_leaves_nothing_to_cut(void **state)
{
	(void)state;
	assert_pieces(SILT_LITERAL("a,"), (const char *const[]){"a"}, 1);
}

static void trimming_takes_white_space_off_both_ends(void **state)
{
	(void)state;
	assert_bytes(silt_bytes_trim(SILT_LITERAL(" \t\r\n\v\fa b\n")), "a b");
	assert_bytes(silt_bytes_trim(SILT_LITERAL("\0 ")), "\0");
	assert_bytes(silt_bytes_trim(SILT_LITERAL("   ")), "");
	assert_bytes(silt_bytes_trim(nothing), "");
}

static void all_means_every_byte(void **state)
{
	(void)state;
	uint8_t block[512] = {0};
	assert_true(silt_bytes_all(silt_bytes(block, sizeof(block)), 0));
	assert_false(silt_bytes_all(silt_bytes(block, sizeof(block)), 1));
	for (size_t i = 0; i < sizeof(block); i += 73) {
		block[i] = 1;
		assert_false(silt_bytes_all(silt_bytes(block, sizeof(block)), 0));
		block[i] = 0;
	}
	block[sizeof(block) - 1] = 1;
	assert_false(silt_bytes_all(silt_bytes(block, sizeof(block)), 0));
	assert_true(silt_bytes_all(nothing, 7));
	assert_true(silt_bytes_all(SILT_LITERAL("x"), 'x'));
}

static void the_basename_is_behind_the_last_slash(void **state)
{
	(void)state;
	assert_bytes(silt_path_basename(SILT_LITERAL("a/b")), "b");
	assert_bytes(silt_path_basename(SILT_LITERAL("b")), "b");
	assert_bytes(silt_path_basename(SILT_LITERAL("a/")), "");
	assert_bytes(silt_path_basename(nothing), "");
}

static void integers_are_decoded_in_both_orders(void **state)
{
	(void)state;
	static const uint8_t bytes[] = {0x81, 0x02, 0x03, 0xF4};
	assert_int_equal(silt_u32le(bytes), 0xF4030281);
	assert_int_equal(silt_u32be(bytes), 0x810203F4);
}

static void a_missing_text_is_the_empty_span(void **state)
{
	(void)state;
	assert_int_equal(silt_bytes_text(NULL).len, 0);
	assert_bytes(silt_bytes_text("abc"), "abc");
}

static void a_pair_of_quotes_is_taken_off(void **state)
{
	(void)state;
	static const char *const cases[][2] = {{"\"a\"", "a"}, {"'a b'", "a b"}, {"\"a'", "\"a'"},
					       {"'", "'"},     {"''", ""},       {"", ""}};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		struct silt_bytes got = silt_bytes_unquoted(silt_bytes_text(cases[i][0]));
		assert_true(silt_bytes_equal(got, silt_bytes_text(cases[i][1])));
	}
}

static void a_path_has_a_folder_and_is_within_it(void **state)
{
	(void)state;
	assert_true(silt_bytes_equal(silt_path_parent(silt_bytes_text("a/b/c")), silt_bytes_text("a/b")));
	assert_int_equal(silt_path_parent(silt_bytes_text("a")).len, 0);
	assert_int_equal(silt_path_parent(silt_bytes_text("")).len, 0);
	assert_true(silt_path_is_within(silt_bytes_text("a/b"), silt_bytes_text("a")));
	assert_true(silt_path_is_within(silt_bytes_text("a"), silt_bytes_text("a")));
	assert_true(silt_path_is_within(silt_bytes_text("a"), silt_bytes_text("")));
	assert_false(silt_path_is_within(silt_bytes_text("ab"), silt_bytes_text("a")));
	assert_false(silt_path_is_within(silt_bytes_text("a"), silt_bytes_text("a/b")));
}

static int sign(int order)
{
	return (order > 0) - (order < 0);
}

static void order_with_a_text_is_that_of_bytes(void **state)
{
	(void)state;
	static const char *const texts[] = {"", "a", "ab", "abc", "b", "\x7f", "\xc3\xa9"};
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		struct silt_bytes bytes = silt_bytes_text(texts[i]);
		for (size_t j = 0; j < SILT_COUNT(texts); j++) {
			assert_int_equal(sign(silt_bytes_compare_text(bytes, texts[j])),
					 sign(silt_bytes_compare(bytes, silt_bytes_text(texts[j]))));
		}
	}
	assert_int_equal(sign(silt_bytes_compare_text(silt_bytes("a\0b", 3), "a")), 1);
	assert_int_equal(sign(silt_bytes_compare_text(silt_bytes("\0", 1), "")), 1);
}

static void a_sorted_list_has_its_texts_and_no_others(void **state)
{
	(void)state;
	static const char *const list[] = {"B", "a", "ab", "b", "ba", "c", "d"};
	static const char *const others[] = {"", "A", "aa", "abc", "bb", "da", "e"};
	for (size_t count = 0; count <= SILT_COUNT(list); count++) {
		for (size_t i = 0; i < SILT_COUNT(list); i++) {
			assert_int_equal(silt_is_text_of_sorted(silt_bytes_text(list[i]), list, count), i < count);
			assert_false(silt_is_text_of_sorted(silt_bytes_text(others[i]), list, count));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order_is_by_bytes_then_by_length),
		cmocka_unit_test(equality_needs_length_and_bytes),
		cmocka_unit_test(starts_and_ends_are_compared_within_the_span),
		cmocka_unit_test(case_is_ignored_for_ascii_letters_only),
		cmocka_unit_test(slices_are_clipped),
		cmocka_unit_test(finding_gives_the_first_place),
		cmocka_unit_test(cutting_gives_every_piece_between_separators),
		cmocka_unit_test(a_separator_at_the_end_leaves_nothing_to_cut),
		cmocka_unit_test(trimming_takes_white_space_off_both_ends),
		cmocka_unit_test(all_means_every_byte),
		cmocka_unit_test(the_basename_is_behind_the_last_slash),
		cmocka_unit_test(order_with_a_text_is_that_of_bytes),
		cmocka_unit_test(a_sorted_list_has_its_texts_and_no_others),
		cmocka_unit_test(integers_are_decoded_in_both_orders),
		cmocka_unit_test(a_missing_text_is_the_empty_span),
		cmocka_unit_test(a_pair_of_quotes_is_taken_off),
		cmocka_unit_test(a_path_has_a_folder_and_is_within_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
