/*
 * The public half of a key, written the two ways that fingerprints are taken of.
 *
 *   SSH (RFC 4253 6.6)   string "ssh-rsa", mpint e, mpint n            each with its length in front, 32 bits
 *                        string "ssh-dss", mpint p, q, g, y
 *                        string "ecdsa-sha2-nistp256", string "nistp256", string point          (RFC 5656)
 *                        string "ssh-ed25519", string key                                       (RFC 8709)
 *   X.509 (RFC 5280)     SEQUENCE { SEQUENCE { OID algorithm, parameters }, BIT STRING key }
 */
#include "secret/key_public.h"

#include "secret/der.h"
#include "secret/key.h"

#include "base/buffer.h"
#include "base/secure.h"

enum { NUMBER_MAX = 4096 }; /* bytes: an RSA key of 32768 bits */

uint32_t silt_public_bits(const struct silt_public_key *key)
{
	struct silt_bytes first = key->numbers[0];
	if (!key->algorithm || key->algorithm->bits > 0) {
		return key->algorithm ? key->algorithm->bits : 0;
	}
	bool counts = key->algorithm->form == SILT_FORM_RSA || key->algorithm->form == SILT_FORM_DSA;
	if (!counts || first.len == 0 || first.len > NUMBER_MAX) {
		return 0;
	}
	uint32_t bits = (uint32_t)first.len * 8;
	for (uint8_t top = first.ptr[0]; !(top & 0x80); top = (uint8_t)(top << 1)) {
		bits--;
	}
	return bits;
}

static size_t count_numbers(enum silt_key_form form)
{
	switch (form) {
	case SILT_FORM_RSA:
		return 2;
	case SILT_FORM_DSA:
		return 4;
	case SILT_FORM_EC:
	case SILT_FORM_RAW:
		return 1;
	case SILT_FORM_NONE:
		break;
	}
	return 0;
}

/* True if everything is there, and of a size that a key may have. A point must be an uncompressed one. */
static bool is_whole(const struct silt_public_key *key)
{
	size_t count = key->algorithm ? count_numbers(key->algorithm->form) : 0;
	for (size_t i = 0; i < count; i++) {
		if (key->numbers[i].len == 0 || key->numbers[i].len > NUMBER_MAX) {
			return false;
		}
	}
	if (count > 0 && key->algorithm->form == SILT_FORM_EC) {
		size_t field = (key->algorithm->bits + 7) / 8;
		return key->numbers[0].len == 1 + 2 * field && key->numbers[0].ptr[0] == 4;
	}
	return count > 0;
}

/* ---- SSH --------------------------------------------------------------------------------------------------------- */

bool silt_public_of_ssh(struct silt_bytes blob, struct silt_public_key *out)
{
	*out = (struct silt_public_key){0};
	struct silt_bytes name, curve, numbers[SILT_KEY_NUMBERS_MAX] = {0};
	if (!silt_ssh_string(&blob, &name)) {
		return false;
	}
	const struct silt_key_algorithm *algorithm = silt_key_algorithm_ssh(name);
	if (!algorithm || (algorithm->ssh_curve && !silt_ssh_string(&blob, &curve))) {
		return false;
	}
	size_t count = count_numbers(algorithm->form);
	bool as_is = algorithm->form == SILT_FORM_EC || algorithm->form == SILT_FORM_RAW;
	for (size_t i = 0; i < count; i++) {
		struct silt_bytes number;
		if (!silt_ssh_string(&blob, &number)) {
			return false;
		}
		size_t at = algorithm->form == SILT_FORM_RSA ? 1 - i : i; /* e before n */
		numbers[at] = as_is ? number : silt_der_unsigned(number);
	}
	out->algorithm = algorithm;
	memcpy(out->numbers, numbers, sizeof(numbers));
	return true;
}

static void add_string(struct silt_buffer *out, struct silt_bytes string)
{
	for (int shift = 24; shift >= 0; shift -= 8) {
		silt_buffer_add_byte(out, (uint8_t)(string.len >> shift));
	}
	silt_buffer_add(out, string);
}

/* A number is signed: one with its top bit set gets a zero in front. */
static void add_mpint(struct silt_buffer *out, struct silt_bytes number)
{
	size_t length = number.len + (number.ptr[0] >> 7);
	for (int shift = 24; shift >= 0; shift -= 8) {
		silt_buffer_add_byte(out, (uint8_t)(length >> shift));
	}
	if (length > number.len) {
		silt_buffer_add_byte(out, 0);
	}
	silt_buffer_add(out, number);
}

static void write_ssh(const struct silt_public_key *key, struct silt_buffer *out)
{
	const struct silt_key_algorithm *algorithm = key->algorithm;
	add_string(out, silt_bytes_text(algorithm->ssh));
	switch (algorithm->form) {
	case SILT_FORM_RSA:
		add_mpint(out, key->numbers[1]);
		add_mpint(out, key->numbers[0]);
		break;
	case SILT_FORM_DSA:
		for (size_t i = 0; i < 4; i++) {
			add_mpint(out, key->numbers[i]);
		}
		break;
	case SILT_FORM_EC:
		add_string(out, silt_bytes_text(algorithm->ssh_curve));
		add_string(out, key->numbers[0]);
		break;
	case SILT_FORM_RAW:
	case SILT_FORM_NONE:
		add_string(out, key->numbers[0]);
		break;
	}
}

static bool digest_of(struct silt_public_key *key, struct silt_buffer *written, uint8_t out[static 32])
{
	bool done = !written->failed;
	if (done) {
		silt_sha256(silt_buffer_bytes(written), out);
	}
	key->starved = key->starved || !done;
	silt_buffer_done(written);
	return done;
}

bool silt_public_ssh_digest(struct silt_public_key *key, uint8_t out[static 32])
{
	if (!is_whole(key) || !key->algorithm->ssh) {
		return false;
	}
	struct silt_buffer written = {0};
	write_ssh(key, &written);
	return digest_of(key, &written, out);
}

/* ---- X.509 ------------------------------------------------------------------------------------------------------- */

static void add_der(struct silt_buffer *out, uint8_t tag, struct silt_bytes body)
{
	silt_buffer_add_byte(out, tag);
	if (body.len >= 0x100) {
		silt_buffer_add_byte(out, 0x82);
		silt_buffer_add_byte(out, (uint8_t)(body.len >> 8));
	} else if (body.len >= 0x80) {
		silt_buffer_add_byte(out, 0x81);
	}
	silt_buffer_add_byte(out, (uint8_t)body.len);
	silt_buffer_add(out, body);
}

/* Takes `body`: it is empty afterwards. */
static void wrap(struct silt_buffer *out, uint8_t tag, struct silt_buffer *body)
{
	out->failed = out->failed || body->failed;
	add_der(out, tag, silt_buffer_bytes(body));
	silt_buffer_done(body);
}

static void add_integer(struct silt_buffer *out, struct silt_bytes number)
{
	struct silt_buffer body = {0};
	if (number.ptr[0] & 0x80) {
		silt_buffer_add_byte(&body, 0);
	}
	silt_buffer_add(&body, number);
	wrap(out, SILT_DER_INTEGER, &body);
}

static void add_integers(struct silt_buffer *out, const struct silt_bytes *numbers, size_t count)
{
	struct silt_buffer body = {0};
	for (size_t i = 0; i < count; i++) {
		add_integer(&body, numbers[i]);
	}
	wrap(out, SILT_DER_SEQUENCE, &body);
}

static void add_algorithm(struct silt_buffer *out, const struct silt_public_key *key)
{
	const struct silt_key_algorithm *algorithm = key->algorithm;
	struct silt_buffer body = {0};
	add_der(&body, SILT_DER_OID, algorithm->oid);
	if (algorithm == silt_key_algorithm_rsa()) {
		add_der(&body, SILT_DER_NULL, silt_bytes(NULL, 0));
	} else if (algorithm->form == SILT_FORM_DSA) {
		add_integers(&body, key->numbers, 3);
	} else if (algorithm->form == SILT_FORM_EC) {
		add_der(&body, SILT_DER_OID, algorithm->curve);
	}
	wrap(out, SILT_DER_SEQUENCE, &body);
}

static void add_key(struct silt_buffer *out, const struct silt_public_key *key)
{
	struct silt_buffer body = {0};
	silt_buffer_add_byte(&body, 0); /* no bits are missing from the last byte */
	if (key->algorithm->form == SILT_FORM_RSA) {
		add_integers(&body, key->numbers, 2);
	} else if (key->algorithm->form == SILT_FORM_DSA) {
		add_integer(&body, key->numbers[3]);
	} else {
		silt_buffer_add(&body, key->numbers[0]);
	}
	wrap(out, SILT_DER_BITS, &body);
}

bool silt_public_spki_digest(struct silt_public_key *key, uint8_t out[static 32])
{
	if (!is_whole(key)) {
		return false;
	}
	struct silt_buffer body = {0};
	struct silt_buffer written = {0};
	add_algorithm(&body, key);
	add_key(&body, key);
	wrap(&written, SILT_DER_SEQUENCE, &body);
	return digest_of(key, &written, out);
}
