/* One reader for all the spellings of armored base64. */
#include "secret/armor.h"

#include "base/ascii.h"
#include "base/encoding.h"

/*
 * Bytes of the line end at `at`, 0 if there is none: one CR or LF, or backslashes and an 'n' or 'r'. (CRLF counts as
 * two: the empty line between them does no harm.)
 */
static size_t line_end(struct silt_bytes text, size_t at)
{
	if (silt_is_one_of(text.ptr[at], "\r\n")) {
		return 1;
	}
	size_t slashes = 0;
	while (at + slashes < text.len && text.ptr[at + slashes] == '\\') {
		slashes++;
	}
	bool escaped = slashes > 0 && at + slashes < text.len && silt_is_one_of(text.ptr[at + slashes], "nr");
	return escaped ? slashes + 1 : 0;
}

static struct silt_bytes strip(struct silt_bytes line)
{
	while (line.len > 0 && silt_is_one_of(line.ptr[0], " \t\v\f\"'`>#*|,;")) {
		line = silt_bytes(line.ptr + 1, line.len - 1);
	}
	while (line.len > 0 && silt_is_one_of(line.ptr[line.len - 1], " \t\v\f\"'`,;\\")) {
		line.len--;
	}
	return line;
}

/* The '+' or '.' with which program text joins its string literals; no line of base64 is that short. */
static bool is_joint(struct silt_bytes line)
{
	return line.len == 1 && silt_is_one_of(line.ptr[0], "+.");
}

bool silt_armor_line(struct silt_bytes *rest, struct silt_bytes *line)
{
	if (rest->len == 0) {
		return false;
	}
	size_t at = 0;
	size_t end = 0;
	while (at < rest->len && (end = line_end(*rest, at)) == 0) {
		at++;
	}
	*line = strip(silt_bytes(rest->ptr, at));
	if (is_joint(*line)) {
		line->len = 0;
	}
	*rest = silt_bytes(rest->ptr + at + end, rest->len - at - end);
	return true;
}

bool silt_armor_collect(struct silt_bytes line, uint8_t *room, size_t *len)
{
	for (size_t i = 0; i < line.len; i++) {
		uint8_t c = line.ptr[i];
		if (silt_is_base64(c) || c == '=') {
			room[(*len)++] = c;
		} else if (!silt_is_one_of(c, " \t\\")) { /* a backslash: some JSON writers put one before each '/' */
			return false;
		}
	}
	return true;
}

/* "=" and the CRC-24 of OpenPGP armor (RFC 9580 section 6.1), which may be missing and proves less than the packets. */
static bool is_checksum(struct silt_bytes line)
{
	return line.len == 5 && line.ptr[0] == '=' && line.ptr[1] != '=';
}

static void read_header(struct silt_bytes line, struct silt_armor *armor)
{
	struct silt_bytes cipher = SILT_LITERAL("DEK-Info:");
	if (silt_bytes_start_with(line, SILT_LITERAL("Proc-Type:"))) {
		armor->encrypted = silt_bytes_end_with(line, SILT_LITERAL("ENCRYPTED"));
	} else if (silt_bytes_start_with(line, cipher)) {
		struct silt_bytes rest = silt_bytes_slice(line, cipher.len, line.len);
		struct silt_bytes name = {0};
		silt_bytes_cut(&rest, ',', &name);
		armor->cipher = silt_bytes_trim(name);
	}
}

bool silt_armor_read(struct silt_bytes body, bool cut_short, uint8_t *room, struct silt_armor *out)
{
	*out = (struct silt_armor){0};
	size_t len = 0;
	struct silt_bytes line;
	while (silt_armor_line(&body, &line)) {
		if (silt_bytes_find_byte(line, ':') != SIZE_MAX) {
			read_header(line, out);
		} else if (!is_checksum(line) && !silt_armor_collect(line, room, &len)) {
			return false;
		}
	}
	if (cut_short) {
		len -= len % 4;
	}
	out->data.ptr = room;
	return len > 0 && silt_base64_decode(silt_bytes(room, len), room, &out->data.len);
}
