/* Plain sentences, and the same as Markdown. */
#include "report/prose.h"

#include "report/phrase.h"

#include <string.h>

void silt_prose_words(struct silt_prose *prose, const char *words)
{
	silt_buffer_add_text(&prose->out, words);
}

/* A backslash before ASCII punctuation makes a plain character of it, wherever it stands. */
static void add_escaped(struct silt_buffer *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("!#$%&()*+-./:<=>@[\\]^_`{|}~", *text)) {
			silt_buffer_add_byte(out, '\\');
		}
		silt_buffer_add_byte(out, (uint8_t)*text);
	}
}

/* With a blank in each "](". */
static void add_linkless(struct silt_buffer *out, const char *text)
{
	for (; *text; text++) {
		silt_buffer_add_byte(out, (uint8_t)*text);
		if (text[0] == ']' && text[1] == '(') {
			silt_buffer_add_byte(out, ' ');
		}
	}
}

void silt_prose_text(struct silt_prose *prose, const char *text)
{
	if (prose->markdown) {
		add_escaped(&prose->out, text);
	} else {
		add_linkless(&prose->out, text);
	}
}

static size_t longest_run(const char *text, char of)
{
	size_t longest = 0, run = 0;
	for (; *text; text++) {
		run = *text == of ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

static void add_times(struct silt_buffer *out, char byte, size_t times)
{
	for (size_t i = 0; i < times; i++) {
		silt_buffer_add_byte(out, (uint8_t)byte);
	}
}

/*
 * A code span ends at as many backticks as it began with: one more than it holds. The blanks inside are dropped where
 * it is shown; they part the backticks of the text from those of the span.
 */
static void add_code(struct silt_buffer *out, const char *text)
{
	size_t ticks = longest_run(text, '`');
	add_times(out, '`', ticks + 1);
	silt_buffer_add_text(out, ticks > 0 ? " " : "");
	silt_buffer_add_text(out, text);
	silt_buffer_add_text(out, ticks > 0 ? " " : "");
	add_times(out, '`', ticks + 1);
}

void silt_prose_name(struct silt_prose *prose, const char *name, size_t max)
{
	struct silt_buffer shown = {0};
	silt_phrase_cut(&shown, name[0] ? name : "?", max);
	if (prose->markdown) {
		add_code(&prose->out, silt_buffer_text(&shown));
	} else {
		silt_buffer_add_byte(&prose->out, '\'');
		add_linkless(&prose->out, silt_buffer_text(&shown));
		silt_buffer_add_byte(&prose->out, '\'');
	}
	prose->out.failed |= shown.failed;
	silt_buffer_done(&shown);
}

void silt_prose_link(struct silt_prose *prose, size_t text, size_t location)
{
	silt_buffer_printf(&prose->out, "[%zu](%zu)", text, location);
}

void silt_prose_stop(struct silt_prose *prose)
{
	struct silt_bytes text = silt_buffer_bytes(&prose->out);
	if (text.len > 0 && text.ptr[text.len - 1] != '.') {
		silt_buffer_add_byte(&prose->out, '.');
	}
}
