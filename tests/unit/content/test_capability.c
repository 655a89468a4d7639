/* Decoding of file capabilities. The bytes are what setcap writes. */
#include "content/capability.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct silt_capability parsed(struct silt_bytes value)
{
	struct silt_capability capability;
	assert_true(silt_capability_parse(value, &capability));
	return capability;
}

static void expect_text(struct silt_capability capability, const char *expected)
{
	struct silt_buffer text = {0};
	silt_capability_text(&capability, &text);
	assert_string_equal(silt_buffer_text(&text), expected);
	silt_buffer_done(&text);
}

static void revision_2_is_read(void **state)
{
	(void)state;
	struct silt_capability capability = parsed(SILT_LITERAL("\1\0\0\2\0\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0"));
	assert_int_equal(capability.revision, 2);
	assert_true(capability.effective);
	assert_int_equal(capability.permitted, SILT_CAP_BIT(SILT_CAP_NET_RAW));
	assert_int_equal(capability.inheritable, 0);
	expect_text(capability, "cap_net_raw=ep");
}

static void revision_1_has_32_capabilities(void **state)
{
	(void)state;
	struct silt_capability capability = parsed(SILT_LITERAL("\0\0\0\1\x80\0\0\0\x80\0\0\x80"));
	assert_int_equal(capability.revision, 1);
	assert_false(capability.effective);
	expect_text(capability, "cap_setuid=ip cap_setfcap=i");
}

static void revision_3_has_a_root_id(void **state)
{
	(void)state;
	struct silt_capability capability =
		parsed(SILT_LITERAL("\1\0\0\3\0\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xe8\x03\0\0"));
	assert_int_equal(capability.root_id, 1000);
	expect_text(capability, "cap_net_bind_service=ep");
}

static void capabilities_beyond_31_are_in_the_second_words(void **state)
{
	(void)state;
	struct silt_capability capability = parsed(SILT_LITERAL("\1\0\0\2\0\0\0\0\0\0\0\0\x80\0\0\0\0\0\0\0"));
	assert_int_equal(capability.permitted, SILT_CAP_BIT(39));
	expect_text(capability, "cap_bpf=ep");
}

static void a_capability_linux_does_not_know_is_a_number(void **state)
{
	(void)state;
	expect_text((struct silt_capability){.permitted = SILT_CAP_BIT(63)}, "cap_63=p");
}

static void the_full_set_is_all(void **state)
{
	(void)state;
	expect_text((struct silt_capability){.permitted = (UINT64_C(1) << 41) - 1, .effective = true}, "all=ep");
}

static void the_empty_set_is_an_equals_sign(void **state)
{
	(void)state;
	expect_text((struct silt_capability){.revision = 2, .effective = true}, "=");
}

static void a_wrong_length_is_malformed(void **state)
{
	(void)state;
	static const uint8_t bytes[25] = {1, 0, 0, 2};
	struct silt_capability capability;
	for (size_t len = 0; len <= sizeof(bytes); len++) {
		assert_int_equal(silt_capability_parse(silt_bytes(bytes, len), &capability), len == 20);
	}
}

static void an_unknown_revision_is_malformed(void **state)
{
	(void)state;
	struct silt_capability capability;
	for (unsigned revision = 0; revision < 256; revision++) {
		uint8_t bytes[20] = {0, 0, 0, (uint8_t)revision};
		assert_int_equal(silt_capability_parse(silt_bytes(bytes, 20), &capability), revision == 2);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(revision_2_is_read),
		cmocka_unit_test(revision_1_has_32_capabilities),
		cmocka_unit_test(revision_3_has_a_root_id),
		cmocka_unit_test(capabilities_beyond_31_are_in_the_second_words),
		cmocka_unit_test(a_capability_linux_does_not_know_is_a_number),
		cmocka_unit_test(the_full_set_is_all),
		cmocka_unit_test(the_empty_set_is_an_equals_sign),
		cmocka_unit_test(a_wrong_length_is_malformed),
		cmocka_unit_test(an_unknown_revision_is_malformed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
