/* Keys and the files that they are in. */
#include "base/buffer.h"
#include "base/secure.h"
#include "proof/identity_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Of libsodium's least cost: nothing here is about how long a guess takes. */
static const struct silt_guess_cost quick = {1, 8};

static bool add(void *ctx, const void *bytes, size_t size)
{
	silt_buffer_add(ctx, silt_bytes(bytes, size));
	return true;
}

static struct silt_identity *made(void)
{
	struct silt_identity *identity = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_identity_new(&identity, &err), SILT_OK);
	return identity;
}

static void write_file(const struct silt_identity *identity, const char *password, struct silt_buffer *out)
{
	struct silt_error err = {0};
	assert_int_equal(
		silt_identity_write_at(identity, silt_bytes_text(password), quick, (struct silt_sink){add, out}, &err),
		SILT_OK);
}

static enum silt_status read_file(struct silt_bytes text, const char *password, struct silt_identity **out,
				  struct silt_error *err)
{
	return silt_identity_read(text.ptr, text.len, silt_bytes_text(password), out, err);
}

static void assert_opens(struct silt_bytes text, const char *password, const struct silt_identity *want)
{
	struct silt_identity *got = NULL;
	struct silt_error err = {0};
	assert_int_equal(read_file(text, password, &got, &err), SILT_OK);
	assert_memory_equal(silt_identity_seed(got), silt_identity_seed(want), SILT_SEED_SIZE);
	silt_identity_free(got);
}

static void a_key_comes_back_with_its_password(void **state)
{
	(void)state;
	struct silt_identity *identity = made();
	struct silt_buffer text = {0};
	write_file(identity, "correct horse", &text);
	assert_opens(silt_buffer_bytes(&text), "correct horse", identity);
	silt_buffer_done(&text);
	silt_identity_free(identity);
}

static void another_password_opens_nothing(void **state)
{
	(void)state;
	static const char *const others[] = {"correct horsf", "correct hors", "correct horse ", ""};
	struct silt_identity *identity = made(), *got = NULL;
	struct silt_buffer text = {0};
	write_file(identity, "correct horse", &text);
	for (size_t i = 0; i < SILT_COUNT(others); i++) {
		struct silt_error err = {0};
		assert_int_equal(read_file(silt_buffer_bytes(&text), others[i], &got, &err), SILT_ERR_UNPROVEN);
		assert_null(got);
	}
	silt_buffer_done(&text);
	silt_identity_free(identity);
}

static void a_key_without_password_says_so(void **state)
{
	(void)state;
	struct silt_identity *identity = made();
	struct silt_proof_key key;
	struct silt_buffer text = {0};
	struct silt_error err = {0};
	bool password = true;
	write_file(identity, "", &text);
	assert_non_null(strstr(silt_buffer_text(&text), "\nunprotected\n"));
	assert_int_equal(silt_identity_look(text.ptr, text.len, &key, &password, &err), SILT_OK);
	assert_false(password);
	assert_memory_equal(&key, silt_identity_key(identity), sizeof(key));
	assert_opens(silt_buffer_bytes(&text), "", identity);
	silt_buffer_done(&text);
	silt_identity_free(identity);
}

/* The public key, the cost, the salt and the seed: whatever is changed, or missing at the end, nothing is opened. */
static void a_changed_key_file_is_never_opened(void **state)
{
	(void)state;
	static const char *const passwords[] = {"x", ""};
	struct silt_identity *identity = made();
	for (size_t p = 0; p < SILT_COUNT(passwords); p++) {
		struct silt_buffer text = {0};
		write_file(identity, passwords[p], &text);
		for (size_t i = 0; i < text.len; i++) {
			struct silt_identity *got = NULL;
			struct silt_error err = {0};
			text.ptr[i] ^= 1;
			assert_int_not_equal(read_file(silt_buffer_bytes(&text), passwords[p], &got, &err), SILT_OK);
			assert_null(got);
			assert_true(err.text[0] != '\0');
			text.ptr[i] ^= 1;
			assert_int_not_equal(read_file(silt_bytes(text.ptr, i), passwords[p], &got, NULL), SILT_OK);
		}
		assert_opens(silt_buffer_bytes(&text), passwords[p], identity);
		silt_buffer_done(&text);
	}
	silt_identity_free(identity);
}

static void a_key_file_cannot_ask_for_all_memory(void **state)
{
	(void)state;
	static const char rest[] = " AAAAAAAAAAAAAAAAAAAAAA==\nsealed "
				   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
				   "AAAAAAAAAAAAAAAA\n";
	static const struct {
		const char *cost;
		enum silt_status want;
	} cases[] = {
		{"1 8", SILT_ERR_UNPROVEN},       {"1 7", SILT_ERR_INPUT},         {"11 8", SILT_ERR_INPUT},
		{"1 1048577", SILT_ERR_INPUT},    {"1 999999999", SILT_ERR_INPUT}, {"4294967297 8", SILT_ERR_INPUT},
		{"1 4294967304", SILT_ERR_INPUT}, {"-1 8", SILT_ERR_INPUT},        {"0 8", SILT_ERR_INPUT},
		{"1  8", SILT_ERR_INPUT},         {" 8", SILT_ERR_INPUT},          {"1", SILT_ERR_INPUT},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		struct silt_buffer text = {0};
		struct silt_identity *got = NULL;
		silt_buffer_printf(&text, "silt secret key v1\npublic %s\nargon2id %s%s",
				   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", cases[i].cost, rest);
		assert_int_equal(read_file(silt_buffer_bytes(&text), "x", &got, NULL), cases[i].want);
		silt_buffer_done(&text);
	}
}

static void a_child_has_no_key(void **state)
{
	(void)state;
	struct silt_identity *identity = made();
	const pid_t child = fork();
	if (child == 0) {
		uint8_t any = 0;
		for (size_t i = 0; i < SILT_SEED_SIZE; i++) {
			any |= silt_identity_seed(identity)[i];
		}
		_exit(any == 0 ? 0 : 1);
	}
	int ended = -1;
	assert_int_equal(waitpid(child, &ended, 0), child);
	assert_int_equal(ended, 0);
	silt_identity_free(identity);
}

/* RFC 8032, section 7.1, test 2; its PEM by openssl pkey, its id by openssl dgst over the DER. */
static void a_known_seed_gives_the_known_key_and_signature(void **state)
{
	(void)state;
	static const uint8_t seed[] = {0x4c, 0xcd, 0x08, 0x9b, 0x28, 0xff, 0x96, 0xda, 0x9d, 0xb6, 0xc3,
				       0x46, 0xec, 0x11, 0x4e, 0x0f, 0x5b, 0x8a, 0x31, 0x9f, 0x35, 0xab,
				       0xa6, 0x24, 0xda, 0x8c, 0xf6, 0xed, 0x4f, 0xb8, 0xa6, 0xfb};
	static const uint8_t first[] = {0x92, 0xa0, 0x09, 0xa9, 0xf0, 0xd4, 0xca, 0xb8};
	struct silt_identity *identity = NULL;
	char pem[SILT_PROOF_KEY_PEM_SIZE], id[SILT_PROOF_KEY_ID_SIZE];
	uint8_t signature[SILT_SIGNATURE_SIZE];
	assert_int_equal(silt_identity_of_seed(seed, &identity, NULL), SILT_OK);
	silt_identity_sign(identity, SILT_LITERAL("\x72"), signature);
	assert_memory_equal(signature, first, sizeof(first));
	assert_true(silt_proof_key_verifies(silt_identity_key(identity), SILT_LITERAL("\x72"),
					    silt_bytes(signature, sizeof(signature))));
	silt_proof_key_write(silt_identity_key(identity), pem);
	assert_string_equal(pem, "-----BEGIN PUBLIC KEY-----\n"
				 "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
				 "-----END PUBLIC KEY-----\n");
	silt_proof_key_id(silt_identity_key(identity), id);
	assert_string_equal(id, "deb2ded39dc26fce0e6085b6fc34bf6b5941913bbfe2ea614113cff9e004c170");
	silt_identity_free(identity);
}

static void a_public_key_is_read_however_its_lines_end(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
		"-----END PUBLIC KEY-----\n",
		"\r\n-----BEGIN PUBLIC KEY-----\r\nMCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+\r\nvJyYLM8uxJaMwM1V8Sr0Zgw=\r\n"
		"-----END PUBLIC KEY-----",
	};
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		struct silt_proof_key key = {{0}};
		assert_int_equal(silt_proof_key_read(texts[i], strlen(texts[i]), &key, NULL), SILT_OK);
		assert_int_equal(key.ed25519[0], 0x3d);
		assert_int_equal(key.ed25519[31], 0x0c);
	}
}

static void what_is_no_public_key_is_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"",
		"-----BEGIN PUBLIC KEY-----",
		"-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
		"-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----",
		"-----BEGIN PUBLIC KEY-----\n!!!!\n-----END PUBLIC KEY-----\n",
		/* a private key, a key of another curve (X25519), one byte too few, one too many */
		"-----BEGIN PRIVATE KEY-----\nMCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
		"-----END PRIVATE KEY-----\n",
		"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
		"-----END PUBLIC KEY-----\n",
		"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zg==\n"
		"-----END PUBLIC KEY-----\n",
		"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0ZgwA\n"
		"-----END PUBLIC KEY-----\n",
	};
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		struct silt_proof_key key;
		struct silt_error err = {0};
		assert_int_equal(silt_proof_key_read(texts[i], strlen(texts[i]), &key, &err), SILT_ERR_INPUT);
	}
}

static void of_two_public_keys_none_is_taken(void **state)
{
	(void)state;
	static const char pem[] =
		"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
		"-----END PUBLIC KEY-----\n";
	struct silt_buffer two = {0};
	struct silt_proof_key key;
	struct silt_error err = {0};
	silt_buffer_printf(&two, "%s%s", pem, pem);
	assert_int_equal(silt_proof_key_read(two.ptr, two.len, &key, &err), SILT_ERR_INPUT);
	assert_string_equal(err.text, "expected one public key in PEM, and there are more");
	silt_buffer_done(&two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_comes_back_with_its_password),
		cmocka_unit_test(another_password_opens_nothing),
		cmocka_unit_test(a_key_without_password_says_so),
		cmocka_unit_test(a_changed_key_file_is_never_opened),
		cmocka_unit_test(a_key_file_cannot_ask_for_all_memory),
		cmocka_unit_test(a_child_has_no_key),
		cmocka_unit_test(a_known_seed_gives_the_known_key_and_signature),
		cmocka_unit_test(a_public_key_is_read_however_its_lines_end),
		cmocka_unit_test(what_is_no_public_key_is_refused),
		cmocka_unit_test(of_two_public_keys_none_is_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
