/* Searching and cutting of counted byte strings. */
#include "base/bytes.h"

#include "base/ascii.h"

static bool is_space(uint8_t byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

int silt_bytes_compare(struct silt_bytes a, struct silt_bytes b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
	if (order != 0) {
		return order;
	}
	return a.len < b.len ? -1 : a.len > b.len;
}

int silt_bytes_compare_text(struct silt_bytes bytes, const char *text)
{
	for (size_t i = 0; i < bytes.len; i++) {
		uint8_t other = (uint8_t)text[i];
		if (other == '\0' || bytes.ptr[i] != other) {
			return other == '\0' || bytes.ptr[i] > other ? 1 : -1;
		}
	}
	return text[bytes.len] == '\0' ? 0 : -1;
}

bool silt_bytes_end_with(struct silt_bytes whole, struct silt_bytes end)
{
	return whole.len >= end.len && (end.len == 0 || memcmp(whole.ptr + whole.len - end.len, end.ptr, end.len) == 0);
}

bool silt_bytes_equal_nocase(struct silt_bytes a, struct silt_bytes b)
{
	if (a.len != b.len) {
		return false;
	}
	for (size_t i = 0; i < a.len; i++) {
		if (silt_lower(a.ptr[i]) != silt_lower(b.ptr[i])) {
			return false;
		}
	}
	return true;
}

struct silt_bytes silt_bytes_slice(struct silt_bytes whole, size_t start, size_t len)
{
	if (start >= whole.len) {
		return silt_bytes(NULL, 0);
	}
	size_t left = whole.len - start;
	return silt_bytes(whole.ptr + start, len < left ? len : left);
}

size_t silt_bytes_find(struct silt_bytes whole, struct silt_bytes needle)
{
	if (needle.len == 0) {
		return 0;
	}
	const uint8_t *found = whole.len < needle.len ? NULL : memmem(whole.ptr, whole.len, needle.ptr, needle.len);
	return found ? (size_t)(found - whole.ptr) : SIZE_MAX;
}

size_t silt_bytes_find_byte(struct silt_bytes whole, uint8_t byte)
{
	const uint8_t *found = whole.len == 0 ? NULL : memchr(whole.ptr, byte, whole.len);
	return found ? (size_t)(found - whole.ptr) : SIZE_MAX;
}

size_t silt_bytes_find_last_byte(struct silt_bytes whole, uint8_t byte)
{
	const uint8_t *found = whole.len == 0 ? NULL : memrchr(whole.ptr, byte, whole.len);
	return found ? (size_t)(found - whole.ptr) : SIZE_MAX;
}

bool silt_bytes_cut(struct silt_bytes *rest, uint8_t separator, struct silt_bytes *piece)
{
	if (rest->len == 0) {
		return false;
	}
	size_t at = silt_bytes_find_byte(*rest, separator);
	if (at == SIZE_MAX) {
		*piece = *rest;
		*rest = silt_bytes(NULL, 0);
		return true;
	}
	*piece = silt_bytes(rest->ptr, at);
	*rest = silt_bytes(rest->ptr + at + 1, rest->len - at - 1);
	return true;
}

struct silt_bytes silt_bytes_trim(struct silt_bytes whole)
{
	while (whole.len > 0 && is_space(whole.ptr[0])) {
		whole.ptr++;
		whole.len--;
	}
	while (whole.len > 0 && is_space(whole.ptr[whole.len - 1])) {
		whole.len--;
	}
	return whole;
}

bool silt_bytes_all(struct silt_bytes whole, uint8_t byte)
{
	/* Every byte equals its neighbour, so one memcmp of the run with itself, shifted by one, decides. */
	return whole.len == 0 || (whole.ptr[0] == byte && memcmp(whole.ptr, whole.ptr + 1, whole.len - 1) == 0);
}

bool silt_is_word_of(struct silt_bytes word, const char *list)
{
	struct silt_bytes rest = silt_bytes_text(list), piece;
	while (word.len > 0 && silt_bytes_cut(&rest, ' ', &piece)) {
		if (silt_bytes_equal(word, piece)) {
			return true;
		}
	}
	return false;
}

bool silt_is_text_of(struct silt_bytes text, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (silt_bytes_are(text, list[i])) {
			return true;
		}
	}
	return false;
}

bool silt_is_text_of_sorted(struct silt_bytes text, const char *const *list, size_t count)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = silt_bytes_compare_text(text, list[middle]);
		if (order == 0) {
			return true;
		}
		low = order > 0 ? middle + 1 : low;
		high = order > 0 ? high : middle;
	}
	return false;
}

struct silt_bytes silt_path_basename(struct silt_bytes path)
{
	size_t slash = silt_bytes_find_last_byte(path, '/');
	return slash == SIZE_MAX ? path : silt_bytes_slice(path, slash + 1, path.len);
}

struct silt_bytes silt_bytes_unquoted(struct silt_bytes text)
{
	bool quoted = text.len >= 2 && (text.ptr[0] == '"' || text.ptr[0] == '\'') &&
		      text.ptr[text.len - 1] == text.ptr[0];
	return quoted ? silt_bytes_slice(text, 1, text.len - 2) : text;
}

struct silt_bytes silt_path_parent(struct silt_bytes path)
{
	size_t slash = silt_bytes_find_last_byte(path, '/');
	return silt_bytes(path.ptr, slash == SIZE_MAX ? 0 : slash);
}

bool silt_path_is_within(struct silt_bytes path, struct silt_bytes folder)
{
	return folder.len == 0 ||
	       (silt_bytes_start_with(path, folder) && (path.len == folder.len || path.ptr[folder.len] == '/'));
}
