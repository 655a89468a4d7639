/*
 * PuTTY's key files: lines of text, two of them saying how many lines of base64 follow.
 *
 *   PuTTY-User-Key-File-3: ssh-ed25519
 *   Encryption: none                      or aes256-cbc
 *   Comment: ...
 *   Public-Lines: 2                       and that many lines
 *   Key-Derivation: Argon2id              version 3, encrypted: and its parameters
 *   Private-Lines: 1                      and that many lines: SSH strings, padded if encrypted
 *   Private-MAC: ...                      what a match ends with
 */
#include "secret/armor.h"
#include "secret/der.h"
#include "secret/key.h"
#include "secret/validate.h"

#include "base/encoding.h"

static const char broken[] = "does not parse as a key: an example, cut short or damaged";

struct putty {
	struct silt_bytes encryption;
	bool derived; /* a Key-Derivation line: version 3 */
	struct silt_bytes public_blob;
	struct silt_bytes private_blob;
};

/* True if the line is "NAME: value". */
static bool field(struct silt_bytes line, struct silt_bytes name, struct silt_bytes *value)
{
	if (!silt_bytes_start_with(line, name) || line.len == name.len || line.ptr[name.len] != ':') {
		return false;
	}
	*value = silt_bytes_trim(silt_bytes_slice(line, name.len + 1, line.len));
	return true;
}

/* All base64 before the next "Name: value" line; the number of lines is redundant and not believed. */
static bool read_blob(struct silt_bytes *rest, uint8_t *room, struct silt_bytes *blob)
{
	size_t len = 0;
	struct silt_bytes line;
	struct silt_bytes behind = *rest;
	while (silt_armor_line(&behind, &line) && silt_bytes_find_byte(line, ':') == SIZE_MAX) {
		if (!silt_armor_collect(line, room, &len)) {
			return false;
		}
		*rest = behind;
	}
	blob->ptr = room;
	return len > 0 && silt_base64_decode(silt_bytes(room, len), room, &blob->len);
}

static bool read_file(struct silt_bytes text, uint8_t *room, struct putty *out)
{
	*out = (struct putty){0};
	struct silt_bytes line, value;
	while (silt_armor_line(&text, &line)) {
		if (field(line, SILT_LITERAL("Encryption"), &value)) {
			out->encryption = value;
		} else if (field(line, SILT_LITERAL("Key-Derivation"), &value)) {
			out->derived = true;
		} else if (field(line, SILT_LITERAL("Public-Lines"), &value)) {
			if (read_blob(&text, room, &out->public_blob)) {
				room += out->public_blob.len;
			}
		} else if (field(line, SILT_LITERAL("Private-Lines"), &value)) {
			return read_blob(&text, room, &out->private_blob);
		}
	}
	return false;
}

/* SSH strings one after another, and nothing behind the last. */
static bool is_strings(struct silt_bytes blob)
{
	struct silt_bytes string;
	size_t count = 0;
	while (blob.len > 0) {
		if (!silt_ssh_string(&blob, &string)) {
			return false;
		}
		count++;
	}
	return count > 0;
}

/* Of RSA, an open private blob has mpint d, p, q, iqmp. */
static void read_proof(struct silt_bytes blob, struct silt_public_key *out)
{
	struct silt_bytes d, p, q;
	if (out->algorithm && out->algorithm->form == SILT_FORM_RSA && silt_ssh_string(&blob, &d) &&
	    silt_ssh_string(&blob, &p) && silt_ssh_string(&blob, &q)) {
		out->proof[0] = silt_der_unsigned(p);
		out->proof[1] = silt_der_unsigned(q);
	}
}

static struct silt_key judge(const struct putty *file)
{
	if (silt_bytes_equal(file->encryption, SILT_LITERAL("none"))) {
		bool whole = is_strings(file->private_blob);
		return (struct silt_key){whole ? SILT_KEY_PLAIN : SILT_KEY_BROKEN, NULL};
	}
	if (!silt_bytes_equal(file->encryption, SILT_LITERAL("aes256-cbc")) || file->private_blob.len % 16 != 0) {
		return (struct silt_key){SILT_KEY_BROKEN, NULL};
	}
	return (struct silt_key){SILT_KEY_ENCRYPTED,
				 file->derived ? "encrypted (aes256-cbc, argon2)" : "encrypted (aes256-cbc, sha1)"};
}

bool silt_validate_putty(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_key key = {SILT_KEY_BROKEN, NULL};
	struct silt_public_key out = {0};
	struct putty file;
	if (read_file(secret, verdict->room, &file)) {
		verdict->identity = file.private_blob;
		key = judge(&file);
		silt_public_of_ssh(file.public_blob, &out);
		read_proof(file.private_blob, &out);
	}
	verdict->kind = "PuTTY private key";
	silt_verdict_key(verdict, key, &out, broken);
	return true;
}
