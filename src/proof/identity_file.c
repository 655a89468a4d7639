/* Key files, written and read. Argon2id is libsodium's. */
#include "proof/identity_file.h"

#include "base/encoding.h"
#include "base/seal.h"
#include "base/secure.h"

#include <sodium.h>

enum {
	SALT_SIZE = crypto_pwhash_argon2id_SALTBYTES,
	SEALED_SIZE = SILT_SEED_SIZE + SILT_SEAL_OVERHEAD,
	KIB_MIN = 8,
	NUMBER_DIGITS = 9,
};

#define FIRST_LINE "silt secret key v1"

/* A key file taken apart. */
struct key_file {
	struct silt_bytes about; /* the lines in front of the seed; borrows */
	struct silt_proof_key key;
	struct silt_guess_cost cost;
	uint8_t salt[SALT_SIZE];
	uint8_t sealed[SEALED_SIZE];
};

/* ---- The password -------------------------------------------------------------------------------------------------- */

static enum silt_status stretch(struct silt_bytes password, const struct silt_guess_cost *cost,
				const uint8_t salt[static SALT_SIZE], uint8_t out[static SILT_SEAL_KEY_SIZE],
				struct silt_error *err)
{
	memset(out, 0, SILT_SEAL_KEY_SIZE);
	if (cost->passes == 0) {
		return SILT_OK;
	}
	if (crypto_pwhash_argon2id(out, SILT_SEAL_KEY_SIZE, (const char *)password.ptr, password.len, salt,
				   cost->passes, (size_t)cost->kib * 1024,
				   crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0) {
		return silt_fail(err, SILT_ERR_MEMORY, "no memory for the password: it takes %u MiB for a moment",
				 cost->kib / 1024);
	}
	return SILT_OK;
}

/* ---- Writing ------------------------------------------------------------------------------------------------------- */

static void write_lines(const struct silt_identity *identity, struct silt_guess_cost cost,
			const uint8_t salt[static SALT_SIZE], const uint8_t wrapping[static SILT_SEAL_KEY_SIZE],
			struct silt_buffer *text)
{
	const struct silt_proof_key *key = silt_identity_key(identity);
	struct silt_buffer sealed = {0};
	silt_buffer_add_text(text, FIRST_LINE "\npublic ");
	silt_base64(text, silt_bytes(key->ed25519, sizeof(key->ed25519)));
	if (cost.passes > 0) {
		silt_buffer_printf(text, "\nargon2id %u %u ", cost.passes, cost.kib);
		silt_base64(text, silt_bytes(salt, SALT_SIZE));
	} else {
		silt_buffer_add_text(text, "\nunprotected");
	}
	silt_buffer_add_byte(text, '\n');
	silt_seal(wrapping, silt_buffer_bytes(text), silt_bytes(silt_identity_seed(identity), SILT_SEED_SIZE), &sealed);
	silt_buffer_add_text(text, "sealed ");
	silt_base64(text, silt_buffer_bytes(&sealed));
	silt_buffer_add_byte(text, '\n');
	text->failed = text->failed || sealed.failed;
	silt_buffer_done(&sealed);
}

enum silt_status silt_identity_write_at(const struct silt_identity *identity, struct silt_bytes password,
					struct silt_guess_cost cost, struct silt_sink sink, struct silt_error *err)
{
	uint8_t salt[SALT_SIZE], wrapping[SILT_SEAL_KEY_SIZE];
	struct silt_buffer text = {0};
	if (password.len > SILT_PASSWORD_MAX) {
		return silt_fail(err, SILT_ERR_USAGE, "expected a password of at most %d bytes", SILT_PASSWORD_MAX);
	}
	if (password.len == 0) {
		cost.passes = 0;
	}
	silt_random(salt, sizeof(salt));
	enum silt_status status = stretch(password, &cost, salt, wrapping, err);
	if (status == SILT_OK) {
		write_lines(identity, cost, salt, wrapping, &text);
		status = text.failed ? silt_fail_memory(err) : SILT_OK;
	}
	silt_wipe(wrapping, sizeof(wrapping));
	silt_wipe_stack();
	if (status == SILT_OK && !sink.write(sink.ctx, text.ptr, text.len)) {
		status = silt_fail(err, SILT_ERR_IO, "the key could not be written");
	}
	silt_buffer_done(&text);
	return status;
}

enum silt_status silt_identity_write(const struct silt_identity *identity, struct silt_bytes password,
				     struct silt_sink sink, struct silt_error *err)
{
	return silt_identity_write_at(identity, password, SILT_GUESS_COST, sink, err);
}

/* ---- Reading ------------------------------------------------------------------------------------------------------- */

/* Exactly `size` bytes in base64 with padding. */
static bool take_bytes(struct silt_bytes text, uint8_t *out, size_t size)
{
	uint8_t room[128];
	size_t len = 0;
	const bool taken = text.len <= sizeof(room) && silt_unbase64(text, room, &len) && len == size;
	if (taken) {
		memcpy(out, room, size);
	}
	return taken;
}

static bool take_number(struct silt_bytes text, uint32_t *out)
{
	uint32_t number = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9') {
			return false;
		}
		number = number * 10 + (text.ptr[i] - '0');
	}
	*out = number;
	return text.len > 0 && text.len <= NUMBER_DIGITS;
}

/* The line without the word it begins with and the blank behind that. */
static bool take_line(struct silt_bytes *rest, const char *word, struct silt_bytes *line)
{
	const size_t len = strlen(word);
	if (!silt_bytes_cut(rest, '\n', line) || !silt_bytes_begin(*line, word)) {
		return false;
	}
	*line = silt_bytes_slice(*line, len, SIZE_MAX);
	return true;
}

static bool take_cost(struct silt_bytes line, struct key_file *out)
{
	struct silt_bytes passes, kib;
	return silt_bytes_cut(&line, ' ', &passes) && silt_bytes_cut(&line, ' ', &kib) &&
	       take_number(passes, &out->cost.passes) && take_number(kib, &out->cost.kib) && out->cost.passes > 0 &&
	       take_bytes(line, out->salt, sizeof(out->salt));
}

static bool take_apart(struct silt_bytes text, struct key_file *out)
{
	struct silt_bytes rest = text, line;
	if (text.len == 0 || text.ptr[text.len - 1] != '\n' || !take_line(&rest, FIRST_LINE, &line) || line.len > 0 ||
	    !take_line(&rest, "public ", &line) || !take_bytes(line, out->key.ed25519, sizeof(out->key.ed25519))) {
		return false;
	}
	const bool open = silt_bytes_begin(rest, "unprotected\n");
	if (open ? !take_line(&rest, "unprotected", &line) : !take_line(&rest, "argon2id ", &line)) {
		return false;
	}
	if (!open && !take_cost(line, out)) {
		return false;
	}
	out->about = silt_bytes_slice(text, 0, text.len - rest.len);
	return take_line(&rest, "sealed ", &line) && rest.len == 0 &&
	       take_bytes(line, out->sealed, sizeof(out->sealed));
}

static enum silt_status read_file(struct silt_bytes text, struct key_file *out, struct silt_error *err)
{
	const struct silt_guess_cost most = SILT_GUESS_COST_MAX;
	*out = (struct key_file){0};
	if (text.len > SILT_IDENTITY_FILE_MAX || !take_apart(text, out)) {
		return silt_fail(err, SILT_ERR_INPUT, "expected a secret key that silt key new wrote");
	}
	if (out->cost.passes > most.passes || out->cost.kib > most.kib ||
	    (out->cost.passes > 0 && out->cost.kib < KIB_MIN)) {
		return silt_fail(err, SILT_ERR_INPUT,
				 "its password costs %u passes over %u KiB: expected 1 to %u passes over %d to %u KiB",
				 out->cost.passes, out->cost.kib, most.passes, KIB_MIN, most.kib);
	}
	return SILT_OK;
}

enum silt_status silt_identity_look(const void *text, size_t size, struct silt_proof_key *key, bool *password,
				    struct silt_error *err)
{
	struct key_file file;
	const enum silt_status status = read_file(silt_bytes(text, size), &file, err);
	if (status == SILT_OK) {
		*key = file.key;
		*password = file.cost.passes > 0;
	}
	return status;
}

static enum silt_status open_file(const struct key_file *file, struct silt_bytes password, struct silt_identity **out,
				  struct silt_error *err)
{
	uint8_t wrapping[SILT_SEAL_KEY_SIZE], seed[SILT_SEED_SIZE];
	enum silt_status status = stretch(password, &file->cost, file->salt, wrapping, err);
	if (status == SILT_OK &&
	    !silt_unseal(wrapping, file->about, silt_bytes(file->sealed, sizeof(file->sealed)), seed)) {
		status = silt_fail(err, SILT_ERR_UNPROVEN, "%s",
				   file->cost.passes > 0
					   ? "the password is not the one of this key, or the file was changed"
					   : "the file was changed since silt key new wrote it");
	}
	if (status == SILT_OK) {
		status = silt_identity_of_seed(seed, out, err);
	}
	silt_wipe(wrapping, sizeof(wrapping));
	silt_wipe(seed, sizeof(seed));
	silt_wipe_stack();
	return status;
}

enum silt_status silt_identity_read(const void *text, size_t size, struct silt_bytes password,
				    struct silt_identity **out, struct silt_error *err)
{
	struct key_file file;
	struct silt_identity *identity = NULL;
	enum silt_status status = silt_secure_init(err);
	if (status == SILT_OK) {
		status = read_file(silt_bytes(text, size), &file, err);
	}
	if (status == SILT_OK) {
		status = open_file(&file, password, &identity, err);
	}
	if (status != SILT_OK) {
		return status;
	}
	if (memcmp(silt_identity_key(identity), &file.key, sizeof(file.key)) != 0) {
		silt_identity_free(identity);
		return silt_fail(err, SILT_ERR_UNPROVEN, "its public key is not the one of its secret key");
	}
	*out = identity;
	return SILT_OK;
}
