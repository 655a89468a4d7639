/* Private keys between BEGIN and END lines: PEM, OpenSSH, ssh.com; and the one inside a Google service account. */
#include "secret/armor.h"
#include "secret/key.h"
#include "secret/validate.h"

#include "base/attributes.h"
#include "base/encoding.h"

/* Base64 characters in a row that make a text more than a mention of the BEGIN and END lines. */
enum { RUN_MIN = 16 };

static const char broken[] = "does not parse as a key: an example, cut short or damaged";

/* What stands in the BEGIN line, and who reads the rest. The first row serves labels that are not listed. */
static const struct label {
	const char *text;
	struct silt_key (*parse)(struct silt_bytes blob, struct silt_public_key *out);
} labels[] = {
	{"PRIVATE KEY", silt_key_of_der},
	{"RSA PRIVATE KEY", silt_key_of_der},
	{"EC PRIVATE KEY", silt_key_of_der},
	{"DSA PRIVATE KEY", silt_key_of_der},
	{"ANY PRIVATE KEY", silt_key_of_der},
	{"ENCRYPTED PRIVATE KEY", silt_key_of_der},
	{"OPENSSH PRIVATE KEY", silt_key_of_openssh},
	{"SSH2 ENCRYPTED PRIVATE KEY", silt_key_of_ssh2},
	{"ENCRYPTED COSIGN PRIVATE KEY", silt_key_of_cosign},
	{"ENCRYPTED SIGSTORE PRIVATE KEY", silt_key_of_cosign},
	{"TENDERMINT PRIVATE KEY", silt_key_of_tendermint},
	{"NEBULA ED25519 PRIVATE KEY", silt_key_of_nebula},
	{"NEBULA X25519 PRIVATE KEY", silt_key_of_nebula},
};

static const struct label *find_label(struct silt_bytes text)
{
	for (size_t i = 0; i < SILT_COUNT(labels); i++) {
		if (silt_bytes_equal(text, silt_bytes_text(labels[i].text))) {
			return &labels[i];
		}
	}
	return &labels[0];
}

/* The ciphers of traditional PEM encryption, as OpenSSL names them. */
static const struct {
	const char *cipher;
	const char *note;
} ciphers[] = {
	{"AES-128-CBC", "encrypted (aes-128-cbc, md5)"}, {"AES-192-CBC", "encrypted (aes-192-cbc, md5)"},
	{"AES-256-CBC", "encrypted (aes-256-cbc, md5)"}, {"DES-EDE3-CBC", "encrypted (des-ede3-cbc, md5)"},
	{"DES-CBC", "encrypted (des-cbc, md5)"},
};

/* The content is noise without the password; all that can be said is that it is whole blocks of a cipher. */
static struct silt_key encrypted_key(const struct silt_armor *armor)
{
	if (armor->data.len < 32 || armor->data.len % 8 != 0) {
		return (struct silt_key){SILT_KEY_BROKEN, NULL};
	}
	for (size_t i = 0; i < SILT_COUNT(ciphers); i++) {
		if (silt_bytes_equal(armor->cipher, silt_bytes_text(ciphers[i].cipher))) {
			return (struct silt_key){SILT_KEY_ENCRYPTED, ciphers[i].note};
		}
	}
	return (struct silt_key){SILT_KEY_ENCRYPTED, "encrypted"};
}

/* The parts of "-----BEGIN LABEL-----body-----END LABEL-----"; the end may be missing, and have four dashes. */
struct parts {
	struct silt_bytes label;
	struct silt_bytes body;
	bool ends;
};

static struct silt_bytes from(struct silt_bytes whole, size_t start)
{
	return silt_bytes_slice(whole, start, whole.len);
}

static struct parts take_apart(struct silt_bytes secret)
{
	struct silt_bytes begin = SILT_LITERAL("BEGIN ");
	struct silt_bytes dashes = SILT_LITERAL("----");
	struct silt_bytes rest = from(secret, silt_bytes_find(secret, begin) + begin.len);
	size_t end = silt_bytes_find(rest, dashes);
	struct parts parts = {.label = silt_bytes_trim(silt_bytes_slice(rest, 0, end))};
	rest = from(rest, end);
	while (rest.len > 0 && rest.ptr[0] == '-') {
		rest = from(rest, 1);
	}
	end = silt_bytes_find(rest, dashes);
	parts.ends = end != SIZE_MAX;
	parts.body = silt_bytes_slice(rest, 0, parts.ends ? end : rest.len);
	return parts;
}

/* True if the place of the key is filled with something, be it dots. Programs that read PEM hold the bare lines. */
static bool is_filled(struct silt_bytes body)
{
	size_t run = 0;
	for (size_t i = 0; i < body.len && run < RUN_MIN; i++) {
		run = silt_is_base64(body.ptr[i]) ? run + 1 : 0;
	}
	return run == RUN_MIN || silt_bytes_find(body, SILT_LITERAL("...")) != SIZE_MAX;
}

bool silt_validate_pem(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct parts parts = take_apart(secret);
	if (!is_filled(parts.body)) {
		return false;
	}
	const struct label *label = find_label(parts.label);
	struct silt_key key = {SILT_KEY_BROKEN, NULL};
	struct silt_public_key out = {0};
	struct silt_armor armor;
	if (silt_armor_read(parts.body, !parts.ends, verdict->room, &armor)) {
		verdict->identity = armor.data;
		key = armor.encrypted ? encrypted_key(&armor) : label->parse(armor.data, &out);
	}
	verdict->kind = label->text;
	silt_verdict_key(verdict, key, &out, broken);
	return true;
}

/* The key alone could be any key: the words around it make it the key of an account. */
bool silt_validate_service_account(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	bool account = silt_bytes_find(verdict->window, SILT_LITERAL("service_account")) != SIZE_MAX &&
		       silt_bytes_find(verdict->window, SILT_LITERAL("client_email")) != SIZE_MAX;
	if (!account || !silt_validate_pem(secret, verdict)) {
		return false;
	}
	verdict->kind = "service account key";
	return true;
}
