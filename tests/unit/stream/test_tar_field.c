/* Numbers of tar headers, against what Go's archive/tar makes of them. */
#include "stream/tar_field.h"

#include "base/attributes.h"
#include "cmocka_test.h"
#include "stream/tar_pax.h"

#define FIELD(text) SILT_LITERAL_INIT(text)

/* A number, or none. */
struct row {
	struct silt_bytes field;
	bool good;
	int64_t number;
};

static void expect_rows(const struct row *rows, size_t count, bool (*read)(struct silt_bytes field, int64_t *number))
{
	for (size_t i = 0; i < count; i++) {
		int64_t number = 0;
		if (read(rows[i].field, &number) != rows[i].good || number != rows[i].number) {
			fail_msg("row %zu: %lld", i, (long long)number);
		}
	}
}

static void octal_has_blanks_and_nuls_around_it(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{FIELD("0000644\0"), true, 0644},
		{FIELD("   644 \0"), true, 0644},
		{FIELD("\0\0"
		       "0644\0\0"),
		 true, 0644},
		{FIELD("00000644"), true, 0644},
		{FIELD("\0\0\0\0\0\0\0\0"), true, 0},
		{FIELD("        "), true, 0},
		{FIELD(""), true, 0},
		{FIELD("12\0"
		       "9garb"),
		 true, 012},
		{FIELD("777777777777"), true, INT64_C(0777777777777)},
	};
	expect_rows(rows, SILT_COUNT(rows), silt_tar_number);
}

static void what_is_not_octal_is_no_number(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{FIELD("0000648\0"), false, 0},
		{FIELD("12 34\0"), false, 0},
		{FIELD("-1\0"), false, 0},
		{FIELD("+1\0"), false, 0},
		{FIELD("0x1f\0"), false, 0},
		{FIELD("12 \0garb"), false, 0},
		{FIELD("5_12\0"), false, 0},
		{FIELD("20 garbage"), false, 0},
		{FIELD("7777777777777777777777777"), false, 0},
	};
	expect_rows(rows, SILT_COUNT(rows), silt_tar_number);
}

static void first_bit_means_binary_of_two_complement(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{FIELD("\x80\0\0\0\0\0\0\x05"), true, 5},
		{FIELD("\x80\0\0\0\0\x20\0\0"), true, 1 << 21},
		{FIELD("\xff\xff\xff\xff\xff\xff\xff\xff"), true, -1},
		{FIELD("\xff\xff\xff\xff\xff\xff\xff\xfe"), true, -2},
		{FIELD("\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff"), true, INT64_MAX},
		{FIELD("\xff\xff\xff\xff\x80\0\0\0\0\0\0\0"), true, INT64_MIN},
		{FIELD("\x80\0\0\0\x80\0\0\0\0\0\0\0"), false, 0},
		{FIELD("\x80\0\0\1\0\0\0\0\0\0\0\0"), false, 0},
		{FIELD("\xff\xff\xff\xfe\0\0\0\0\0\0\0\0"), false, 0},
		{FIELD("\xbf\xff\xff\xff\xff\xff\xff\xff"), true, INT64_C(0x3fffffffffffffff)},
		{FIELD("\xc0\0\0\0\0\0\0\0"), true, -INT64_C(0x4000000000000000)},
	};
	expect_rows(rows, SILT_COUNT(rows), silt_tar_number);
	int64_t number;
	assert_false(silt_tar_octal(SILT_LITERAL("\x80\0\0\0\0\0\0\x05"), &number));
}

static void decimal_has_a_sign_or_none_and_nothing_else(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{FIELD("0"), true, 0},
		{FIELD("-0"), true, 0},
		{FIELD("+512"), true, 512},
		{FIELD("00012"), true, 12},
		{FIELD("9223372036854775807"), true, INT64_MAX},
		{FIELD("-9223372036854775808"), true, INT64_MIN},
		{FIELD("9223372036854775808"), false, 0},
		{FIELD("-9223372036854775809"), false, 0},
		{FIELD("99999999999999999999"), false, 0},
		{FIELD(""), false, 0},
		{FIELD("-"), false, 0},
		{FIELD("+-1"), false, 0},
		{FIELD(" 1"), false, 0},
		{FIELD("1 "), false, 0},
		{FIELD("1_0"), false, 0},
		{FIELD("0x10"), false, 0},
	};
	expect_rows(rows, SILT_COUNT(rows), silt_tar_decimal);
}

static void times_are_rounded_down(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{FIELD("1350244992"), true, 1350244992},
		{FIELD("1350244992.023960108"), true, 1350244992},
		{FIELD("1350244992."), true, 1350244992},
		{FIELD("-1.5"), true, -2},
		{FIELD("-1.0"), true, -1},
		{FIELD("-1.0000000001"), true, -1}, /* below a nanosecond */
		{FIELD("-0.5"), true, -1},
		{FIELD("0.5"), true, 0},
		{FIELD("-9223372036854775808.5"), true, INT64_MIN},
		{FIELD(".5"), false, 0},
		{FIELD(""), false, 0},
		{FIELD("1.5x"), false, 0},
		{FIELD("1.-5"), false, 0},
		{FIELD("1e5"), false, 0},
	};
	expect_rows(rows, SILT_COUNT(rows), silt_tar_pax_time);
}

static void text_ends_at_its_nul(void **state)
{
	(void)state;
	assert_true(silt_bytes_equal(silt_tar_text(SILT_LITERAL("abc\0def")), SILT_LITERAL("abc")));
	assert_true(silt_bytes_equal(silt_tar_text(SILT_LITERAL("abc")), SILT_LITERAL("abc")));
	assert_int_equal(silt_tar_text(SILT_LITERAL("\0abc")).len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(octal_has_blanks_and_nuls_around_it),
		cmocka_unit_test(what_is_not_octal_is_no_number),
		cmocka_unit_test(first_bit_means_binary_of_two_complement),
		cmocka_unit_test(decimal_has_a_sign_or_none_and_nothing_else),
		cmocka_unit_test(times_are_rounded_down),
		cmocka_unit_test(text_ends_at_its_nul),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
