/*
 * What a byte is as a character of ASCII, in no locale. Bytes beyond ASCII are nothing of all this.
 *
 * The tests take an int, so that "no byte" (-1) can be asked about too.
 */
#ifndef SILT_BASE_ASCII_H
#define SILT_BASE_ASCII_H

#include "base/bytes.h"

static inline bool silt_is_digit(int byte)
{
	return byte >= '0' && byte <= '9';
}

static inline bool silt_is_lower(int byte)
{
	return byte >= 'a' && byte <= 'z';
}

static inline bool silt_is_upper(int byte)
{
	return byte >= 'A' && byte <= 'Z';
}

static inline bool silt_is_letter(int byte)
{
	return silt_is_lower(byte) || silt_is_upper(byte);
}

/* Letters in lower case; all else as it is. */
static inline uint8_t silt_lower(uint8_t byte)
{
	return silt_is_upper(byte) ? (uint8_t)(byte | 0x20) : byte;
}

/* True if the word, in lower case, stands in front, whatever the case of the text. Most texts differ in the first byte. */
static inline bool silt_begins_with_word(struct silt_bytes text, struct silt_bytes word)
{
	if (text.len < word.len) {
		return false;
	}
	size_t same = 0;
	while (same < word.len && silt_lower(text.ptr[same]) == word.ptr[same]) {
		same++;
	}
	return same == word.len;
}

/* Equal to a C string of ours when ASCII letters are compared without case. Lists are gone through: no length is asked. */
static inline bool silt_bytes_are_nocase(struct silt_bytes bytes, const char *text)
{
	size_t same = 0;
	while (same < bytes.len && text[same] != '\0' &&
	       silt_lower(bytes.ptr[same]) == silt_lower((uint8_t)text[same])) {
		same++;
	}
	return same == bytes.len && text[same] == '\0';
}

/* The value of a hexadecimal digit of either case, or -1. */
static inline int silt_hex_value(int byte)
{
	if (silt_is_digit(byte)) {
		return byte - '0';
	}
	int lower = byte | 0x20;
	return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static inline bool silt_is_hex(int byte)
{
	return silt_hex_value(byte) >= 0;
}

/* True if every byte is a hexadecimal digit; true for the empty span. */
static inline bool silt_all_hex(struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!silt_is_hex(text.ptr[i])) {
			return false;
		}
	}
	return true;
}

/* True if every byte is a decimal digit; true for the empty span. */
static inline bool silt_all_digits(struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!silt_is_digit(text.ptr[i])) {
			return false;
		}
	}
	return true;
}

/* So many decimal digits fit into 64 bits, whatever they are. */
enum { SILT_DECIMAL_FITS = 19 };

/* Reads the decimal digits `text` begins with, at most `most` of them; returns how many. Of none `*number` is 0. */
static inline size_t silt_decimal(struct silt_bytes text, size_t most, uint64_t *number)
{
	size_t count = 0;
	*number = 0;
	while (count < text.len && count < most && silt_is_digit(text.ptr[count])) {
		*number = *number * 10 + (uint64_t)(text.ptr[count++] - '0');
	}
	return count;
}

/* True if the byte is one of the characters of `set`; never for NUL. */
static inline bool silt_is_one_of(uint8_t byte, const char *set)
{
	return byte != '\0' && strchr(set, byte) != NULL;
}

#endif
