/* Text in XML 1.0 and in HTML. */
#include "report/xml.h"

#include "base/utf8.h"

#include <string.h>

static const char *entity_of(uint32_t code)
{
	switch (code) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

/* Char of XML 1.0, section 2.2, but for the controls of C1, which it only discourages. */
static bool is_char(uint32_t code)
{
	return code == '\n' || (code >= ' ' && code < 0x7F) || (code > 0x9F && code != 0xFFFE && code != 0xFFFF);
}

void silt_xml_add(struct silt_buffer *out, const char *text)
{
	struct silt_bytes left = silt_bytes_text(text);
	while (left.len > 0) {
		uint32_t code = 0;
		const size_t len = silt_utf8_decode(left, &code);
		const char *entity = entity_of(code);
		if (entity) {
			silt_buffer_add_text(out, entity);
		} else if (len > 0 && is_char(code)) {
			silt_buffer_add(out, silt_bytes_slice(left, 0, len));
		} else {
			silt_buffer_add_text(out, "\uFFFD");
		}
		left = silt_bytes_slice(left, len > 0 ? len : 1, SIZE_MAX);
	}
}

void silt_xml_attribute(struct silt_buffer *out, const char *name, const char *text)
{
	silt_buffer_printf(out, " %s=\"", name);
	silt_xml_add(out, text);
	silt_buffer_add_byte(out, '"');
}
