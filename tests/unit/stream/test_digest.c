/* SHA-256 and its two spellings. */
#include "cmocka_test.h"

#include "stream/digest.h"
#include "stream/source.h"

#include <stdio.h>

#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define LONG "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
#define MILLION "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"

static void expect_text(struct silt_hasher *hasher, const char *expected)
{
	struct silt_digest digest;
	char text[SILT_DIGEST_TEXT_SIZE];
	silt_hasher_end(hasher, &digest);
	assert_true(digest.known);
	assert_string_equal(silt_digest_text(&digest, text), expected);
}

static struct silt_hasher *start(void)
{
	struct silt_hasher *hasher = NULL;
	assert_int_equal(silt_hasher_new(&hasher, NULL), SILT_OK);
	return hasher;
}

/* FIPS 180-4 examples. */
static void known_answers_hold(void **state)
{
	(void)state;
	struct silt_hasher *hasher = start();
	expect_text(hasher, "sha256:" EMPTY);
	silt_hasher_free(hasher);
	hasher = start();
	silt_hasher_add(hasher, SILT_LITERAL("abc"));
	expect_text(hasher, "sha256:" ABC);
	silt_hasher_free(hasher);
	hasher = start();
	silt_hasher_add(hasher, SILT_LITERAL("abcdbcdecdefdefgefghfghighij"));
	silt_hasher_add(hasher, silt_bytes(NULL, 0));
	silt_hasher_add(hasher, SILT_LITERAL("hijkijkljklmklmnlmnomnopnopq"));
	expect_text(hasher, "sha256:" LONG);
	silt_hasher_free(hasher);
	hasher = start();
	for (unsigned i = 0; i < 100000; i++) {
		silt_hasher_add(hasher, SILT_LITERAL("aaaaaaaaaa"));
	}
	expect_text(hasher, "sha256:" MILLION);
	silt_hasher_free(hasher);
}

static void second_end_is_not_known(void **state)
{
	(void)state;
	struct silt_hasher *hasher = start();
	struct silt_digest digest = {.known = true};
	char text[SILT_DIGEST_TEXT_SIZE];
	silt_hasher_add(hasher, SILT_LITERAL("abc"));
	silt_hasher_end(hasher, &digest);
	assert_true(digest.known);
	silt_hasher_end(hasher, &digest);
	assert_false(digest.known);
	assert_string_equal(silt_digest_text(&digest, text), "");
	silt_hasher_free(hasher);
	silt_hasher_free(NULL);
}

static void hasher_sees_what_a_tap_passes(void **state)
{
	(void)state;
	struct silt_hasher *hasher = start();
	struct silt_memory_source memory = {SILT_LITERAL("abc")};
	struct silt_tap tap = {.inner = silt_memory_source(&memory), .see = silt_hasher_see, .ctx = hasher};
	assert_int_equal(silt_source_drain(silt_tap(&tap), NULL), SILT_OK);
	expect_text(hasher, "sha256:" ABC);
	silt_hasher_free(hasher);
}

static bool parses(const char *text)
{
	struct silt_digest digest;
	return silt_digest_parse(silt_bytes_text(text), &digest);
}

static void only_the_exact_spelling_is_parsed(void **state)
{
	(void)state;
	assert_true(parses("sha256:" ABC));
	assert_false(parses(ABC));
	assert_false(parses(""));
	assert_false(parses("sha256:"));
	assert_false(parses("sha256:" ABC "0"));
	assert_false(parses("sha256:" ABC "\n"));
	assert_false(parses("SHA256:" ABC));
	assert_false(parses("sha512:" ABC));
	assert_false(parses("sha256-" ABC));
	assert_false(parses("sha256:BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
	assert_false(parses("sha256:../816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
	assert_false(parses("sha256:ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
	assert_false(silt_digest_parse(silt_bytes("sha256:" ABC, 7 + 63), &(struct silt_digest){0}));
}

static void text_of_a_parsed_digest_is_the_same(void **state)
{
	(void)state;
	struct silt_digest with_prefix = {0}, bare = {0};
	char text[SILT_DIGEST_TEXT_SIZE];
	assert_true(silt_digest_parse(SILT_LITERAL("sha256:" LONG), &with_prefix));
	assert_true(silt_digest_parse_hex(SILT_LITERAL(LONG), &bare));
	assert_false(silt_digest_parse_hex(SILT_LITERAL("sha256:" LONG), &bare));
	assert_true(silt_digest_equal(&with_prefix, &bare));
	assert_string_equal(silt_digest_text(&bare, text), "sha256:" LONG);
}

static void digests_are_equal_only_if_both_are_known(void **state)
{
	(void)state;
	struct silt_digest a = {.known = true}, b = {.known = true}, unknown = {.known = false};
	assert_true(silt_digest_equal(&a, &b));
	assert_false(silt_digest_equal(&a, &unknown));
	assert_false(silt_digest_equal(&unknown, &unknown));
	b.sha256[31] = 1;
	assert_false(silt_digest_equal(&a, &b));
}

static void sums_of_abc_are_the_published_ones(void **state)
{
	(void)state;
	static const char *const expected[SILT_SUM_KINDS] = {
		[SILT_SUM_MD5] = "900150983cd24fb0d6963f7d28e17f72",
		[SILT_SUM_SHA1] = "a9993e364706816aba3e25717850c26c9cd0d89d",
		[SILT_SUM_SHA256] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
	};
	const struct silt_bytes parts[] = {SILT_LITERAL("a"), SILT_LITERAL(""), SILT_LITERAL("bc")};
	for (int kind = 0; kind < SILT_SUM_KINDS; kind++) {
		struct silt_error err = {0};
		struct silt_summer *summer = NULL;
		assert_int_equal(silt_summer_new((enum silt_sum_kind)kind, &summer, &err), SILT_OK);
		for (int round = 0; round < 2; round++) {
			uint8_t sum[SILT_SUM_MAX];
			char hex[2 * SILT_SUM_MAX + 1];
			assert_int_equal(silt_sum(summer, parts, 3, sum, &err), SILT_OK);
			for (size_t i = 0; i < silt_sum_size((enum silt_sum_kind)kind); i++) {
				snprintf(hex + 2 * i, 3, "%02x", sum[i]);
			}
			assert_string_equal(hex, expected[kind]);
		}
		silt_summer_free(summer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_of_abc_are_the_published_ones),
		cmocka_unit_test(known_answers_hold),
		cmocka_unit_test(second_end_is_not_known),
		cmocka_unit_test(hasher_sees_what_a_tap_passes),
		cmocka_unit_test(only_the_exact_spelling_is_parsed),
		cmocka_unit_test(text_of_a_parsed_digest_is_the_same),
		cmocka_unit_test(digests_are_equal_only_if_both_are_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
