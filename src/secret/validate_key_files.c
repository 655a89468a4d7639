/*
 * Keys of single programs: WireGuard, minisign and signify, OpenVPN, GnuPG's own files, one-time passwords.
 */
#include "secret/checked_text.h"
#include "secret/key.h"
#include "secret/validate.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "base/buffer.h"
#include "base/encoding.h"
#include "base/secure.h"

/* ---- WireGuard --------------------------------------------------------------------------------------------------- */

enum { CURVE25519_LEN = 32 };

static const struct silt_key_algorithm *x25519(void)
{
	return silt_key_algorithm_find(SILT_LITERAL("\x2b\x65\x6e"), silt_bytes(NULL, 0));
}

/* The peers know it by its public key. */
static void tell_public(struct silt_confirmation *verdict, const struct silt_public_key *key)
{
	struct silt_buffer text = {0};
	if (key->numbers[0].len > 0) {
		silt_base64(&text, key->numbers[0]);
		silt_facts_add(verdict, "public key %s", silt_buffer_text(&text));
	}
	verdict->starved = verdict->starved || text.failed;
	silt_buffer_done(&text);
}

/* Keys of Curve25519 that `wg genkey` made have three bits cleared and one set (RFC 7748 section 5). */
bool silt_validate_wireguard(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes number = {.ptr = verdict->room};
	if (!silt_base64_decode(secret, verdict->room, &number.len) || number.len != CURVE25519_LEN) {
		silt_verdict_doubtful(verdict, "not 32 bytes in base64: edited or made up");
		return true;
	}
	if ((number.ptr[0] & 7) != 0 || (number.ptr[31] & 0xc0) != 0x40) {
		silt_verdict_doubtful(verdict, "not made by wg genkey");
		return true;
	}
	struct silt_public_key key = {.algorithm = x25519(), .proof = {number}};
	silt_public_derive(&key, number);
	tell_public(verdict, &key);
	silt_verdict_key(verdict, (struct silt_key){SILT_KEY_PLAIN, NULL}, &key, NULL);
	return true;
}

/* ---- minisign, signify ------------------------------------------------------------------------------------------- */

/*
 *   minisign   "Ed" kdf:2 ("Sc" or 00 00) "B2" salt:32 limits:16 number:8 key:64 checksum:32
 *   signify    "Ed" "BK" rounds:4 (0: no password) salt:16 checksum:8 number:8 key:64
 */
enum { MINISIGN_LEN = 158, SIGNIFY_LEN = 104 };

bool silt_validate_minisign(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	size_t len;
	const uint8_t *bytes = verdict->room;
	if (!silt_base64_decode(secret, verdict->room, &len) || (len != MINISIGN_LEN && len != SIGNIFY_LEN)) {
		return false;
	}
	bool open = len == MINISIGN_LEN ? bytes[2] == 0 && bytes[3] == 0 : silt_u32be(bytes + 4) == 0;
	const char *lock = len == MINISIGN_LEN ? "encrypted (scrypt)" : "encrypted (bcrypt)";
	struct silt_key key = {open ? SILT_KEY_PLAIN : SILT_KEY_ENCRYPTED, open ? NULL : lock};
	verdict->kind = len == MINISIGN_LEN ? "minisign secret key" : "signify secret key";
	silt_facts_add(verdict, "Ed25519");
	silt_verdict_key(verdict, key, NULL, NULL);
	return true;
}

/* ---- OpenVPN ----------------------------------------------------------------------------------------------------- */

enum { STATIC_DIGITS = 512 };

/* 2048 bits in hexadecimal, in any number of lines. What stands for a line end may be an escaped one. */
bool silt_validate_openvpn_static(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	size_t len = 0;
	for (size_t i = 0; i < secret.len; i++) {
		if (silt_is_hex(secret.ptr[i])) {
			verdict->room[len++] = secret.ptr[i];
		}
	}
	verdict->kind = "OpenVPN static key";
	if (len != STATIC_DIGITS) {
		silt_verdict_doubtful(verdict, "not as long as a key: an example, cut short or damaged");
		return true;
	}
	verdict->identity = silt_bytes(verdict->room, len);
	silt_verdict_proven(verdict, verdict->severity, NULL);
	return true;
}

/* ---- GnuPG ------------------------------------------------------------------------------------------------------- */

/*
 * private-keys-v1.d/KEYGRIP.key: an S-expression, canonical ("(11:private-key(3:rsa") or, since GnuPG 2.2.20, as text
 * ("Key: (private-key (rsa"). Which word it begins with says whether a password locks it.
 */
static const struct {
	const char *word;
	struct silt_key key;
} words[] = {
	{"protected-private-key", {SILT_KEY_ENCRYPTED, "encrypted"}},
	{"shadowed-private-key", {SILT_KEY_STUB, "a stub: the secret part is kept elsewhere"}},
	{"private-key", {SILT_KEY_PLAIN, NULL}},
};

/* "(3:rsa" or " (rsa": the algorithm, if it is a word of letters. */
static struct silt_bytes first_atom(struct silt_bytes rest)
{
	size_t open = silt_bytes_find_byte(rest, '(');
	rest = silt_bytes_slice(rest, open == SIZE_MAX ? rest.len : open + 1, 24);
	size_t colon = silt_bytes_find_byte(silt_bytes_slice(rest, 0, 3), ':');
	rest = silt_bytes_slice(rest, colon == SIZE_MAX ? 0 : colon + 1, rest.len);
	size_t len = 0;
	while (len < rest.len && silt_is_lower(rest.ptr[len])) {
		len++;
	}
	return silt_bytes_slice(rest, 0, len);
}

bool silt_validate_gnupg_key(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	for (size_t i = 0; i < SILT_COUNT(words); i++) {
		struct silt_bytes word = silt_bytes_text(words[i].word);
		size_t at = silt_bytes_find(secret, word);
		if (at != SIZE_MAX) {
			struct silt_bytes rest = silt_bytes_slice(secret, at + word.len, secret.len);
			verdict->kind = "GnuPG private key";
			silt_facts_add_word(verdict, "algorithm", first_atom(rest));
			silt_verdict_key(verdict, words[i].key, NULL, NULL);
			return true;
		}
	}
	return false;
}

/* ---- One-time passwords ------------------------------------------------------------------------------------------ */

/* Of the documentation of Google Authenticator's key URI, and of pyotp. */
static const char *const samples[] = {"JBSWY3DPEHPK3PXP", "HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ", "BASE32SECRET3232"};

bool silt_validate_totp(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	size_t len;
	if (!silt_base32_decode(secret, verdict->room, &len) || len < 10) {
		return false;
	}
	for (size_t i = 0; i < SILT_COUNT(samples); i++) {
		if (silt_bytes_equal_nocase(secret, silt_bytes_text(samples[i]))) {
			silt_verdict_harmless(verdict, "a documentation example");
			return true;
		}
	}
	silt_facts_add(verdict, "%zu bits", len * 8);
	silt_verdict_proven(verdict, verdict->severity, NULL);
	return true;
}
