/*
 * OpenPGP secret key packets (RFC 9580 section 5.5.3; version 3 and 4 of RFC 4880), up to the byte that says whether
 * a password locks them.
 *
 *   +---------+------------+-----------+------------------+----------------------+-----------+-----------
 *   | version | created: 4 | algorithm | 5, 6: length: 4  | public numbers       | S2K usage | cipher ...
 *   |         | 3: days: 2 |           |                  | (4: by algorithm)    | 0 = plain |
 *   +---------+------------+-----------+------------------+----------------------+-----------+-----------
 */
#include "secret/key.h"

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/secure.h"
#include "stream/digest.h"

enum {
	TAG_SECRET_KEY = 5,
	TAG_SECRET_SUBKEY = 7,
	USAGE_PLAIN = 0,
	USAGE_AEAD = 253, /* this and the two above it: cipher and key derivation follow */
	S2K_GNU = 101,    /* GnuPG: the secret part is not in this file */
};

static bool cut(struct silt_bytes *rest, size_t count, struct silt_bytes *piece)
{
	if (count > rest->len) {
		return false;
	}
	*piece = silt_bytes(rest->ptr, count);
	*rest = silt_bytes(rest->ptr + count, rest->len - count);
	return true;
}

static bool skip(struct silt_bytes *rest, size_t count)
{
	struct silt_bytes piece;
	return cut(rest, count, &piece);
}

static bool cut_number(struct silt_bytes *rest, size_t bytes, size_t *number)
{
	struct silt_bytes piece;
	if (!cut(rest, bytes, &piece)) {
		return false;
	}
	*number = 0;
	for (size_t i = 0; i < bytes; i++) {
		*number = *number << 8 | piece.ptr[i];
	}
	return true;
}

/* Length of a packet with a new header: one, two or five bytes. Parts of unknown length do not occur in keys. */
static bool cut_new_length(struct silt_bytes *rest, size_t *length)
{
	size_t low;
	if (!cut_number(rest, 1, length)) {
		return false;
	}
	if (*length < 192) {
		return true;
	}
	if (*length < 224) {
		bool whole = cut_number(rest, 1, &low);
		*length = whole ? ((*length - 192) << 8) + low + 192 : 0;
		return whole;
	}
	return *length == 255 && cut_number(rest, 4, length);
}

struct packet {
	unsigned tag;
	struct silt_bytes body;
};

/* RFC 9580 section 4.2: bit 7 is always set, bit 6 tells the new header from the old. */
static bool cut_packet(struct silt_bytes *rest, struct packet *packet)
{
	size_t head, length;
	if (!cut_number(rest, 1, &head) || !(head & 0x80)) {
		return false;
	}
	if (head & 0x40) {
		packet->tag = head & 0x3f;
		return cut_new_length(rest, &length) && cut(rest, length, &packet->body);
	}
	packet->tag = (head >> 2) & 0x0f;
	size_t kind = head & 3;
	return kind != 3 && cut_number(rest, (size_t)1 << kind, &length) && cut(rest, length, &packet->body);
}

/* What the public part of a key is made of, by algorithm (RFC 9580 section 9.1). */
static const struct {
	uint8_t id;
	const char *name;
	uint8_t numbers; /* 16-bit bit count and bytes each */
	bool curve;      /* before them: length byte and object identifier */
	bool parameters; /* behind them: length byte and bytes */
	uint8_t fixed;   /* instead of all that: so many bytes */
} algorithms[] = {
	{1, "RSA", 2, false, false, 0},       {2, "RSA", 2, false, false, 0},
	{3, "RSA", 2, false, false, 0},       {16, "Elgamal", 3, false, false, 0},
	{20, "Elgamal", 3, false, false, 0},  {17, "DSA", 4, false, false, 0},
	{18, "ECDH", 1, true, true, 0},       {19, "ECDSA", 1, true, false, 0},
	{22, "EdDSA", 1, true, false, 0}, /* as before RFC 9580 */
	{25, "X25519", 0, false, false, 32},  {26, "X448", 0, false, false, 56},
	{27, "Ed25519", 0, false, false, 32}, {28, "Ed448", 0, false, false, 57},
};

static bool skip_counted(struct silt_bytes *rest)
{
	size_t length;
	return cut_number(rest, 1, &length) && skip(rest, length);
}

/* The public numbers of the algorithm in that row; `*bits` of the first, where its length is the key's. */
static bool skip_numbers(struct silt_bytes *rest, size_t row, size_t *bits)
{
	bool whole = skip(rest, algorithms[row].fixed) && (!algorithms[row].curve || skip_counted(rest));
	for (unsigned n = 0; whole && n < algorithms[row].numbers; n++) {
		size_t length;
		whole = cut_number(rest, 2, &length) && skip(rest, (length + 7) / 8);
		if (whole && n == 0 && !algorithms[row].curve) {
			*bits = length;
		}
	}
	return whole && (!algorithms[row].parameters || skip_counted(rest));
}

static bool skip_public(struct silt_bytes *rest, size_t algorithm, struct silt_pgp_facts *facts)
{
	for (size_t i = 0; i < SILT_COUNT(algorithms); i++) {
		if (algorithms[i].id == algorithm) {
			facts->algorithm = algorithms[i].name;
			return skip_numbers(rest, i, &facts->bits);
		}
	}
	return false;
}

/* Leaves `*body` at the S2K usage. */
static bool skip_to_usage(struct silt_bytes *body, size_t *version, struct silt_pgp_facts *facts)
{
	size_t algorithm, length;
	struct silt_bytes numbers;
	if (!cut_number(body, 1, version) || *version < 3 || *version > 6 || !skip(body, *version == 3 ? 6 : 4) ||
	    !cut_number(body, 1, &algorithm)) {
		return false;
	}
	if (*version < 5) {
		return skip_public(body, algorithm, facts);
	}
	if (!cut_number(body, 4, &length) || !cut(body, length, &numbers)) {
		return false;
	}
	skip_public(&numbers, algorithm, facts);
	return true;
}

static void take_sha1(struct silt_bytes text, struct silt_pgp_facts *facts)
{
	struct silt_summer *summer = NULL;
	enum silt_status status = silt_summer_new(SILT_SUM_SHA1, &summer, NULL);
	if (status == SILT_OK) {
		status = silt_sum(summer, &text, 1, facts->fingerprint, NULL);
	}
	facts->fingerprint_len = status == SILT_OK ? silt_sum_size(SILT_SUM_SHA1) : 0;
	facts->starved = status == SILT_ERR_MEMORY;
	silt_summer_free(summer);
}

/*
 * RFC 9580 section 5.5.4: the digest of a byte that goes by the version, the length, and the public part of the packet.
 */
static void take_fingerprint(struct silt_bytes part, size_t version, struct silt_pgp_facts *facts)
{
	static const uint8_t marks[] = {[4] = 0x99, [5] = 0x9a, [6] = 0x9b};
	if (version < 4) {
		return;
	}
	struct silt_buffer text = {0};
	silt_buffer_add_byte(&text, marks[version]);
	for (int shift = version == 4 ? 8 : 24; shift >= 0; shift -= 8) {
		silt_buffer_add_byte(&text, (uint8_t)(part.len >> shift));
	}
	silt_buffer_add(&text, part);
	facts->starved = text.failed;
	if (!text.failed && version == 4) {
		take_sha1(silt_buffer_bytes(&text), facts);
	} else if (!text.failed) {
		silt_sha256(silt_buffer_bytes(&text), facts->fingerprint);
		facts->fingerprint_len = 32;
	}
	silt_buffer_done(&text);
}

static const char *note_of_cipher(size_t cipher)
{
	switch (cipher) {
	case 2:
		return "encrypted (3des)";
	case 3:
		return "encrypted (cast5)";
	case 7:
		return "encrypted (aes128)";
	case 8:
		return "encrypted (aes192)";
	case 9:
		return "encrypted (aes256)";
	default:
		return "encrypted";
	}
}

static struct silt_key judge_secret(struct silt_bytes body, struct silt_pgp_facts *facts)
{
	struct silt_bytes packet = body;
	struct silt_key broken = {SILT_KEY_BROKEN, NULL};
	size_t version, usage, cipher, method;
	if (!skip_to_usage(&body, &version, facts)) {
		return broken;
	}
	take_fingerprint(silt_bytes(packet.ptr, packet.len - body.len), version, facts);
	if (!cut_number(&body, 1, &usage)) {
		return broken;
	}
	if (usage == USAGE_PLAIN) {
		return (struct silt_key){body.len > 0 ? SILT_KEY_PLAIN : SILT_KEY_BROKEN, NULL};
	}
	if (usage < USAGE_AEAD) { /* of old: the usage is the cipher */
		return (struct silt_key){SILT_KEY_ENCRYPTED, note_of_cipher(usage)};
	}
	/* 5 and 6 count the bytes that follow, 6 also those of the key derivation; AEAD has its mode in between. */
	size_t behind_cipher = (size_t)(usage == USAGE_AEAD) + (size_t)(version == 6);
	if ((version >= 5 && !skip(&body, 1)) || !cut_number(&body, 1, &cipher) || !skip(&body, behind_cipher) ||
	    !cut_number(&body, 1, &method)) {
		return broken;
	}
	if (method == S2K_GNU) {
		return (struct silt_key){SILT_KEY_STUB, "a stub: the secret part is kept elsewhere"};
	}
	return (struct silt_key){SILT_KEY_ENCRYPTED, note_of_cipher(cipher)};
}

struct silt_key silt_key_of_pgp(struct silt_bytes packets, struct silt_pgp_facts *facts)
{
	struct silt_key key = {SILT_KEY_BROKEN, NULL};
	struct silt_pgp_facts of_subkey = {0};
	struct packet packet;
	bool first = true;
	*facts = (struct silt_pgp_facts){0};
	while (cut_packet(&packets, &packet) && (!first || packet.tag == TAG_SECRET_KEY)) {
		if (packet.tag == TAG_SECRET_KEY || packet.tag == TAG_SECRET_SUBKEY) {
			struct silt_key next = judge_secret(packet.body, first ? facts : &of_subkey);
			key = next.state > key.state ? next : key;
		}
		first = false;
	}
	return key;
}
