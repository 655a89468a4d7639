/*
 * Files sealed for one reader: whoever has a public key can seal, and only who has the secret one can open.
 *
 *   0          8               88              112
 *   +----------+---------------+---------------+-------------+- - -+------------+
 *   | magic    | sealed key    | stream header | chunk       |     | last chunk |
 *   | 8        | 80            | 24            | 65536 + 17  |     | n + 17     |     0 <= n <= 65536
 *   +----------+---------------+---------------+-------------+- - -+------------+
 *
 * The key of the stream is random, and sealed for the reader (crypto_box_seal, X25519). The chunks are libsodium's
 * secretstream (XChaCha20-Poly1305), the first about the 88 bytes in front; the last one is marked: a file that was cut
 * off, or has something behind its end, is told from a whole one. Each chunk but the last is full.
 */
#include "base/secure.h"
#include "proof/identity.h"

#include <sodium.h>
#include <stdlib.h>

enum {
	MAGIC_SIZE = 8,
	STREAM_KEY_SIZE = crypto_secretstream_xchacha20poly1305_KEYBYTES,
	SEALED_KEY_SIZE = STREAM_KEY_SIZE + crypto_box_SEALBYTES,
	FRONT_SIZE = MAGIC_SIZE + SEALED_KEY_SIZE,
	HEADER_SIZE = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
	CHUNK_SIZE = 64 * 1024,
	CHUNK_OVERHEAD = crypto_secretstream_xchacha20poly1305_ABYTES,
};

_Static_assert((int)FRONT_SIZE == 88 && (int)HEADER_SIZE == 24 && (int)CHUNK_OVERHEAD == 17, "as in the diagram");

static const uint8_t magic[MAGIC_SIZE] = {'s', 'i', 'l', 't', '-', 's', '1', '\n'};

/* A stream on its way; wiped when it is freed. */
struct work {
	struct silt_stream_ends ends;
	crypto_secretstream_xchacha20poly1305_state state;
	uint8_t key[STREAM_KEY_SIZE];
	uint8_t front[FRONT_SIZE + HEADER_SIZE];
	size_t chunks;
	uint8_t plain[2][CHUNK_SIZE]; /* of two chunks, so that the last one is known as such */
	uint8_t sealed[CHUNK_SIZE + CHUNK_OVERHEAD];
};

static enum silt_status new_work(const struct silt_stream_ends *ends, struct work **out, struct silt_error *err)
{
	const enum silt_status status = silt_secure_init(err);
	if (status != SILT_OK) {
		return status;
	}
	*out = calloc(1, sizeof(**out));
	if (!*out) {
		return silt_fail_memory(err);
	}
	(*out)->ends = *ends;
	return SILT_OK;
}

static void free_work(struct work *work)
{
	if (work) {
		silt_wipe(work, sizeof(*work));
		free(work);
	}
	silt_wipe_stack();
}

/* Reads until `room` is full or the input ends. */
static enum silt_status fill(struct work *work, uint8_t *room, size_t size, size_t *len, struct silt_error *err)
{
	int64_t got = 1;
	for (*len = 0; *len < size && got > 0; *len += got > 0 ? (size_t)got : 0) {
		got = work->ends.read(work->ends.read_ctx, room + *len, size - *len);
		if (got < 0 || (uint64_t)got > size - *len) {
			return silt_fail(err, SILT_ERR_IO, "it cannot be read");
		}
	}
	return SILT_OK;
}

static enum silt_status put(const struct work *work, const uint8_t *bytes, size_t size, struct silt_error *err)
{
	return size == 0 || work->ends.sink.write(work->ends.sink.ctx, bytes, size)
		       ? SILT_OK
		       : silt_fail(err, SILT_ERR_IO, "it cannot be written");
}

/* What a chunk is bound to beside those before it: the first to the front. */
static struct silt_bytes about(const struct work *work)
{
	return work->chunks == 0 ? silt_bytes(work->front, FRONT_SIZE) : silt_bytes(NULL, 0);
}

/* ---- Sealing ------------------------------------------------------------------------------------------------------- */

static enum silt_status begin_sealing(struct work *work, const struct silt_proof_key *to, struct silt_error *err)
{
	uint8_t curve[SILT_CURVE_KEY_SIZE];
	if (!silt_proof_key_curve(to, curve)) {
		return silt_fail(err, SILT_ERR_INPUT, "the public key is one that nobody can have the secret half of");
	}
	crypto_secretstream_xchacha20poly1305_keygen(work->key);
	memcpy(work->front, magic, MAGIC_SIZE);
	if (crypto_box_seal(work->front + MAGIC_SIZE, work->key, STREAM_KEY_SIZE, curve) != 0) {
		return silt_fail(err, SILT_ERR_INTERNAL, "libsodium could not seal a key");
	}
	crypto_secretstream_xchacha20poly1305_init_push(&work->state, work->front + FRONT_SIZE, work->key);
	return put(work, work->front, sizeof(work->front), err);
}

static enum silt_status seal_chunk(struct work *work, const uint8_t *plain, size_t len, bool last,
				   struct silt_error *err)
{
	const struct silt_bytes bound = about(work);
	crypto_secretstream_xchacha20poly1305_push(&work->state, work->sealed, NULL, plain, len, bound.ptr, bound.len,
						   last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
	work->chunks++;
	return put(work, work->sealed, len + CHUNK_OVERHEAD, err);
}

static enum silt_status seal_all(struct work *work, struct silt_error *err)
{
	size_t len = 0, next = 0, which = 0;
	enum silt_status status = fill(work, work->plain[0], CHUNK_SIZE, &len, err);
	bool last = false;
	while (status == SILT_OK && !last) {
		status = len == CHUNK_SIZE ? fill(work, work->plain[1 - which], CHUNK_SIZE, &next, err) : SILT_OK;
		last = len < CHUNK_SIZE || next == 0;
		if (status == SILT_OK) {
			status = seal_chunk(work, work->plain[which], len, last, err);
		}
		which = 1 - which;
		len = next;
	}
	return status;
}

enum silt_status silt_seal_stream(const struct silt_stream_ends *ends, const struct silt_proof_key *to,
				  struct silt_error *err)
{
	struct work *work = NULL;
	enum silt_status status = new_work(ends, &work, err);
	if (status == SILT_OK) {
		status = begin_sealing(work, to, err);
	}
	if (status == SILT_OK) {
		status = seal_all(work, err);
	}
	free_work(work);
	return status;
}

/* ---- Opening ------------------------------------------------------------------------------------------------------- */

static enum silt_status open_key(struct work *work, const struct silt_identity *identity, struct silt_error *err)
{
	uint8_t curve[SILT_CURVE_KEY_SIZE], secret[SILT_CURVE_KEY_SIZE];
	const bool opened =
		silt_proof_key_curve(silt_identity_key(identity), curve) && silt_identity_curve(identity, secret) &&
		crypto_box_seal_open(work->key, work->front + MAGIC_SIZE, SEALED_KEY_SIZE, curve, secret) == 0;
	silt_wipe(secret, sizeof(secret));
	return opened ? SILT_OK
		      : silt_fail(err, SILT_ERR_UNPROVEN, "it is sealed for another key, or was changed since");
}

static enum silt_status begin_opening(struct work *work, const struct silt_identity *identity, struct silt_error *err)
{
	size_t len = 0;
	enum silt_status status = fill(work, work->front, sizeof(work->front), &len, err);
	if (status != SILT_OK) {
		return status;
	}
	if (memcmp(work->front, magic, len < MAGIC_SIZE ? len : MAGIC_SIZE) != 0) {
		return silt_fail(err, SILT_ERR_INPUT, "expected a file that silt seal wrote");
	}
	if (len < sizeof(work->front)) {
		return silt_fail(err, SILT_ERR_UNPROVEN, "it was cut off");
	}
	status = open_key(work, identity, err);
	if (status == SILT_OK &&
	    crypto_secretstream_xchacha20poly1305_init_pull(&work->state, work->front + FRONT_SIZE, work->key) != 0) {
		status = silt_fail(err, SILT_ERR_UNPROVEN, "it was changed since it was sealed");
	}
	return status;
}

/* Nothing of a chunk goes on before its tag was right. `*last`: it was the marked one. */
static enum silt_status open_chunk(struct work *work, bool *last, struct silt_error *err)
{
	const struct silt_bytes bound = about(work);
	unsigned char tag = 0;
	size_t len = 0;
	enum silt_status status = fill(work, work->sealed, sizeof(work->sealed), &len, err);
	if (status != SILT_OK) {
		return status;
	}
	if (len < CHUNK_OVERHEAD) {
		return silt_fail(err, SILT_ERR_UNPROVEN, "it was cut off after %zu KiB of its content",
				 work->chunks * (CHUNK_SIZE / 1024));
	}
	if (crypto_secretstream_xchacha20poly1305_pull(&work->state, work->plain[0], NULL, &tag, work->sealed, len,
						       bound.ptr, bound.len) != 0) {
		return silt_fail(err, SILT_ERR_UNPROVEN,
				 "it was changed or cut off within %d KiB behind %zu KiB of its content",
				 CHUNK_SIZE / 1024, work->chunks * (CHUNK_SIZE / 1024));
	}
	*last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
	work->chunks++;
	return put(work, work->plain[0], len - CHUNK_OVERHEAD, err);
}

static enum silt_status open_all(struct work *work, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	size_t behind = 0;
	for (bool last = false; status == SILT_OK && !last;) {
		status = open_chunk(work, &last, err);
	}
	if (status == SILT_OK) {
		status = fill(work, work->sealed, 1, &behind, err);
	}
	return behind > 0 ? silt_fail(err, SILT_ERR_UNPROVEN, "there is something behind its end") : status;
}

enum silt_status silt_unseal_stream(const struct silt_stream_ends *ends, const struct silt_identity *identity,
				    struct silt_error *err)
{
	struct work *work = NULL;
	enum silt_status status = new_work(ends, &work, err);
	if (status == SILT_OK) {
		status = begin_opening(work, identity, err);
	}
	if (status == SILT_OK) {
		status = open_all(work, err);
	}
	free_work(work);
	return status;
}
