/* Percent-encoding, segment by segment. */
#include "report/uri.h"

#include "base/ascii.h"

#include <string.h>

/* Encoded; a path of Linux has at most 4096 bytes, and that is three times as much. */
enum { URI_MAX = 12288 };

static bool is_unreserved(uint8_t byte)
{
	return silt_is_letter(byte) || silt_is_digit(byte) || (byte != '\0' && strchr("-._~", byte) != NULL);
}

/* False: there is no more room. No character is cut in two. */
static bool add_segment(struct silt_buffer *out, struct silt_bytes segment, size_t most)
{
	for (size_t i = 0; i < segment.len; i++) {
		uint8_t byte = segment.ptr[i];
		if (out->len > most && (byte & 0xC0) != 0x80) {
			silt_buffer_add_text(out, "...");
			return false;
		}
		if (is_unreserved(byte)) {
			silt_buffer_add_byte(out, byte);
		} else {
			silt_buffer_printf(out, "%%%02X", byte);
		}
	}
	return true;
}

void silt_uri_add(struct silt_buffer *out, const char *text)
{
	struct silt_bytes rest = silt_bytes_text(text), segment;
	size_t start = out->len;
	while (silt_bytes_cut(&rest, '/', &segment)) {
		if (segment.len == 0 || silt_bytes_are(segment, ".") || silt_bytes_are(segment, "..")) {
			continue;
		}
		if (out->len > start) {
			silt_buffer_add_byte(out, '/');
		}
		if (!add_segment(out, segment, start + URI_MAX)) {
			return;
		}
	}
	if (out->len == start) {
		silt_buffer_add_byte(out, '_');
	}
}
