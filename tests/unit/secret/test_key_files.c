/* Keystores, wallets and keys of single programs: what their validators say, and that they read no byte too many. */
#include "check.h"
#include "judge_kit.h"

#include "base/buffer.h"
#include "base/secure.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- Bytes ------------------------------------------------------------------------------------------------------- */

static void add_u32(struct silt_buffer *out, uint32_t number)
{
	for (int shift = 24; shift >= 0; shift -= 8) {
		silt_buffer_add_byte(out, (uint8_t)(number >> shift));
	}
}

/* A text with its length in two bytes. */
static void add_short(struct silt_buffer *out, const char *text)
{
	silt_buffer_add_byte(out, 0);
	silt_buffer_add_byte(out, (uint8_t)strlen(text));
	silt_buffer_add_text(out, text);
}

static void add_long(struct silt_buffer *out, const char *text)
{
	add_u32(out, (uint32_t)strlen(text));
	silt_buffer_add_text(out, text);
}

static void add_filler(struct silt_buffer *out, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		silt_buffer_add_byte(out, (uint8_t)(i * 37 + 11));
	}
}

/* No start of the value makes the validator read beyond it; the whole is judged last. */
static struct judged judge_every_cut(silt_validate_fn *validate, struct silt_buffer *value, size_t least)
{
	assert_false(value->failed);
	for (size_t cut = least; cut < value->len; cut++) {
		judge(validate, silt_bytes(value->ptr, cut));
	}
	struct judged judged = judge(validate, silt_buffer_bytes(value));
	silt_buffer_done(value);
	return judged;
}

/* ---- Java -------------------------------------------------------------------------------------------------------- */

static void begin_store(struct silt_buffer *out, uint32_t entries)
{
	add_u32(out, 0xfeedfeed);
	add_u32(out, 2);
	add_u32(out, entries);
}

static void add_certificate(struct silt_buffer *out)
{
	add_short(out, "X.509");
	add_u32(out, 50);
	add_filler(out, 50);
}

static void add_entry(struct silt_buffer *out, uint32_t tag, const char *alias)
{
	add_u32(out, tag);
	add_short(out, alias);
	add_filler(out, 8);
	if (tag == 1) {
		add_u32(out, 70);
		add_filler(out, 70);
		add_u32(out, 1);
	}
	add_certificate(out);
}

static void a_java_keystore_is_a_finding_for_its_first_key(void **state)
{
	(void)state;
	struct silt_buffer store = {0};
	begin_store(&store, 2);
	add_entry(&store, 2, "ca");
	add_entry(&store, 1, "server");
	struct judged judged = judge_every_cut(silt_validate_java_keystore, &store, 0);
	assert_true(judged.match);
	assert_int_equal(judged.severity, SILT_SEVERITY_MEDIUM);
	assert_int_equal(judged.confidence, SILT_CONFIDENCE_PROVEN);
	assert_string_equal(judged.facts, "private key, alias server");
}

static void a_java_keystore_of_certificates_is_none(void **state)
{
	(void)state;
	struct silt_buffer store = {0};
	begin_store(&store, 2);
	add_entry(&store, 2, "ca");
	add_entry(&store, 2, "other");
	assert_false(judge_every_cut(silt_validate_java_keystore, &store, 0).match);
}

static void a_java_keystore_that_lies_is_doubtful(void **state)
{
	(void)state;
	struct silt_buffer store = {0};
	begin_store(&store, 0xffffffff);
	add_u32(&store, 9);
	struct judged judged = judge_every_cut(silt_validate_java_keystore, &store, 0);
	assert_true(judged.match);
	assert_int_equal(judged.confidence, SILT_CONFIDENCE_POSSIBLE);
}

/* ---- PKCS#12, by OpenSSL ----------------------------------------------------------------------------------------- */

static struct silt_buffer export_store(const char *options)
{
	char command[512];
	uint8_t block[4096];
	size_t got;
	struct silt_buffer store = {0};
	snprintf(command, sizeof(command),
		 "d=$(mktemp -d) && cd $d && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
		 "-keyout k -out c -subj /CN=x 2>/dev/null && openssl pkcs12 -export -inkey k -in c -out s %s && cat s;"
		 " rm -rf $d",
		 options);
	FILE *pipe = popen(command, "r");
	assert_non_null(pipe);
	while ((got = fread(block, 1, sizeof(block), pipe)) > 0) {
		silt_buffer_add(&store, silt_bytes(block, got));
	}
	pclose(pipe);
	return store;
}

static void the_bags_of_pkcs12_tell_keys_from_certificates(void **state)
{
	(void)state;
	if (system("command -v openssl >/dev/null 2>&1") != 0) {
		print_message("skipped: openssl is not installed\n");
		skip();
	}
	struct silt_buffer store = export_store("-passout pass:x");
	struct judged judged = judge_every_cut(silt_validate_pkcs12, &store, 0);
	assert_int_equal(judged.severity, SILT_SEVERITY_MEDIUM);
	assert_int_equal(judged.confidence, SILT_CONFIDENCE_PROVEN);
	store = export_store("-passout pass: -keypbe NONE -certpbe NONE");
	judged = judge_every_cut(silt_validate_pkcs12, &store, 0);
	assert_int_equal(judged.severity, SILT_SEVERITY_CRITICAL);
	store = export_store("-nokeys -passout pass:x -certpbe NONE -nomac");
	assert_false(judge_every_cut(silt_validate_pkcs12, &store, 0).match);
	store = export_store("-nokeys -passout pass:x");
	judged = judge_every_cut(silt_validate_pkcs12, &store, 0);
	assert_true(judged.match);
	assert_int_equal(judged.confidence, SILT_CONFIDENCE_POSSIBLE);
}

/* ---- Kerberos ---------------------------------------------------------------------------------------------------- */

static void a_keytab_names_its_first_principal(void **state)
{
	(void)state;
	struct silt_buffer entry = {0}, tab = {0};
	silt_buffer_add(&entry, silt_bytes("\0\2", 2));
	add_short(&entry, "EXAMPLE.ORG");
	add_short(&entry, "host");
	add_short(&entry, "node1");
	add_filler(&entry, 4 + 4 + 1 + 2);
	add_short(&entry, "sixteen bytes of");
	silt_buffer_add(&tab, silt_bytes("\5\2", 2));
	add_u32(&tab, (uint32_t)-6); /* a hole */
	add_filler(&tab, 6);
	add_u32(&tab, (uint32_t)entry.len);
	silt_buffer_add(&tab, silt_buffer_bytes(&entry));
	silt_buffer_done(&entry);
	struct judged judged = judge_every_cut(silt_validate_keytab, &tab, 2);
	assert_true(judged.match);
	assert_string_equal(judged.facts, "principal host/node1@EXAMPLE.ORG");
}

static void a_credential_cache_names_its_owner_and_an_empty_one_is_none(void **state)
{
	(void)state;
	for (size_t tickets = 0; tickets < 2; tickets++) {
		struct silt_buffer cache = {0};
		silt_buffer_add(&cache, silt_bytes("\5\4", 2));
		add_short(&cache, "header");
		add_u32(&cache, 1);
		add_u32(&cache, 1);
		add_long(&cache, "EXAMPLE.ORG");
		add_long(&cache, "alice");
		add_filler(&cache, tickets * 60);
		struct judged judged = judge_every_cut(silt_validate_ccache, &cache, 2);
		assert_int_equal(judged.match, tickets > 0);
		assert_string_equal(judged.facts, tickets > 0 ? "principal alice@EXAMPLE.ORG" : "");
	}
}

/* ---- Keys -------------------------------------------------------------------------------------------------------- */

/* The pair of RFC 8410, as another encoding has it: every encoding leads to one public key. */
static void a_json_web_key_is_known_by_its_public_half(void **state)
{
	(void)state;
	struct judged judged = judge_text(silt_validate_jwk, "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"example\","
							     "\"d\":\"1O5y2_kTWErVttjx92n4rTr-fCjL8dT74Jeoj0R1WEI\","
							     "\"x\":\"Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE\"}");
	assert_true(judged.match);
	assert_int_equal(judged.severity, SILT_SEVERITY_INFO);
	assert_string_equal(judged.note, "publicly known: example of RFC 8410");
	assert_int_equal(judged.identity_len, 32);
	assert_non_null(strstr(judged.facts, "Ed25519, public key SHA256:"));
	assert_non_null(strstr(judged.facts, "kid example"));
}

static void a_json_web_key_needs_a_private_number(void **state)
{
	(void)state;
	static const char *const keys[] = {
		"{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"c2hvcnQ\"}",
		"{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":7}",
		"{\"kty\":\"oct\",\"d\":\"1O5y2_kTWErVttjx92n4rTr-fCjL8dT74Jeoj0R1WEI\"}",
		"{\"kty\":\"EC\",\"d\":\"not base64 at all, and long enough\"}",
		"{\"kty\":\"EC\",",
		"[]",
	};
	for (size_t i = 0; i < SILT_COUNT(keys); i++) {
		if (judge_text(silt_validate_jwk, keys[i]).match) {
			fail_msg("%s", keys[i]);
		}
	}
}

/* The key in the manual of systemd.netdev; another one; and one with a bit set that `wg genkey` clears. */
static void a_wireguard_key_tells_its_public_key(void **state)
{
	(void)state;
	struct judged judged = judge_text(silt_validate_wireguard, "EEGlnEPYJV//kbvvIqxKkQwOiS+UENyPncC4bF46ong=");
	assert_int_equal(judged.severity, SILT_SEVERITY_INFO);
	assert_non_null(strstr(judged.facts, "public key clei1xcOL9V1BVgBlS8UN4ehzqq0ShJ92i543AGh2hU="));
	judged = judge_text(silt_validate_wireguard, "EEGlnEPYJV//kbvvIqxKkQwOiS+UENyPncC4bF46omg=");
	assert_int_equal(judged.severity, SILT_SEVERITY_CRITICAL);
	judged = judge_text(silt_validate_wireguard, "AUGlnEPYJV//kbvvIqxKkQwOiS+UENyPncC4bF46ong=");
	assert_int_equal(judged.confidence, SILT_CONFIDENCE_POSSIBLE);
	judged = judge_text(silt_validate_wireguard, "AUGlnEPYJV//kbvvIqxKkQwOiS+UENyPncC4bF46");
	assert_int_equal(judged.confidence, SILT_CONFIDENCE_POSSIBLE);
	assert_string_equal(judged.facts, "");
}

static struct judged judge_boxed(const char *label, struct silt_bytes content)
{
	struct silt_buffer text = {0};
	silt_buffer_printf(&text, "-----BEGIN %s PRIVATE KEY-----\n", label);
	silt_base64(&text, content);
	silt_buffer_printf(&text, "\n-----END %s PRIVATE KEY-----\n", label);
	struct judged judged = judge(silt_validate_pem, silt_buffer_bytes(&text));
	silt_buffer_done(&text);
	return judged;
}

static void keys_that_are_no_der_are_read_by_their_labels(void **state)
{
	(void)state;
	struct silt_bytes box = SILT_LITERAL("{\"kdf\":{\"name\":\"scrypt\"},\"ciphertext\":\"AAAA\"}");
	assert_int_equal(judge_boxed("ENCRYPTED COSIGN", box).severity, SILT_SEVERITY_MEDIUM);
	assert_int_equal(judge_boxed("ENCRYPTED SIGSTORE", box).severity, SILT_SEVERITY_MEDIUM);
	assert_int_equal(judge_boxed("RSA", box).confidence, SILT_CONFIDENCE_POSSIBLE);
	assert_int_equal(judge_boxed("TENDERMINT", box).severity, SILT_SEVERITY_MEDIUM);
	assert_int_equal(judge_boxed("NEBULA X25519", silt_bytes(box.ptr, 32)).severity, SILT_SEVERITY_CRITICAL);
	assert_int_equal(judge_boxed("NEBULA X25519", silt_bytes(box.ptr, 33)).confidence, SILT_CONFIDENCE_POSSIBLE);
}

static void gnupg_says_how_a_key_is_locked(void **state)
{
	(void)state;
	struct judged judged = judge_text(silt_validate_gnupg_key, "(11:private-key(3:rsa(1:n1:x)))");
	assert_int_equal(judged.severity, SILT_SEVERITY_CRITICAL);
	assert_string_equal(judged.facts, "algorithm rsa");
	judged = judge_text(silt_validate_gnupg_key, "Key: (protected-private-key (ecc (curve Ed25519)))");
	assert_int_equal(judged.severity, SILT_SEVERITY_MEDIUM);
	assert_string_equal(judged.facts, "algorithm ecc");
	judged = judge_text(silt_validate_gnupg_key, "(20:shadowed-private-key(3:rsa(1:n1:x)))");
	assert_int_equal(judged.severity, SILT_SEVERITY_INFO);
	assert_false(judge_text(silt_validate_gnupg_key, "(10:public-key(3:rsa))").match);
}

static int prepare(void **state)
{
	(void)state;
	return silt_secure_init(NULL) == SILT_OK ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_java_keystore_is_a_finding_for_its_first_key),
		cmocka_unit_test(a_java_keystore_of_certificates_is_none),
		cmocka_unit_test(a_java_keystore_that_lies_is_doubtful),
		cmocka_unit_test(the_bags_of_pkcs12_tell_keys_from_certificates),
		cmocka_unit_test(a_keytab_names_its_first_principal),
		cmocka_unit_test(a_credential_cache_names_its_owner_and_an_empty_one_is_none),
		cmocka_unit_test(a_json_web_key_is_known_by_its_public_half),
		cmocka_unit_test(a_json_web_key_needs_a_private_number),
		cmocka_unit_test(a_wireguard_key_tells_its_public_key),
		cmocka_unit_test(keys_that_are_no_der_are_read_by_their_labels),
		cmocka_unit_test(gnupg_says_how_a_key_is_locked),
	};
	return cmocka_run_group_tests(tests, prepare, NULL);
}
