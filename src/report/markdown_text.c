/* Text in Markdown. */
#include "report/markdown.h"

#include "base/ascii.h"
#include "report/xml.h"

/* Adds a text as code. */
typedef void add_code_fn(struct silt_buffer *out, struct silt_bytes text);

/* ---- Code -------------------------------------------------------------------------------------------------------- */

/* Backticks of the longest row of them. */
static size_t longest_row(struct silt_bytes text)
{
	size_t longest = 0, row = 0;
	for (size_t i = 0; i < text.len; i++) {
		row = text.ptr[i] == '`' ? row + 1 : 0;
		longest = row > longest ? row : longest;
	}
	return longest;
}

static void add_backticks(struct silt_buffer *out, size_t count)
{
	for (; count > 0; count--) {
		silt_buffer_add_byte(out, '`');
	}
}

/*
 * CommonMark 0.30, section 6.1: a span ends with a row of as many backticks as it begins with, and one blank is taken
 * off both ends.
 */
static void add_span(struct silt_buffer *out, struct silt_bytes text)
{
	const size_t fence = longest_row(text) + 1;
	const char *blank = fence > 1 || text.ptr[0] == ' ' ? " " : "";
	add_backticks(out, fence);
	silt_buffer_add_text(out, blank);
	silt_buffer_add(out, text);
	silt_buffer_add_text(out, blank);
	add_backticks(out, fence);
}

static void add_html(struct silt_buffer *out, struct silt_bytes text)
{
	struct silt_buffer copy = {0};
	silt_buffer_add(&copy, text);
	silt_buffer_add_text(out, "<code>");
	silt_xml_add(out, silt_buffer_text(&copy));
	silt_buffer_add_text(out, "</code>");
	out->failed |= copy.failed;
	silt_buffer_done(&copy);
}

void silt_markdown_code(struct silt_buffer *out, const char *text)
{
	if (text[0]) {
		add_span(out, silt_bytes_text(text));
	}
}

void silt_markdown_html_code(struct silt_buffer *out, const char *text)
{
	if (text[0]) {
		add_html(out, silt_bytes_text(text));
	}
}

/* ---- Words ------------------------------------------------------------------------------------------------------- */

/*
 * Of what is no letter: a colon at the end alone, for ":emoji:"; a point at the end or in a number, for "www.example";
 * no dash in front of a digit, for "GH-1".
 */
static bool is_plain_at(struct silt_bytes word, size_t at)
{
	const uint8_t byte = word.ptr[at];
	const int before = at > 0 ? word.ptr[at - 1] : -1;
	const int after = at + 1 < word.len ? word.ptr[at + 1] : -1;
	if (silt_is_letter(byte) || silt_is_digit(byte) || byte >= 0x80) {
		return true;
	}
	switch (byte) {
	case ':':
		return after < 0;
	case '.':
		return after < 0 || (silt_is_digit(before) && silt_is_digit(after));
	case '-':
		return !silt_is_digit(after);
	default:
		return silt_is_one_of(byte, ",;()'?%");
	}
}

/* Nothing that any reader takes for more than a word, and no row of hex digits that could name a commit. */
static bool is_plain(struct silt_bytes word)
{
	enum { COMMIT_SHORTEST = 7 };
	size_t row = 0;
	for (size_t i = 0; i < word.len; i++) {
		row = silt_is_hex(word.ptr[i]) ? row + 1 : 0;
		if (row == COMMIT_SHORTEST || !is_plain_at(word, i)) {
			return false;
		}
	}
	return true;
}

/* The punctuation around a word stays outside of the code. */
static void add_word(struct silt_buffer *out, struct silt_bytes word, add_code_fn *add_code)
{
	size_t start = 0, end = word.len;
	while (start < end && silt_is_one_of(word.ptr[start], "(\"'")) {
		start++;
	}
	while (end > start && silt_is_one_of(word.ptr[end - 1], ",.;:)\"'")) {
		end--;
	}
	const struct silt_bytes core = silt_bytes_slice(word, start, end - start);
	silt_buffer_add(out, silt_bytes_slice(word, 0, start));
	if (is_plain(core)) {
		silt_buffer_add(out, core);
	} else {
		add_code(out, core);
	}
	silt_buffer_add(out, silt_bytes_slice(word, end, SIZE_MAX));
}

static void add_words(struct silt_buffer *out, const char *text, add_code_fn *add_code)
{
	struct silt_bytes left = silt_bytes_text(text), word;
	const char *between = "";
	while (silt_bytes_cut(&left, ' ', &word)) {
		if (word.len == 0) {
			continue;
		}
		silt_buffer_add_text(out, between);
		add_word(out, word, add_code);
		between = " ";
	}
}

void silt_markdown_words(struct silt_buffer *out, const char *text)
{
	add_words(out, text, add_span);
}

void silt_markdown_html_words(struct silt_buffer *out, const char *text)
{
	add_words(out, text, add_html);
}
