/*
 * An HTML document on its way to a sink.
 *
 * Markup is silt's own and constant. Text goes through one of two functions: silt_html_text where an element has
 * content, silt_html_attribute inside of double quotes. There is no third context: neither style nor script nor an
 * address ever has text of an image in it.
 */
#ifndef SILT_REPORT_HTML_H
#define SILT_REPORT_HTML_H

#include "report/outlet.h"

struct silt_html {
	struct silt_outlet outlet;
	const struct silt_report_options *options;
};

/* Markup: constants, numbers, and words of fixed tables. */
void silt_html_add(struct silt_html *html, const char *markup);
void silt_html_printf(struct silt_html *html, const char *format, ...) SILT_PRINTF(2, 3);

/* Any printable text, as content of an element; as the value of an attribute in double quotes. */
void silt_html_text(struct silt_html *html, const char *text);
void silt_html_attribute(struct silt_html *html, const char *text);

/* Text of the image as people know it from a terminal: kept apart from the sentence around it, whichever way it reads. */
void silt_html_code(struct silt_html *html, const char *text);

/* The same, of bytes that are not escaped yet. */
void silt_html_code_of(struct silt_html *html, struct silt_bytes bytes);

/* A build instruction: what is longer than a few lines opens on demand. */
void silt_html_instruction(struct silt_html *html, const char *instruction);

/* "7 layers", "77.8 MB", twelve digits of a digest. */
void silt_html_count(struct silt_html *html, uint64_t count, const char *one, const char *many);
void silt_html_size(struct silt_html *html, uint64_t bytes);
void silt_html_digest(struct silt_html *html, const char *digest);

/* "high", with a sign of its own beside the colour. */
void silt_html_severity(struct silt_html *html, enum silt_severity severity);

#endif
