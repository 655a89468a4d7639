/* Keyed hashing: what it depends on, and that it is BLAKE2b. */
#include "check.h"

#include "base/attributes.h"
#include "base/secure.h"

#include <sodium.h>

static int init(void **state)
{
	(void)state;
	return silt_secure_init(NULL) == SILT_OK ? 0 : -1;
}

static void init_can_be_called_again(void **state)
{
	(void)state;
	struct silt_error err = {0};
	uint64_t before = silt_table_hash(SILT_LITERAL("x"));
	assert_int_equal(silt_secure_init(&err), SILT_OK);
	assert_int_equal(err.status, SILT_OK);
	assert_int_equal(silt_table_hash(SILT_LITERAL("x")), before); /* the key stays */
}

static void the_hash_is_blake2b_keyed_with_the_padded_domain(void **state)
{
	(void)state;
	static const uint8_t message[] = {3, 0, 0, 0, 0, 0, 0, 0, 'a', 'b', 'c', 0, 0, 0, 0, 0, 0, 0, 0};
	static const uint8_t key[64] = "silt-test";
	const struct silt_bytes parts[] = {SILT_LITERAL("abc"), silt_bytes(NULL, 0)};
	uint8_t got[32], want[32];
	crypto_generichash(want, sizeof(want), message, sizeof(message), key, sizeof(key));
	silt_keyed_hash("silt-test", parts, SILT_COUNT(parts), got, sizeof(got));
	assert_memory_equal(got, want, sizeof(want));
}

static void hash_of(const char *domain, const char *first, const char *second, uint8_t out[static 32])
{
	const struct silt_bytes parts[] = {silt_bytes_text(first), silt_bytes_text(second)};
	silt_keyed_hash(domain, parts, second ? 2 : 1, out, 32);
}

static void the_hash_depends_on_domain_parts_and_their_borders(void **state)
{
	(void)state;
	uint8_t base[32], other[32];
	hash_of("domain", "a", "bc", base);
	hash_of("domain", "a", "bc", other);
	assert_memory_equal(base, other, sizeof(base));
	hash_of("domain", "ab", "c", other);
	assert_memory_not_equal(base, other, sizeof(base));
	hash_of("domain2", "a", "bc", other);
	assert_memory_not_equal(base, other, sizeof(base));
	hash_of("domain", "a", "bd", other);
	assert_memory_not_equal(base, other, sizeof(base));
	hash_of("domain", "abc", NULL, other);
	assert_memory_not_equal(base, other, sizeof(base));
}

static void sizes_are_different_hashes_not_prefixes(void **state)
{
	(void)state;
	const struct silt_bytes part = SILT_LITERAL("abc");
	uint8_t small[16], large[64];
	silt_keyed_hash("domain", &part, 1, small, sizeof(small));
	silt_keyed_hash("domain", &part, 1, large, sizeof(large));
	assert_memory_not_equal(small, large, sizeof(small));
}

static void the_longest_domain_is_accepted(void **state)
{
	(void)state;
	uint8_t one[32], other[32];
	hash_of("0123456789012345678901234567890123456789012345678901234567890123", "a", NULL, one);
	hash_of("0123456789012345678901234567890123456789012345678901234567890124", "a", NULL, other);
	assert_memory_not_equal(one, other, sizeof(one));
}

static void wiping_leaves_zeros(void **state)
{
	(void)state;
	uint8_t memory[40];
	memset(memory, 0xAA, sizeof(memory));
	silt_wipe(memory, 32);
	assert_true(silt_bytes_all(silt_bytes(memory, 32), 0));
	assert_true(silt_bytes_all(silt_bytes(memory + 32, 8), 0xAA));
}

static void table_hashes_tell_texts_apart(void **state)
{
	(void)state;
	assert_int_equal(silt_table_hash(SILT_LITERAL("usr/bin")), silt_table_hash(SILT_LITERAL("usr/bin")));
	assert_int_not_equal(silt_table_hash(SILT_LITERAL("usr/bin")), silt_table_hash(SILT_LITERAL("usr/lib")));
	assert_int_equal(silt_table_hash(silt_bytes(NULL, 0)), silt_table_hash(SILT_LITERAL("")));
}

static void base64_of_nothing_is_nothing_wherever_it_lies(void **state)
{
	(void)state;
	uint8_t room[1];
	size_t len = 1;
	assert_true(silt_unbase64(silt_bytes(NULL, 0), room, &len));
	assert_int_equal(len, 0);
	len = 1;
	assert_true(silt_unbase64(SILT_LITERAL(""), room, &len));
	assert_int_equal(len, 0);
}

static void only_what_was_written_as_base64_is_undone(void **state)
{
	(void)state;
	static const char *const refused[] = {"QQ", "QUI", "QQ=", "Q Q=", "QQ==\n", "QQ==QQ==", "QR==", "=", "QQ-_"};
	uint8_t room[8];
	size_t len = 0;
	assert_true(silt_unbase64(SILT_LITERAL("QUI="), room, &len));
	assert_int_equal(len, 2);
	assert_memory_equal(room, "AB", 2);
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		if (silt_unbase64(silt_bytes_text(refused[i]), room, &len)) {
			fail_msg("%s was read as base64", refused[i]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(init_can_be_called_again),
		cmocka_unit_test(the_hash_is_blake2b_keyed_with_the_padded_domain),
		cmocka_unit_test(the_hash_depends_on_domain_parts_and_their_borders),
		cmocka_unit_test(sizes_are_different_hashes_not_prefixes),
		cmocka_unit_test(the_longest_domain_is_accepted),
		cmocka_unit_test(wiping_leaves_zeros),
		cmocka_unit_test(base64_of_nothing_is_nothing_wherever_it_lies),
		cmocka_unit_test(only_what_was_written_as_base64_is_undone),
		cmocka_unit_test(table_hashes_tell_texts_apart),
	};
	return cmocka_run_group_tests(tests, init, NULL);
}
