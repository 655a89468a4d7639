/*
 * Keys that everybody has, told by their values. No key stands in this file: they are read from GnuTLS as it is
 * installed, and another version of it, or none, skips the tests.
 */
#include "check.h"
#include "scan_kit.h"

#include "base/buffer.h"
#include "secret/known_values.h"

#include <glob.h>
#include <stdio.h>

static const char note[] = "publicly known: self-test key of GnuTLS";

/* The library of GnuTLS 3.7, whose keys the table has. */
static struct silt_buffer read_library(void)
{
	glob_t found = {0};
	struct silt_buffer library = {0};
	if (glob("/usr/lib/*/libgnutls.so.30.34.*", 0, NULL, &found) != 0) {
		print_message("skipped: libgnutls of GnuTLS 3.7 is not installed\n");
		skip();
	}
	FILE *file = fopen(found.gl_pathv[0], "rb");
	globfree(&found);
	assert_non_null(file);
	uint8_t block[4096];
	size_t got;
	while ((got = fread(block, 1, sizeof(block), file)) > 0) {
		silt_buffer_add(&library, silt_bytes(block, got));
	}
	fclose(file);
	assert_false(library.failed);
	return library;
}

static void the_keys_of_gnutls_are_information(void **state)
{
	struct kit *kit = *state;
	struct silt_buffer library = read_library();
	kit_scan(kit, silt_buffer_bytes(&library), 0);
	assert_int_equal(kit_count(kit, "private-key"), 10);
	for (size_t i = 0; i < kit->count; i++) {
		assert_int_equal(kit->matches[i].severity, SILT_SEVERITY_INFO);
		assert_int_equal(kit->matches[i].confidence, SILT_CONFIDENCE_PROVEN);
		assert_string_equal(kit->matches[i].note, note);
	}
	silt_buffer_done(&library);
}

/* Ten characters of base64 hold the seven bytes before the number that is the key: the sixteenth is in it. */
static void change_ec_key(struct silt_buffer *bytes)
{
	struct silt_bytes label = SILT_LITERAL("-----BEGIN EC PRIVATE KEY-----\n");
	size_t at = silt_bytes_find(silt_buffer_bytes(bytes), label);
	assert_true(at != SIZE_MAX && bytes->len - at > label.len + 16);
	uint8_t *letter = bytes->ptr + at + label.len + 16;
	*letter = *letter == 'A' ? 'B' : 'A';
}

static void another_key_at_the_same_place_is_critical(void **state)
{
	struct kit *kit = *state;
	struct silt_buffer library = read_library();
	change_ec_key(&library);
	kit_scan(kit, silt_buffer_bytes(&library), 0);
	size_t critical = 0;
	for (size_t i = 0; i < kit->count; i++) {
		if (kit->matches[i].severity == SILT_SEVERITY_CRITICAL) {
			critical++;
			assert_null(kit->matches[i].note);
			assert_null(silt_known_value(kit->matches[i].value));
		}
	}
	assert_int_equal(critical, 1);
	assert_int_equal(kit->count, 10);
	silt_buffer_done(&library);
}

static void a_value_is_known_by_all_of_its_bytes(void **state)
{
	(void)state;
	uint8_t id[SILT_VALUE_ID_SIZE] = {0x88, 0x64, 0xbb, 0x98, 0x1d, 0x37, 0xd0, 0x48,
					  0x06, 0xae, 0x6a, 0xde, 0x41, 0x9b, 0x9e, 0xa5};
	assert_string_equal(silt_known_value(id), note);
	for (size_t i = 0; i < sizeof(id); i++) {
		id[i] ^= 1;
		assert_null(silt_known_value(id));
		id[i] ^= 1;
	}
}

static int open_kit(void **state)
{
	static struct kit kit;
	kit_open(&kit);
	*state = &kit;
	return 0;
}

static int close_kit(void **state)
{
	kit_close(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_keys_of_gnutls_are_information),
		cmocka_unit_test(another_key_at_the_same_place_is_critical),
		cmocka_unit_test(a_value_is_known_by_all_of_its_bytes),
	};
	return cmocka_run_group_tests(tests, open_kit, close_kit);
}
