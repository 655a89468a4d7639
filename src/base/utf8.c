/*
 * Decoding of UTF-8.
 *
 *     U+0000..U+007F     0xxxxxxx
 *     U+0080..U+07FF     110xxxxx 10xxxxxx
 *     U+0800..U+FFFF     1110xxxx 10xxxxxx 10xxxxxx      but U+D800..U+DFFF
 *     U+10000..U+10FFFF  11110xxx 10xxxxxx 10xxxxxx 10xxxxxx
 */
#include "base/utf8.h"

#include "base/attributes.h"

/* Rows by length of the character. A code point below `least` would have fitted into a shorter form: overlong. */
static const struct {
	uint8_t lead_mask, lead_bits;
	uint32_t least, most;
} forms[] = {
	{0x80, 0x00, 0x0, 0x7F},
	{0xE0, 0xC0, 0x80, 0x7FF},
	{0xF0, 0xE0, 0x800, 0xFFFF},
	{0xF8, 0xF0, 0x10000, 0x10FFFF},
};

static bool is_surrogate(uint32_t code)
{
	return code >= 0xD800 && code <= 0xDFFF;
}

size_t silt_utf8_decode(struct silt_bytes bytes, uint32_t *code)
{
	size_t form = 0;
	while (form < SILT_COUNT(forms) && bytes.len > 0 &&
	       (bytes.ptr[0] & forms[form].lead_mask) != forms[form].lead_bits) {
		form++;
	}
	if (form == SILT_COUNT(forms) || bytes.len <= form) {
		return 0;
	}
	uint32_t value = (uint32_t)bytes.ptr[0] & (uint8_t)~forms[form].lead_mask;
	for (size_t i = 1; i <= form; i++) {
		if ((bytes.ptr[i] & 0xC0) != 0x80) {
			return 0;
		}
		value = value << 6 | (bytes.ptr[i] & 0x3F);
	}
	if (value < forms[form].least || value > forms[form].most || is_surrogate(value)) {
		return 0;
	}
	*code = value;
	return form + 1;
}

struct silt_bytes silt_utf8_cut(struct silt_bytes text, size_t max)
{
	uint32_t code;
	size_t start = max;
	if (text.len <= max) {
		return text;
	}
	while (start > 0 && max - start < SILT_UTF8_MAX && (text.ptr[start] & 0xC0) == 0x80) {
		start--;
	}
	const size_t len = silt_utf8_decode(silt_bytes_slice(text, start, SILT_UTF8_MAX), &code);
	return silt_bytes_slice(text, 0, len > max - start ? start : max);
}

bool silt_is_utf8(struct silt_bytes bytes)
{
	uint32_t code;
	while (bytes.len > 0) {
		size_t len = silt_utf8_decode(bytes, &code);
		if (len == 0) {
			return false;
		}
		bytes = silt_bytes_slice(bytes, len, SIZE_MAX);
	}
	return true;
}

size_t silt_utf8_encode(uint32_t code, uint8_t out[static SILT_UTF8_MAX])
{
	static const uint8_t leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
	if (code < 0x80) {
		out[0] = (uint8_t)code;
		return 1;
	}
	const size_t len = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (size_t i = len; i > 1; i--) {
		out[i - 1] = (uint8_t)(0x80 | (code & 0x3F));
		code >>= 6;
	}
	out[0] = (uint8_t)(leads[len] | code);
	return len;
}
