/* Tags and lengths of DER. */
#include "secret/der.h"

/*
 * Definite lengths of up to three bytes: a key of 16 MiB is none.
 *
 *   +-----+------------------------+-----------+
 *   | tag | length: 0..7f          | value ... |
 *   |     |   or 80+n, n bytes BE  |           |
 *   +-----+------------------------+-----------+
 */
bool silt_der_cut(struct silt_bytes *rest, struct silt_der *out)
{
	if (rest->len < 2) {
		return false;
	}
	const uint8_t *p = rest->ptr;
	size_t head = 2;
	size_t length = p[1];
	if (p[1] >= 0x80) {
		size_t bytes = p[1] & 0x7f;
		if (bytes == 0 || bytes > 3 || bytes > rest->len - 2) {
			return false;
		}
		length = 0;
		for (size_t i = 0; i < bytes; i++) {
			length = length << 8 | p[2 + i];
		}
		head += bytes;
	}
	if (length > rest->len - head) {
		return false;
	}
	*out = (struct silt_der){p[0], silt_bytes(p + head, length)};
	*rest = silt_bytes(p + head + length, rest->len - head - length);
	return true;
}

bool silt_der_cut_tagged(struct silt_bytes *rest, uint8_t tag, struct silt_bytes *value)
{
	struct silt_bytes left = *rest;
	struct silt_der member;
	if (!silt_der_cut(&left, &member) || member.tag != tag) {
		return false;
	}
	*value = member.value;
	*rest = left;
	return true;
}

bool silt_der_members(struct silt_bytes body, struct silt_der *members, size_t max, size_t *count)
{
	*count = 0;
	while (body.len > 0) {
		if (*count == max || !silt_der_cut(&body, &members[*count])) {
			return false;
		}
		(*count)++;
	}
	return true;
}

struct silt_bytes silt_der_unsigned(struct silt_bytes integer)
{
	while (integer.len > 0 && integer.ptr[0] == 0) {
		integer = silt_bytes(integer.ptr + 1, integer.len - 1);
	}
	return integer;
}

struct silt_bytes silt_der_bit_bytes(struct silt_bytes bits)
{
	if (bits.len < 1 || bits.ptr[0] != 0) {
		return silt_bytes(NULL, 0);
	}
	return silt_bytes(bits.ptr + 1, bits.len - 1);
}
