/*
 * Keys that everybody has, told by their values. Those of GnuTLS are read from it as it is installed, and another
 * version of it, or none, skips their tests.
 */
#include "check.h"
#include "judge.h"
#include "scan_kit.h"

#include "base/buffer.h"
#include "base/secure.h"
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
		assert_int_equal(kit->matches[i].confidence, SILT_CONFIDENCE_POSSIBLE);
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

/* ---- Key pairs --------------------------------------------------------------------------------------------------- */

/* The example of RFC 8410 section 10.3. */
static const char rfc8410[] = "-----BEGIN PRIVATE KEY-----\n"
			      "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
			      "-----END PRIVATE KEY-----\n";

static void a_key_pair_is_known_by_its_public_half(void **state)
{
	(void)state;
	struct judged judged = judge_text(silt_validate_pem, rfc8410);
	assert_int_equal(judged.severity, SILT_SEVERITY_INFO);
	assert_int_equal(judged.confidence, SILT_CONFIDENCE_PROVEN);
	assert_string_equal(judged.note, "publicly known: example of RFC 8410");
}

static void a_known_key_of_an_ssh_server_is_critical(void **state)
{
	(void)state;
	struct silt_bytes key = silt_bytes_text(rfc8410);
	struct judged judged = judge_at(silt_validate_pem, key, 0, key.len, "etc/ssh/ssh_host_ed25519_key");
	assert_int_equal(judged.severity, SILT_SEVERITY_CRITICAL);
	assert_string_equal(judged.note, "publicly known: example of RFC 8410");
	assert_memory_equal(judged.facts, "SSH host key, Ed25519", 21);
	judged = judge_at(silt_validate_pem, key, 0, key.len, "etc/ssh/ssh_host_ed25519_key.pub");
	assert_int_equal(judged.severity, SILT_SEVERITY_INFO);
}

/* PKCS#8 of RFC 5958 has the public half in it: SEQUENCE { 1, { Ed25519 }, seed, [1] public half }. */
static struct judged judge_with_public(uint8_t seed)
{
	static const uint8_t head[] = {0x30, 0x51, 0x02, 0x01, 0x01, 0x30, 0x05, 0x06,
				       0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};
	static const uint8_t published[] = {0x81, 0x21, 0x00, 0x19, 0xbf, 0x44, 0x09, 0x69, 0x84, 0xcd, 0xfe, 0x85,
					    0x41, 0xba, 0xc1, 0x67, 0xdc, 0x3b, 0x96, 0xc8, 0x50, 0x86, 0xaa, 0x30,
					    0xb6, 0xb6, 0xcb, 0x0c, 0x5c, 0x38, 0xad, 0x70, 0x31, 0x66, 0xe1};
	struct silt_buffer der = {0}, text = {0};
	silt_buffer_add(&der, silt_bytes(head, sizeof(head)));
	for (size_t i = 0; i < 32; i++) {
		silt_buffer_add_byte(&der, (uint8_t)(seed + i));
	}
	silt_buffer_add(&der, silt_bytes(published, sizeof(published)));
	silt_buffer_add_text(&text, "-----BEGIN PRIVATE KEY-----\n");
	silt_base64(&text, silt_buffer_bytes(&der));
	silt_buffer_add_text(&text, "\n-----END PRIVATE KEY-----\n");
	struct judged judged = judge(silt_validate_pem, silt_buffer_bytes(&text));
	silt_buffer_done(&der);
	silt_buffer_done(&text);
	return judged;
}

static void a_key_in_the_clothes_of_a_known_one_is_critical(void **state)
{
	(void)state;
	struct judged known = judge_text(silt_validate_pem, rfc8410);
	struct judged judged = judge_with_public(7);
	assert_int_equal(judged.severity, SILT_SEVERITY_CRITICAL);
	assert_null(judged.note);
	assert_string_equal(judged.facts, known.facts); /* it says of itself that it is the known one */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_keys_of_gnutls_are_information),
		cmocka_unit_test(another_key_at_the_same_place_is_critical),
		cmocka_unit_test(a_value_is_known_by_all_of_its_bytes),
		cmocka_unit_test(a_key_pair_is_known_by_its_public_half),
		cmocka_unit_test(a_known_key_of_an_ssh_server_is_critical),
		cmocka_unit_test(a_key_in_the_clothes_of_a_known_one_is_critical),
	};
	return cmocka_run_group_tests(tests, kit_setup, kit_teardown);
}
