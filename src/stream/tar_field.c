/* Numbers and text in the headers of a tar. */
#include "stream/tar_field.h"

struct silt_bytes silt_tar_text(struct silt_bytes field)
{
	return silt_bytes_slice(field, 0, silt_bytes_find_byte(field, '\0'));
}

static bool is_filling(uint8_t byte)
{
	return byte == ' ' || byte == '\0';
}

static struct silt_bytes trim(struct silt_bytes field)
{
	while (field.len > 0 && is_filling(field.ptr[0])) {
		field = silt_bytes(field.ptr + 1, field.len - 1);
	}
	while (field.len > 0 && is_filling(field.ptr[field.len - 1])) {
		field.len--;
	}
	return field;
}

/* Digits of `base`, at least one; up to `max`. */
static bool read_digits(struct silt_bytes text, unsigned base, uint64_t max, uint64_t *number)
{
	uint64_t value = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned digit = text.ptr[i] - (unsigned)'0';
		if (digit >= base || value > (max - digit) / base) {
			return false;
		}
		value = value * base + digit;
	}
	*number = value;
	return text.len > 0;
}

bool silt_tar_octal(struct silt_bytes field, int64_t *number)
{
	uint64_t value = 0;
	struct silt_bytes text = trim(field);
	/* What stands behind an inner NUL counts for nothing, but blanks in front of that NUL do. */
	bool fits = text.len == 0 || read_digits(silt_tar_text(text), 8, INT64_MAX, &value);
	*number = fits ? (int64_t)value : 0;
	return fits;
}

static bool read_binary(struct silt_bytes field, int64_t *number)
{
	uint8_t flip = field.ptr[0] & 0x40 ? 0xff : 0;
	uint64_t value = (field.ptr[0] ^ flip) & 0x7f;
	bool fits = true;
	for (size_t i = 1; i < field.len && fits; i++) {
		fits = value <= (uint64_t)INT64_MAX >> 8;
		value = value << 8 | (uint8_t)(field.ptr[i] ^ flip);
	}
	*number = !fits ? 0 : flip ? -(int64_t)value - 1 : (int64_t)value;
	return fits;
}

bool silt_tar_number(struct silt_bytes field, int64_t *number)
{
	bool binary = field.len > 0 && (field.ptr[0] & 0x80);
	return binary ? read_binary(field, number) : silt_tar_octal(field, number);
}

bool silt_tar_decimal(struct silt_bytes text, int64_t *number)
{
	bool negative = text.len > 0 && text.ptr[0] == '-';
	if (negative || (text.len > 0 && text.ptr[0] == '+')) {
		text = silt_bytes(text.ptr + 1, text.len - 1);
	}
	uint64_t value;
	if (!read_digits(text, 10, (uint64_t)INT64_MAX + negative, &value)) {
		return false;
	}
	*number = !negative ? (int64_t)value : value == 0 ? 0 : -(int64_t)(value - 1) - 1;
	return true;
}
