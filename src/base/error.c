/* Errors are set once, with a sentence, and get their place on the way up. */
#include "base/error.h"

#include "base/utf8.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const status_names[] = {
	[SILT_OK] = "ok",
	[SILT_ERR_USAGE] = "usage",
	[SILT_ERR_INPUT] = "input",
	[SILT_ERR_IO] = "io",
	[SILT_ERR_MEMORY] = "memory",
	[SILT_ERR_STOPPED] = "stopped",
	[SILT_ERR_INTERNAL] = "internal",
	[SILT_ERR_UNPROVEN] = "unproven",
};

const char *silt_status_name(enum silt_status status)
{
	size_t index = (size_t)status;
	return index < SILT_COUNT(status_names) ? status_names[index] : "unknown";
}

/* The length without an escape (base/escape.h) that is cut short at the end: "\", "\x", "\xN". */
static size_t without_half_escape(const char *text, size_t len)
{
	size_t back = 1, slashes = 0;
	while (back < 3 && back < len && text[len - back] != '\\') {
		back++;
	}
	if (len < back || text[len - back] != '\\' || (back > 1 && text[len - back + 1] != 'x')) {
		return len;
	}
	while (slashes < len - back && text[len - back - slashes - 1] == '\\') {
		slashes++;
	}
	return slashes % 2 == 0 ? len - back : len; /* else it ends one of the backslash itself */
}

/* vsnprintf may have cut in the middle of a character or escape: what is not whole any more goes. */
static void cut_at_character(char *text, size_t size, int wanted)
{
	if (wanted < 0 || (size_t)wanted < size) {
		return;
	}
	size_t len = without_half_escape(text, size - 1), first = len;
	while (first > 0 && ((unsigned char)text[first - 1] & 0xC0) == 0x80) {
		first--;
	}
	first -= first > 0;
	uint32_t code;
	size_t left = len - first;
	text[silt_utf8_decode(silt_bytes(text + first, left), &code) == left ? len : first] = '\0';
}

enum silt_status silt_fail(struct silt_error *err, enum silt_status status, const char *format, ...)
{
	assert(status != SILT_OK);
	if (!err || err->status != SILT_OK) {
		return status;
	}
	err->status = status;
	va_list args;
	va_start(args, format);
	int wanted = vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	cut_at_character(err->text, sizeof(err->text), wanted);
	return status;
}

void silt_error_at(struct silt_error *err, const char *format, ...)
{
	if (!err || err->status == SILT_OK) {
		return;
	}
	char old[SILT_ERROR_TEXT_MAX];
	memcpy(old, err->text, sizeof(old));

	va_list args;
	va_start(args, format);
	int place = vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	if (place < 0 || (size_t)place >= sizeof(err->text)) {
		memcpy(err->text, old, sizeof(old));
		return;
	}
	size_t left = sizeof(err->text) - (size_t)place;
	int wanted = snprintf(err->text + place, left, ": %s", old);
	cut_at_character(err->text + place, left, wanted);
}

enum silt_status silt_fail_memory(struct silt_error *err)
{
	return silt_fail(err, SILT_ERR_MEMORY, "out of memory");
}
