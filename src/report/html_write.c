/* Markup, and text that cannot become markup. */
#include "report/html.h"

#include "base/error.h"
#include "base/escape.h"
#include "report/page.h"
#include "report/phrase.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	INSTRUCTION_SHOWN_MAX = 220,
};

void silt_html_add(struct silt_html *html, const char *markup)
{
	silt_buffer_add_text(&html->outlet.out, markup);
}

void silt_html_printf(struct silt_html *html, const char *format, ...)
{
	char text[256];
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	html->outlet.out.failed |= length < 0 || (size_t)length >= sizeof(text);
	silt_buffer_add_text(&html->outlet.out, text);
}

/* ---- Escaping ------------------------------------------------------------------------------------------------------ */

/*
 * What stands for a byte that means something to a parser of HTML; NULL: it stands for itself. A control byte can only
 * be a mark of phrase.h, of which the space is one. Both quotes are escaped everywhere: it does no harm.
 */
static const char *entity(uint8_t byte)
{
	switch (byte) {
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
		if (byte == SILT_MARK_SPACE[0]) {
			return "&#160;";
		}
		return byte < ' ' || byte == 0x7F ? "" : NULL;
	}
}

static void escape(struct silt_html *html, const char *text)
{
	for (; *text; text++) {
		const char *instead = entity((uint8_t)*text);
		if (instead) {
			silt_buffer_add_text(&html->outlet.out, instead);
		} else {
			silt_buffer_add_byte(&html->outlet.out, (uint8_t)*text);
		}
	}
}

void silt_html_text(struct silt_html *html, const char *text)
{
	escape(html, text);
}

void silt_html_attribute(struct silt_html *html, const char *text)
{
	escape(html, text);
}

/* ---- Words and numbers --------------------------------------------------------------------------------------------- */

void silt_html_code(struct silt_html *html, const char *text)
{
	silt_html_add(html, "<code>");
	silt_html_text(html, text);
	silt_html_add(html, "</code>");
}

void silt_html_code_of(struct silt_html *html, struct silt_bytes bytes)
{
	struct silt_buffer escaped = {0};
	silt_escape(&escaped, bytes);
	html->outlet.out.failed |= escaped.failed;
	silt_html_code(html, silt_buffer_text(&escaped));
	silt_buffer_done(&escaped);
}

/* Adds a phrase, which is text with marks, and ends it. */
static void add_phrase(struct silt_html *html, struct silt_buffer *phrase)
{
	html->outlet.out.failed |= phrase->failed;
	silt_html_text(html, silt_buffer_text(phrase));
	silt_buffer_done(phrase);
}

void silt_html_instruction(struct silt_html *html, const char *instruction)
{
	struct silt_buffer shortened = {0};
	bool is_long = strlen(instruction) > INSTRUCTION_SHOWN_MAX;
	silt_phrase_instruction(&shortened, instruction, INSTRUCTION_SHOWN_MAX);
	silt_html_add(html, is_long ? "<details class=\"whole\"><summary><code>" : "<code>");
	add_phrase(html, &shortened);
	silt_html_add(html, "</code>");
	if (is_long) {
		silt_html_add(html, "</summary>");
		silt_html_code(html, instruction);
		silt_html_add(html, "</details>");
	}
}

void silt_html_count(struct silt_html *html, uint64_t count, const char *one, const char *many)
{
	silt_html_printf(html, "%" PRIu64 " %s", count, count == 1 ? one : many);
}

void silt_html_size(struct silt_html *html, uint64_t bytes)
{
	struct silt_buffer size = {0};
	silt_phrase_size(&size, bytes);
	add_phrase(html, &size);
}

void silt_html_digest(struct silt_html *html, const char *digest)
{
	struct silt_buffer shortened = {0};
	silt_phrase_digest(&shortened, digest);
	silt_html_add(html, "<code>");
	add_phrase(html, &shortened);
	silt_html_add(html, "</code>");
}

void silt_html_severity(struct silt_html *html, enum silt_severity severity)
{
	const char *name = silt_severity_name(severity);
	silt_html_printf(html, "<span class=\"severity %s\">%s</span>", name, name);
}
