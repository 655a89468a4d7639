/* Hostile bytes become printable text here, and nowhere else. */
#include "base/escape.h"

#include "base/ascii.h"
#include "base/utf8.h"

enum {
	/* Longest escaped form of one character: four bytes as \xNN. */
	UNIT_MAX = 16,
	ELLIPSIS = 3,
	/* Marks that may stand on one letter. Hebrew and Tibetan need as many; more of them climb over the lines above. */
	MARKS_MAX = 4,
	/* Of a word longer than this a part is not shown: it could be one of a secret. But so much of its front is. */
	WORD_MAX = 8,
	WORD_SHOWN = 4,
};

struct range {
	uint32_t first, last;
};

/*
 * Characters that are well-formed but move the cursor, turn the text around, cannot be seen, or look like the blank that
 * they are not. By Unicode 15: Cc, Cf that have no shape, Zl, Zp, Zs but the blank, Default_Ignorable_Code_Point,
 * noncharacters. In order.
 */
static const struct range unprintable[] = {
	{0x0000, 0x001F},   /* C0 controls */
	{0x007F, 0x00A0},   /* DEL, C1 controls, no-break space */
	{0x00AD, 0x00AD},   /* soft hyphen */
	{0x034F, 0x034F},   /* combining grapheme joiner */
	{0x061C, 0x061C},   /* Arabic letter mark */
	{0x115F, 0x1160},   /* Hangul fillers */
	{0x1680, 0x1680},   /* Ogham space */
	{0x17B4, 0x17B5},   /* Khmer vowels that are not shown */
	{0x180B, 0x180F},   /* Mongolian variation selectors and vowel separator */
	{0x2000, 0x200F},   /* spaces; zero-width space, non-joiner, joiner; left-to-right and right-to-left mark */
	{0x2028, 0x202F},   /* line and paragraph separator; bidi embeddings and overrides; narrow no-break space */
	{0x205F, 0x206F},   /* mathematical space; word joiner; invisible operators; bidi isolates; deprecated format */
	{0x2800, 0x2800},   /* Braille pattern blank */
	{0x3000, 0x3000},   /* ideographic space */
	{0x3164, 0x3164},   /* Hangul filler */
	{0xFDD0, 0xFDEF},   /* noncharacters; the others are the last two of each plane */
	{0xFE00, 0xFE0F},   /* variation selectors */
	{0xFEFF, 0xFEFF},   /* zero-width no-break space, the byte order mark */
	{0xFFA0, 0xFFA0},   /* halfwidth Hangul filler */
	{0xFFF0, 0xFFFB},   /* specials; interlinear annotations */
	{0x13430, 0x1343F}, /* Egyptian hieroglyph format controls */
	{0x1BCA0, 0x1BCA3}, /* shorthand format controls */
	{0x1D173, 0x1D17A}, /* musical format controls */
	{0xE0000, 0xE0FFF}, /* tags, which are invisible ASCII; more variation selectors */
};

/* Marks that are put on the letter before them, of the scripts that people pile them up with. In order. */
static const struct range marks[] = {
	{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05C7}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x06D6, 0x06ED},
	{0x0E31, 0x0E3A}, {0x0E47, 0x0E4E}, {0x0EB1, 0x0EBC}, {0x0EC8, 0x0ECE}, {0x0F71, 0x0F84}, {0x1AB0, 0x1AFF},
	{0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0x302A, 0x302F}, {0x3099, 0x309A}, {0xFE20, 0xFE2F},
};

/* Text on its way through the escape. */
struct reader {
	struct silt_bytes rest;
	unsigned marks; /* that stand in a row before `rest` */
};

static bool is_in(const struct range *ranges, size_t count, uint32_t code)
{
	for (size_t i = 0; i < count && code >= ranges[i].first; i++) {
		if (code <= ranges[i].last) {
			return true;
		}
	}
	return false;
}

static bool is_printable(struct reader *reader, uint32_t code)
{
	reader->marks = is_in(marks, SILT_COUNT(marks), code) ? reader->marks + 1 : 0;
	return (code & 0xFFFE) != 0xFFFE && !is_in(unprintable, SILT_COUNT(unprintable), code) &&
	       reader->marks <= MARKS_MAX;
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
 * "##[error]", "##vso[task.complete]", "##teamcity[...]": wherever it stands in a line of a log, CI servers do what it
 * says.
 */
static bool begins_log_command(struct silt_bytes text)
{
	size_t at = 2;
	if (!silt_bytes_begin(text, "##")) {
		return false;
	}
	while (at < text.len && silt_is_letter(text.ptr[at])) {
		at++;
	}
	return at < text.len && text.ptr[at] == '[';
}

/*
 * Takes the next character (or stray byte) and writes its escaped form, which must never be torn apart. Returns the
 * length of that form.
 */
static size_t next_unit(struct reader *reader, char unit[static UNIT_MAX])
{
	uint32_t code = 0;
	struct silt_bytes rest = reader->rest;
	size_t taken = silt_utf8_decode(rest, &code);
	size_t len;
	if (taken == 0) {
		taken = 1;
		reader->marks = 0;
		len = escape_bytes(rest.ptr, 1, unit);
	} else if (taken == 1 && short_escape(rest.ptr[0])) {
		reader->marks = 0;
		unit[0] = '\\';
		unit[1] = short_escape(rest.ptr[0]);
		len = 2;
	} else if (!is_printable(reader, code) || begins_log_command(rest)) {
		len = escape_bytes(rest.ptr, taken, unit);
	} else {
		memcpy(unit, rest.ptr, taken);
		len = taken;
	}
	reader->rest = silt_bytes(rest.ptr + taken, rest.len - taken);
	return len;
}

void silt_escape(struct silt_buffer *out, struct silt_bytes bytes)
{
	struct reader reader = {.rest = bytes};
	while (reader.rest.len > 0) {
		char unit[UNIT_MAX];
		size_t len = next_unit(&reader, unit);
		silt_buffer_add(out, silt_bytes(unit, len));
	}
}

static size_t escaped_length(struct silt_bytes bytes)
{
	struct reader reader = {.rest = bytes};
	size_t whole = 0;
	while (reader.rest.len > 0) {
		char unit[UNIT_MAX];
		whole += next_unit(&reader, unit);
	}
	return whole;
}

const char *silt_escape_copy(struct silt_arena *arena, struct silt_bytes bytes)
{
	size_t size = escaped_length(bytes) + 1;
	char *text = silt_arena_alloc(arena, size);
	return text ? silt_escape_text(bytes, text, size) : NULL;
}

const char *silt_escape_name(struct silt_arena *arena, struct silt_bytes name)
{
	return name.len == 0 ? SILT_EMPTY_NAME : silt_escape_copy(arena, name);
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

/* What tokens are made of, and what ends the password of a URL. */
static bool is_of_word(int byte)
{
	return silt_is_letter(byte) || silt_is_digit(byte) || (byte != '\0' && strchr("_-+=~@", byte));
}

/*
 * Where to cut instead of at `cut`, if that is inside of a long word: `text` has the `len` bytes that are escaped so far,
 * `rest` what comes behind.
 */
static size_t outside_word(const char *text, size_t len, size_t cut, struct silt_bytes rest)
{
	size_t start = cut, end = cut, more = 0;
	while (start > 0 && is_of_word(text[start - 1])) {
		start--;
	}
	while (end < len && is_of_word(text[end])) {
		end++;
	}
	while (end == len && end - start + more <= WORD_MAX && more < rest.len && is_of_word(rest.ptr[more])) {
		more++;
	}
	bool inside = start < cut && end + more > cut;
	return inside && end - start + more > WORD_MAX && cut - start > WORD_SHOWN ? start + WORD_SHOWN : cut;
}

const char *silt_escape_text(struct silt_bytes bytes, char *text, size_t size)
{
	if (size == 0) {
		return text;
	}
	size_t room = size - 1;
	size_t len = 0;
	size_t cut = 0; /* where the ellipsis goes if the rest does not fit */
	struct reader reader = {.rest = bytes};
	while (reader.rest.len > 0) {
		char unit[UNIT_MAX];
		struct silt_bytes ahead = reader.rest;
		size_t more = next_unit(&reader, unit);
		if (more > room - len) {
			cut = outside_word(text, len, cut, ahead);
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

/* ---- Back ---------------------------------------------------------------------------------------------------------- */

/* The byte that the escape at the front of `text` stands for, and its length; 0: there is none. */
static size_t undo_one(struct silt_bytes text, uint8_t *byte)
{
	static const char shorts[] = "\\\\n\nt\tr\r"; /* letter and byte in turn */
	if (text.len < 2 || text.ptr[0] != '\\') {
		return 0;
	}
	for (size_t i = 0; i + 1 < sizeof(shorts); i += 2) {
		if (text.ptr[1] == (uint8_t)shorts[i]) {
			*byte = (uint8_t)shorts[i + 1];
			return 2;
		}
	}
	int high = text.len < 4 || text.ptr[1] != 'x' ? -1 : silt_hex_value(text.ptr[2]);
	int low = high < 0 ? -1 : silt_hex_value(text.ptr[3]);
	if (low < 0) {
		return 0;
	}
	*byte = (uint8_t)(high << 4 | low);
	return 4;
}

void silt_unescape(struct silt_buffer *out, struct silt_bytes text)
{
	while (text.len > 0) {
		uint8_t byte = text.ptr[0];
		size_t taken = undo_one(text, &byte);
		silt_buffer_add_byte(out, byte);
		text = silt_bytes_slice(text, taken > 0 ? taken : 1, SIZE_MAX);
	}
}

bool silt_is_plain(struct silt_bytes bytes)
{
	struct reader reader = {.rest = bytes};
	while (reader.rest.len > 0) {
		char unit[UNIT_MAX];
		const uint8_t *before = reader.rest.ptr;
		size_t len = next_unit(&reader, unit);
		if (len != (size_t)(reader.rest.ptr - before) || memcmp(unit, before, len) != 0) {
			return false;
		}
	}
	return true;
}
