/* Sealed values: who has the key can open them, as they were, and for what they were sealed for. */
#include "check.h"

#include "base/attributes.h"
#include "base/seal.h"
#include "base/secure.h"

static const uint8_t key[SILT_SEAL_KEY_SIZE] = {1, 2, 3}, other_key[SILT_SEAL_KEY_SIZE] = {1, 2, 4};

static int init(void **state)
{
	(void)state;
	return silt_secure_init(NULL) == SILT_OK ? 0 : -1;
}

static struct silt_buffer seal(struct silt_bytes value)
{
	struct silt_buffer sealed = {0};
	silt_seal(key, SILT_LITERAL("about"), value, &sealed);
	assert_false(sealed.failed);
	assert_int_equal(sealed.len, value.len + SILT_SEAL_OVERHEAD);
	return sealed;
}

static bool opens(const uint8_t with[static SILT_SEAL_KEY_SIZE], struct silt_bytes about, struct silt_bytes sealed)
{
	uint8_t out[16];
	return silt_unseal(with, about, sealed, out);
}

static void what_was_sealed_opens_as_it_was(void **state)
{
	(void)state;
	struct silt_buffer sealed = seal(SILT_LITERAL("a value")), empty = seal(SILT_LITERAL(""));
	uint8_t out[7];
	assert_true(silt_unseal(key, SILT_LITERAL("about"), silt_buffer_bytes(&sealed), out));
	assert_memory_equal(out, "a value", sizeof(out));
	assert_true(silt_unseal(key, SILT_LITERAL("about"), silt_buffer_bytes(&empty), out));
	silt_buffer_done(&sealed);
	silt_buffer_done(&empty);
}

static void the_same_value_is_never_sealed_alike(void **state)
{
	(void)state;
	struct silt_buffer one = seal(SILT_LITERAL("a value")), two = seal(SILT_LITERAL("a value"));
	assert_false(silt_bytes_equal(silt_buffer_bytes(&one), silt_buffer_bytes(&two)));
	silt_buffer_done(&one);
	silt_buffer_done(&two);
}

static void another_key_or_purpose_opens_nothing(void **state)
{
	(void)state;
	struct silt_buffer sealed = seal(SILT_LITERAL("a value"));
	assert_true(opens(key, SILT_LITERAL("about"), silt_buffer_bytes(&sealed)));
	assert_false(opens(other_key, SILT_LITERAL("about"), silt_buffer_bytes(&sealed)));
	assert_false(opens(key, SILT_LITERAL("abouT"), silt_buffer_bytes(&sealed)));
	assert_false(opens(key, SILT_LITERAL(""), silt_buffer_bytes(&sealed)));
	silt_buffer_done(&sealed);
}

static void what_was_changed_or_cut_opens_not(void **state)
{
	(void)state;
	struct silt_buffer sealed = seal(SILT_LITERAL("a value"));
	for (size_t i = 0; i < sealed.len; i++) {
		sealed.ptr[i] ^= 1;
		assert_false(opens(key, SILT_LITERAL("about"), silt_buffer_bytes(&sealed)));
		sealed.ptr[i] ^= 1;
		assert_false(opens(key, SILT_LITERAL("about"), silt_bytes(sealed.ptr, i)));
	}
	silt_buffer_done(&sealed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_sealed_opens_as_it_was),
		cmocka_unit_test(the_same_value_is_never_sealed_alike),
		cmocka_unit_test(another_key_or_purpose_opens_nothing),
		cmocka_unit_test(what_was_changed_or_cut_opens_not),
	};
	return cmocka_run_group_tests(tests, init, NULL);
}
