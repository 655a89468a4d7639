/* From a key to the bytes that make it one, and their spellings. */
#include "secret/wanted_key.h"

#include "base/encoding.h"
#include "base/secure.h"
#include "secret/armor.h"
#include "secret/der.h"
#include "secret/wanted.h"

#include <stdlib.h>

enum {
	LEAST = 32, /* bytes of the shortest key */
	GROUP = 3,
	/* Bytes whose spelling is no longer than what is compared. */
	IN_BASE64 = SILT_WANTED_MAX / 4 * GROUP - GROUP,
	IN_DIGITS = SILT_WANTED_MAX / 2,
};

static struct silt_bytes middle(struct silt_bytes bytes, size_t most)
{
	return silt_bytes_slice(bytes, bytes.len > most ? (bytes.len - most) / 2 : 0, most);
}

/* What is between the lines. False: there are none. */
static bool cut_body(struct silt_bytes value, struct silt_bytes *body)
{
	const struct silt_bytes begin = SILT_LITERAL("-----BEGIN "), dashes = SILT_LITERAL("-----");
	size_t at = silt_bytes_find(value, begin);
	if (at == SIZE_MAX) {
		return false;
	}
	struct silt_bytes rest = silt_bytes_slice(value, at + begin.len, value.len);
	at = silt_bytes_find(rest, dashes);
	if (at == SIZE_MAX) {
		return false;
	}
	rest = silt_bytes_slice(rest, at + dashes.len, rest.len);
	at = silt_bytes_find(rest, dashes);
	*body = silt_bytes_slice(rest, 0, at);
	return true;
}

static enum silt_status add_base64(struct silt_wanted_rules *rules, struct silt_bytes bytes, size_t shift,
				   uint32_t number, struct silt_error *err)
{
	struct silt_buffer text = {0};
	const struct silt_bytes sure = silt_wanted_base64(&text, bytes, shift);
	struct silt_bytes own = text.failed ? (struct silt_bytes){0} : silt_arena_copy(&rules->arena, sure);
	silt_buffer_done(&text);
	if (!own.ptr || !silt_wanted_signs_pieces(&rules->signs, own)) {
		return silt_fail_memory(err);
	}
	return silt_wanted_rules_text(rules, own, number, "base64", err);
}

static enum silt_status add_digits(struct silt_wanted_rules *rules, struct silt_bytes bytes, const char *digits,
				   uint32_t number, struct silt_error *err)
{
	uint8_t *text = silt_arena_alloc(&rules->arena, 2 * bytes.len + 1);
	if (!text) {
		return silt_fail_memory(err);
	}
	silt_wanted_digits(bytes, digits, text);
	return silt_wanted_rules_text(rules, silt_bytes(text, 2 * bytes.len), number, "hexadecimal", err);
}

/* The key in a PKCS #8 (RFC 5958) around it, which may be there without that, too; what is none is all of itself. */
static struct silt_bytes bare_key(struct silt_bytes bytes)
{
	struct silt_bytes rest = bytes, body, part;
	const bool boxed = silt_der_cut_tagged(&rest, SILT_DER_SEQUENCE, &body) &&
			   silt_der_cut_tagged(&body, SILT_DER_INTEGER, &part) &&
			   silt_der_cut_tagged(&body, SILT_DER_SEQUENCE, &part) &&
			   silt_der_cut_tagged(&body, SILT_DER_OCTETS, &part);
	return boxed && part.len >= LEAST ? part : bytes;
}

/* Whatever stands around them. */
static enum silt_status add_bytes(struct silt_wanted_rules *rules, struct silt_bytes bytes, uint32_t number,
				  struct silt_error *err)
{
	enum silt_status status = silt_wanted_rules_text(rules, middle(bytes, SILT_WANTED_MAX), number, "binary", err);
	for (size_t shift = 0; shift < GROUP && status == SILT_OK; shift++) {
		status = add_base64(rules, middle(bytes, IN_BASE64), shift, number, err);
	}
	if (status == SILT_OK) {
		status = add_digits(rules, middle(bytes, IN_DIGITS), "0123456789abcdef", number, err);
	}
	return status == SILT_OK ? add_digits(rules, middle(bytes, IN_DIGITS), "0123456789ABCDEF", number, err)
				 : status;
}

static enum silt_status add_armored(struct silt_wanted_rules *rules, struct silt_bytes body, uint32_t number,
				    struct silt_error *err)
{
	uint8_t *room = silt_arena_alloc(&rules->arena, body.len + 1);
	struct silt_armor armor;
	if (!room) {
		return silt_fail_memory(err);
	}
	if (!silt_armor_read(body, false, room, &armor) || armor.data.len < LEAST) {
		return SILT_OK;
	}
	return add_bytes(rules, bare_key(armor.data), number, err);
}

enum silt_status silt_wanted_key_add(struct silt_wanted_rules *rules, struct silt_bytes value, uint32_t number,
				     struct silt_error *err)
{
	struct silt_bytes body;
	if (cut_body(value, &body)) {
		return add_armored(rules, body, number, err);
	}
	const bool der = value.len >= LEAST && value.ptr[0] == 0x30 && !silt_is_text(value);
	struct silt_bytes key = der ? bare_key(value) : (struct silt_bytes){0};
	struct silt_bytes own = der ? silt_arena_copy(&rules->arena, key) : key;
	if (der && !own.ptr) {
		return silt_fail_memory(err);
	}
	return der ? add_bytes(rules, own, number, err) : SILT_OK;
}
