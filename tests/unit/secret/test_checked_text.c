/* Checksums inside texts, by the vectors of their specifications. */
#include "check.h"

#include "base/attributes.h"
#include "secret/checked_text.h"

#include <stdio.h>

static void bech32_of_the_specifications_holds(void **state)
{
	(void)state;
	static const char *const texts[] = {
		/* BIP-173 */
		"A12UEL5L",
		"a12uel5l",
		"an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
		"abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
		"split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
		/* BIP-350 */
		"A1LQFN3A",
		"abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx",
	};
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		if (!silt_bech32_holds(silt_bytes_text(texts[i]))) {
			fail_msg("%s", texts[i]);
		}
	}
}

static void bech32_with_any_letter_changed_does_not_hold(void **state)
{
	(void)state;
	char text[] = "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw";
	for (size_t i = 7; text[i] != '\0'; i++) {
		char letter = text[i];
		text[i] = letter == 'q' ? 'p' : 'q';
		assert_false(silt_bech32_holds(silt_bytes_text(text)));
		text[i] = letter;
	}
	static const char *const texts[] = {"",         "1",        "a1",     "1qzzfhee", "pzry9x0s0muk",
					    "A12uEL5L", "a12uel5b", "10a06t8"};
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		assert_false(silt_bech32_holds(silt_bytes_text(texts[i])));
	}
}

static void base58check_gives_the_bytes_before_the_checksum(void **state)
{
	(void)state;
	uint8_t bytes[SILT_BASE58_MAX];
	size_t len;
	/* The key of one, on Bitcoin's wiki and in every tutorial. */
	const char *one = "KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn";
	assert_true(silt_base58check(silt_bytes_text(one), bytes, &len));
	assert_int_equal(len, 34);
	assert_int_equal(bytes[0], 0x80);
	assert_int_equal(bytes[32], 1);
	assert_int_equal(bytes[33], 1);
	/* The address of the first block: its zero byte is the '1' in front. */
	assert_true(silt_base58check(SILT_LITERAL("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"), bytes, &len));
	assert_int_equal(len, 21);
	assert_int_equal(bytes[0], 0);
	assert_int_equal(bytes[1], 0x62);
}

static void base58check_refuses_what_does_not_hold(void **state)
{
	(void)state;
	uint8_t bytes[SILT_BASE58_MAX];
	size_t len;
	char many[400];
	memset(many, 'z', sizeof(many));
	assert_false(silt_base58check(SILT_LITERAL("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"), bytes, &len));
	assert_false(silt_base58check(SILT_LITERAL("A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"), bytes, &len));
	assert_false(silt_base58check(SILT_LITERAL("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfN0"), bytes, &len));
	assert_false(silt_base58check(SILT_LITERAL(""), bytes, &len));
	assert_false(silt_base58check(SILT_LITERAL("111"), bytes, &len));
	for (size_t i = 0; i < sizeof(many); i++) {
		silt_base58check(silt_bytes(many, i), bytes, &len);
		many[i] = i % 3 == 0 ? '1' : 'z';
	}
	memset(many, '1', sizeof(many));
	for (size_t i = 0; i < sizeof(many); i++) {
		assert_false(silt_base58check(silt_bytes(many, i), bytes, &len));
	}
}

static void base32_decodes_the_vectors_of_rfc_4648(void **state)
{
	(void)state;
	static const struct {
		const char *text, *plain;
	} vectors[] = {
		{"MY======", "f"},        {"MZXQ====", "fo"},    {"MZXW6===", "foo"},
		{"MZXW6YQ=", "foob"},     {"MZXW6YTB", "fooba"}, {"MZXW6YTBOI======", "foobar"},
		{"mzxw6ytboi", "foobar"},
	};
	for (size_t i = 0; i < SILT_COUNT(vectors); i++) {
		uint8_t out[32];
		size_t len;
		assert_true(silt_base32_decode(silt_bytes_text(vectors[i].text), out, &len));
		assert_int_equal(len, strlen(vectors[i].plain));
		assert_memory_equal(out, vectors[i].plain, len);
	}
	uint8_t out[32];
	size_t len;
	assert_false(silt_base32_decode(SILT_LITERAL("MZXW6YT1"), out, &len));
	assert_false(silt_base32_decode(SILT_LITERAL("M"), out, &len));
	assert_false(silt_base32_decode(SILT_LITERAL(""), out, &len));
	assert_false(silt_base32_decode(SILT_LITERAL("===="), out, &len));
}

static void crc_16_gives_the_check_value_of_xmodem(void **state)
{
	(void)state;
	assert_int_equal(silt_crc16(SILT_LITERAL("123456789")), 0x31c3);
	assert_int_equal(silt_crc16(SILT_LITERAL("")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bech32_of_the_specifications_holds),
		cmocka_unit_test(bech32_with_any_letter_changed_does_not_hold),
		cmocka_unit_test(base58check_gives_the_bytes_before_the_checksum),
		cmocka_unit_test(base58check_refuses_what_does_not_hold),
		cmocka_unit_test(base32_decodes_the_vectors_of_rfc_4648),
		cmocka_unit_test(crc_16_gives_the_check_value_of_xmodem),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
