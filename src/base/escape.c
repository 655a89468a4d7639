/* Hostile bytes become printable text here, and nowhere else. */
#include "base/escape.h"

#include "base/utf8.h"

enum {
	/* Longest escaped form of one character: four bytes as \xNN. */
	UNIT_MAX = 16,
	ELLIPSIS = 3,
};

/* Characters that are well-formed but move the cursor, turn the text around, or cannot be seen. In order. */
static const struct {
	uint32_t first, last;
} unprintable[] = {
	{0x0000, 0x001F},   /* C0 controls */
	{0x007F, 0x009F},   /* DEL, C1 controls */
	{0x061C, 0x061C},   /* Arabic letter mark */
	{0x200B, 0x200F},   /* zero-width space, non-joiner, joiner; left-to-right and right-to-left mark */
	{0x2028, 0x202E},   /* line and paragraph separator; bidi embeddings and overrides */
	{0x2060, 0x2060},   /* word joiner */
	{0x2066, 0x2069},   /* bidi isolates */
	{0xFDD0, 0xFDEF},   /* noncharacters; the others are the last two of each plane */
	{0xFEFF, 0xFEFF},   /* zero-width no-break space, the byte order mark */
	{0xE0000, 0xE007F}, /* tags: invisible ASCII */
};

static bool is_printable(uint32_t code)
{
	if ((code & 0xFFFE) == 0xFFFE) {
		return false;
	}
	for (size_t i = 0; i < SILT_COUNT(unprintable) && code >= unprintable[i].first; i++) {
		if (code <= unprintable[i].last) {
			return false;
		}
	}
	return true;
}

/* The letter of a two-character escape, or 0. */
static char short_escape(uint8_t byte)
{
	switch (byte) {
	case '\\':
		return '\\';
	case '\n':
		return 'n';
	case '\t':
		return 't';
	case '\r':
		return 'r';
	default:
		return 0;
	}
}

static size_t escape_bytes(const uint8_t *bytes, size_t count, char *out)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < count; i++) {
		*out++ = '\\';
		*out++ = 'x';
		*out++ = digits[bytes[i] >> 4];
		*out++ = digits[bytes[i] & 15];
	}
	return count * 4;
}

/*
 * Cuts the first character (or stray byte) off `*rest` and writes its escaped form, which must never be torn apart.
 * Returns the length of that form.
 */
static size_t next_unit(struct silt_bytes *rest, char unit[static UNIT_MAX])
{
	uint32_t code = 0;
	size_t taken = silt_utf8_decode(*rest, &code);
	size_t len;
	if (taken == 0) {
		taken = 1;
		len = escape_bytes(rest->ptr, 1, unit);
	} else if (taken == 1 && short_escape(rest->ptr[0])) {
		unit[0] = '\\';
		unit[1] = short_escape(rest->ptr[0]);
		len = 2;
	} else if (!is_printable(code)) {
		len = escape_bytes(rest->ptr, taken, unit);
	} else {
		memcpy(unit, rest->ptr, taken);
		len = taken;
	}
	*rest = silt_bytes(rest->ptr + taken, rest->len - taken);
	return len;
}

void silt_escape(struct silt_buffer *out, struct silt_bytes bytes)
{
	while (bytes.len > 0) {
		char unit[UNIT_MAX];
		size_t len = next_unit(&bytes, unit);
		silt_buffer_add(out, silt_bytes(unit, len));
	}
}

static size_t escaped_length(struct silt_bytes bytes)
{
	size_t whole = 0;
	while (bytes.len > 0) {
		char unit[UNIT_MAX];
		whole += next_unit(&bytes, unit);
	}
	return whole;
}

const char *silt_escape_copy(struct silt_arena *arena, struct silt_bytes bytes)
{
	size_t size = escaped_length(bytes) + 1;
	char *text = silt_arena_alloc(arena, size);
	return text ? silt_escape_text(bytes, text, size) : NULL;
}

const char *silt_escape_cut(struct silt_arena *arena, struct silt_bytes bytes, size_t max)
{
	size_t size = bytes.len > max / 4 ? max : bytes.len * 4;
	if (size == SIZE_MAX) {
		return NULL;
	}
	char *text = silt_arena_alloc(arena, size + 1);
	return text ? silt_escape_text(bytes, text, size + 1) : NULL;
}

const char *silt_escape_text(struct silt_bytes bytes, char *text, size_t size)
{
	if (size == 0) {
		return text;
	}
	size_t room = size - 1;
	size_t len = 0;
	size_t cut = 0; /* where the ellipsis goes if the rest does not fit */
	while (bytes.len > 0) {
		char unit[UNIT_MAX];
		size_t more = next_unit(&bytes, unit);
		if (more > room - len) {
			size_t dots = room - cut < ELLIPSIS ? room - cut : ELLIPSIS;
			memset(text + cut, '.', dots);
			len = cut + dots;
			break;
		}
		memcpy(text + len, unit, more);
		len += more;
		if (room - len >= ELLIPSIS) {
			cut = len;
		}
	}
	text[len] = '\0';
	return text;
}

bool silt_is_plain(struct silt_bytes bytes)
{
	while (bytes.len > 0) {
		char unit[UNIT_MAX];
		const uint8_t *before = bytes.ptr;
		size_t len = next_unit(&bytes, unit);
		if (len != (size_t)(bytes.ptr - before) || memcmp(unit, before, len) != 0) {
			return false;
		}
	}
	return true;
}
