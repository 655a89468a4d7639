/* Base64, hexadecimal, and numbers written in some base. */
#include "base/encoding.h"

#include "base/ascii.h"

const char silt_digits_base62[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const char silt_digits_base36[] = "0123456789abcdefghijklmnopqrstuvwxyz";

/* The six bits of a character, or -1. */
static int sextet(uint8_t c)
{
	if (silt_is_upper(c)) {
		return c - 'A';
	}
	if (silt_is_lower(c)) {
		return c - 'a' + 26;
	}
	if (silt_is_digit(c)) {
		return c - '0' + 52;
	}
	if (c == '+' || c == '-') {
		return 62;
	}
	return c == '/' || c == '_' ? 63 : -1;
}

bool silt_is_base64(uint8_t byte)
{
	return byte != '-' && byte != '_' && sextet(byte) >= 0;
}

/* Without its '=' signs: at most two, and then the whole is a multiple of four. */
static bool drop_padding(struct silt_bytes *text)
{
	size_t padding = 0;
	while (padding < 2 && padding < text->len && text->ptr[text->len - 1 - padding] == '=') {
		padding++;
	}
	if (padding > 0 && text->len % 4 != 0) {
		return false;
	}
	text->len -= padding;
	return text->len % 4 != 1;
}

bool silt_base64_decode(struct silt_bytes text, uint8_t *out, size_t *len)
{
	if (!drop_padding(&text)) {
		return false;
	}
	uint32_t bits = 0;
	size_t written = 0;
	for (size_t i = 0; i < text.len; i++) {
		int value = sextet(text.ptr[i]);
		if (value < 0) {
			return false;
		}
		bits = bits << 6 | (uint32_t)value;
		if (i % 4 != 0) { /* of four characters, all but the first complete a byte */
			out[written++] = (uint8_t)(bits >> (6 - 2 * (i % 4)));
		}
	}
	*len = written;
	return true;
}

struct silt_bytes silt_base64_decoded(struct silt_bytes text, uint8_t *room)
{
	size_t len;
	return silt_base64_decode(text, room, &len) ? silt_bytes(room, len) : silt_bytes(room, 0);
}

bool silt_number_is(uint64_t number, const char *alphabet, struct silt_bytes digits)
{
	size_t base = strlen(alphabet);
	for (size_t i = digits.len; i > 0; i--) {
		if (digits.ptr[i - 1] != (uint8_t)alphabet[number % base]) {
			return false;
		}
		number /= base;
	}
	return number == 0;
}

void silt_hex(struct silt_bytes bytes, char *out)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < bytes.len; i++) {
		out[2 * i] = digits[bytes.ptr[i] >> 4];
		out[2 * i + 1] = digits[bytes.ptr[i] & 15];
	}
	out[2 * bytes.len] = '\0';
}

bool silt_hex_decode(struct silt_bytes text, uint8_t *out, size_t size)
{
	if (text.len / 2 != size || text.len % 2 != 0) {
		return false;
	}
	for (size_t i = 0; i < size; i++) {
		int high = silt_hex_value(text.ptr[2 * i]), low = silt_hex_value(text.ptr[2 * i + 1]);
		if (high < 0 || low < 0) {
			return false;
		}
		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

bool silt_is_text(struct silt_bytes bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		uint8_t c = bytes.ptr[i];
		if ((c < ' ' && c != '\t' && c != '\r' && c != '\n') || c > '~') {
			return false;
		}
	}
	return true;
}

struct silt_bytes silt_percent_decode(struct silt_bytes text, uint8_t *out)
{
	size_t len = 0;
	for (size_t i = 0; i < text.len; i++) {
		int high = text.len - i > 2 ? silt_hex_value(text.ptr[i + 1]) : -1;
		int low = text.len - i > 2 ? silt_hex_value(text.ptr[i + 2]) : -1;
		if (text.ptr[i] == '%' && high >= 0 && low >= 0) {
			out[len++] = (uint8_t)(high << 4 | low);
			i += 2;
		} else {
			out[len++] = text.ptr[i];
		}
	}
	return silt_bytes(out, len);
}
