/* Wrapping, indenting and colouring. */
#include "report/page.h"

#include "base/error.h"
#include "base/utf8.h"

enum {
	WIDTH_DEFAULT = 100,
	WIDTH_LEAST = 40, /* below this, wrapped text is harder to read than text that runs over */
};

static const struct {
	char mark;
	const char *colour; /* what a terminal gets */
	const char *plain;  /* what anything else gets */
} marks[] = {
	{SILT_MARK_SPACE[0], " ", " "},
	{SILT_MARK_PLAIN[0], "\x1b[0m", ""},
	{SILT_MARK_BOLD[0], "\x1b[1m", ""},
	{SILT_MARK_DIM[0], "\x1b[2m", ""},
	{SILT_MARK_RED[0], "\x1b[31m", ""},
	{SILT_MARK_BOLD_RED[0], "\x1b[1;31m", ""},
	{SILT_MARK_BOLD_GREEN[0], "\x1b[1;32m", ""},
	{SILT_MARK_BOLD_MAGENTA[0], "\x1b[1;35m", ""},
	{SILT_MARK_YELLOW[0], "\x1b[33m", ""},
	{SILT_MARK_CYAN[0], "\x1b[36m", ""},
};

static bool is_control(uint8_t byte)
{
	return byte < ' ' || byte == 0x7F;
}

/* What a control byte becomes. */
static const char *shown(bool colour, uint8_t byte)
{
	for (size_t i = 0; i < SILT_COUNT(marks); i++) {
		if ((uint8_t)marks[i].mark == byte) {
			return colour ? marks[i].colour : marks[i].plain;
		}
	}
	return "?";
}

size_t silt_page_columns(struct silt_bytes text)
{
	size_t columns = 0;
	while (text.len > 0) {
		uint32_t code;
		size_t len = silt_utf8_decode(text, &code);
		bool is_mark = is_control(text.ptr[0]) && text.ptr[0] != SILT_MARK_SPACE[0];
		columns += !is_mark;
		text = silt_bytes_slice(text, len ? len : 1, SIZE_MAX);
	}
	return columns;
}

static void add_shown(struct silt_buffer *out, bool colour, struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (is_control(text.ptr[i])) {
			silt_buffer_add_text(out, shown(colour, text.ptr[i]));
		} else {
			silt_buffer_add_byte(out, text.ptr[i]);
		}
	}
}

void silt_page_unmark(struct silt_buffer *out, struct silt_bytes marked)
{
	add_shown(out, false, marked);
}

static void add_spaces(struct silt_buffer *out, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		silt_buffer_add_byte(out, ' ');
	}
}

void silt_page_init(struct silt_page *page, const struct silt_report_options *options, struct silt_sink sink,
		    struct silt_error *err)
{
	unsigned width = options->width ? options->width : WIDTH_DEFAULT;
	*page = (struct silt_page){
		.outlet = silt_outlet(sink, err),
		.colour = options->colour,
		.show_secrets = options->show_secrets,
		.width = width < WIDTH_LEAST ? WIDTH_LEAST : width,
	};
}

/* GitHub takes a line of a log for a command if "::" is the first thing in it. A word of an image must not be that. */
static bool may_begin_line(struct silt_bytes word)
{
	return !silt_bytes_begin(word, "::");
}

void silt_page_paragraph(struct silt_page *page, unsigned first, unsigned rest, const char *text)
{
	struct silt_bytes left = silt_bytes_text(text), word;
	size_t column = first;
	bool fresh = true; /* nothing on this line yet */
	add_spaces(&page->outlet.out, first);
	while (silt_bytes_cut(&left, ' ', &word)) {
		size_t columns = silt_page_columns(word);
		if (!fresh && column + 1 + columns > page->width && may_begin_line(word)) {
			silt_buffer_add_byte(&page->outlet.out, '\n');
			add_spaces(&page->outlet.out, rest);
			column = rest;
			fresh = true;
		}
		if (!fresh) {
			silt_buffer_add_byte(&page->outlet.out, ' ');
			column++;
		}
		add_shown(&page->outlet.out, page->colour, word);
		column += columns;
		fresh = false;
	}
	silt_buffer_add_byte(&page->outlet.out, '\n');
}

void silt_page_labelled(struct silt_page *page, unsigned first, unsigned body, unsigned rest, const char *label,
			const char *text)
{
	struct silt_buffer line = {0};
	silt_buffer_printf(&line, "%s%s%s", SILT_MARK_DIM, label, SILT_MARK_PLAIN);
	for (size_t column = first + strlen(label); column < body; column++) {
		silt_buffer_add_text(&line, SILT_MARK_SPACE);
	}
	silt_buffer_add_text(&line, text);
	page->outlet.out.failed |= line.failed;
	silt_page_paragraph(page, first, rest, silt_buffer_text(&line));
	silt_buffer_done(&line);
}

void silt_page_blank(struct silt_page *page)
{
	silt_buffer_add_byte(&page->outlet.out, '\n');
}
