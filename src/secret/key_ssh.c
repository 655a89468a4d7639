/* Private keys as OpenSSH and ssh.com write them. */
#include "secret/der.h"
#include "secret/key.h"

#include "base/attributes.h"

static const struct silt_key broken = {SILT_KEY_BROKEN, NULL};

static bool cut_u32(struct silt_bytes *rest, uint32_t *number)
{
	if (rest->len < 4) {
		return false;
	}
	*number = silt_u32be(rest->ptr);
	*rest = silt_bytes(rest->ptr + 4, rest->len - 4);
	return true;
}

bool silt_ssh_string(struct silt_bytes *rest, struct silt_bytes *string)
{
	uint32_t length;
	struct silt_bytes left = *rest;
	if (!cut_u32(&left, &length) || length > left.len) {
		return false;
	}
	*string = silt_bytes(left.ptr, length);
	*rest = silt_bytes(left.ptr + length, left.len - length);
	return true;
}

/* What OpenSSH can encrypt with; the key derivation is always bcrypt. */
static const struct {
	const char *cipher;
	const char *note;
} notes[] = {
	{"aes256-ctr", "encrypted (aes256-ctr, bcrypt)"},
	{"aes256-cbc", "encrypted (aes256-cbc, bcrypt)"},
	{"aes192-ctr", "encrypted (aes192-ctr, bcrypt)"},
	{"aes192-cbc", "encrypted (aes192-cbc, bcrypt)"},
	{"aes128-ctr", "encrypted (aes128-ctr, bcrypt)"},
	{"aes128-cbc", "encrypted (aes128-cbc, bcrypt)"},
	{"aes128-gcm@openssh.com", "encrypted (aes128-gcm, bcrypt)"},
	{"aes256-gcm@openssh.com", "encrypted (aes256-gcm, bcrypt)"},
	{"chacha20-poly1305@openssh.com", "encrypted (chacha20-poly1305, bcrypt)"},
	{"3des-cbc", "encrypted (3des-cbc, bcrypt)"},
};

static const char *note_of_cipher(struct silt_bytes cipher)
{
	for (size_t i = 0; i < SILT_COUNT(notes); i++) {
		if (silt_bytes_equal(cipher, silt_bytes_text(notes[i].cipher))) {
			return notes[i].note;
		}
	}
	return "encrypted";
}

/* "sk-ssh-ed25519@openssh.com": the file holds a handle, and the token that it is for holds the key. */
static bool is_of_token(struct silt_bytes public_key)
{
	struct silt_bytes type;
	return silt_ssh_string(&public_key, &type) && silt_bytes_start_with(type, SILT_LITERAL("sk-"));
}

/*
 * What follows the two numbers of an open private section:
 *
 *   string "ssh-rsa"              mpint n, e, d, iqmp, p, q
 *   string "ecdsa-sha2-nistp256"  string "nistp256", string point, mpint d
 *   string "ssh-ed25519"          string public key, string seed and public key
 */
static void read_proof(struct silt_bytes section, struct silt_public_key *out)
{
	struct silt_bytes fields[7] = {0};
	size_t count = 0;
	while (count < SILT_COUNT(fields) && silt_ssh_string(&section, &fields[count])) {
		count++;
	}
	enum silt_key_form form = out->algorithm ? out->algorithm->form : SILT_FORM_NONE;
	if (form == SILT_FORM_RSA) {
		out->proof[0] = silt_der_unsigned(fields[5]);
		out->proof[1] = silt_der_unsigned(fields[6]);
	} else if (form == SILT_FORM_EC) {
		out->proof[0] = silt_bytes_slice(fields[3], fields[3].len == 33 ? 1 : 0, fields[3].len);
	} else if (form == SILT_FORM_RAW) {
		out->proof[0] = silt_bytes_slice(fields[2], 0, 32);
	}
}

/*
 * openssh-portable, PROTOCOL.key:
 *
 *   "openssh-key-v1" NUL | string cipher | string kdf | string kdf options | u32 keys | string public key ...
 *   | string private section
 *
 * Decrypted, the private section starts with two equal 32-bit numbers.
 */
struct silt_key silt_key_of_openssh(struct silt_bytes blob, struct silt_public_key *out)
{
	*out = (struct silt_public_key){0};
	struct silt_bytes magic = {(const uint8_t *)"openssh-key-v1", 15}; /* with its NUL */
	if (!silt_bytes_start_with(blob, magic)) {
		return broken;
	}
	struct silt_bytes rest = silt_bytes(blob.ptr + magic.len, blob.len - magic.len);
	struct silt_bytes cipher, kdf, options, public_key, section;
	uint32_t keys;
	if (!silt_ssh_string(&rest, &cipher) || !silt_ssh_string(&rest, &kdf) || !silt_ssh_string(&rest, &options) ||
	    !cut_u32(&rest, &keys) || keys != 1 || !silt_ssh_string(&rest, &public_key) ||
	    !silt_ssh_string(&rest, &section) || section.len < 8) {
		return broken;
	}
	silt_public_of_ssh(public_key, out);
	if (is_of_token(public_key)) {
		return (struct silt_key){SILT_KEY_STUB, "a stub: of no use without its FIDO token"};
	}
	if (!silt_bytes_equal(cipher, SILT_LITERAL("none"))) {
		return (struct silt_key){SILT_KEY_ENCRYPTED, note_of_cipher(cipher)};
	}
	bool equal = silt_u32be(section.ptr) == silt_u32be(section.ptr + 4);
	read_proof(silt_bytes(section.ptr + 8, section.len - 8), out);
	return (struct silt_key){equal ? SILT_KEY_PLAIN : SILT_KEY_BROKEN, NULL};
}

/*
 *   u32 3f6ff9eb | u32 length of all of this | string key type | string cipher | string key
 */
struct silt_key silt_key_of_ssh2(struct silt_bytes blob, struct silt_public_key *out)
{
	*out = (struct silt_public_key){0};
	uint32_t magic, total;
	struct silt_bytes rest = blob;
	struct silt_bytes type, cipher, key;
	if (!cut_u32(&rest, &magic) || magic != 0x3f6ff9ebU || !cut_u32(&rest, &total) || total > blob.len ||
	    !silt_ssh_string(&rest, &type) || !silt_ssh_string(&rest, &cipher) || !silt_ssh_string(&rest, &key) ||
	    key.len < 8) {
		return broken;
	}
	if (silt_bytes_equal(cipher, SILT_LITERAL("none"))) {
		return (struct silt_key){SILT_KEY_PLAIN, NULL};
	}
	bool triple = silt_bytes_equal(cipher, SILT_LITERAL("3des-cbc"));
	return (struct silt_key){SILT_KEY_ENCRYPTED, triple ? "encrypted (3des-cbc)" : "encrypted"};
}
