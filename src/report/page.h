/*
 * A page of text for people: paragraphs wrapped at a width, with or without colour.
 *
 * Text on its way to a page is marked up with control bytes. They cannot be mistaken for text: whatever comes out of an
 * image is escaped before, and has none. A control byte that is no mark is shown as "?", so that not even a bug lets
 * one through to a terminal.
 */
#ifndef SILT_REPORT_PAGE_H
#define SILT_REPORT_PAGE_H

#include "report/outlet.h"

#define SILT_MARK_SPACE "\x01" /* a space at which no line is broken */
#define SILT_MARK_PLAIN "\x02" /* ends any of the following */
#define SILT_MARK_BOLD "\x03"
#define SILT_MARK_DIM "\x04"
#define SILT_MARK_RED "\x05"
#define SILT_MARK_BOLD_RED "\x06"
#define SILT_MARK_BOLD_GREEN "\x07"
#define SILT_MARK_BOLD_MAGENTA "\x08"
#define SILT_MARK_YELLOW "\x0E"
#define SILT_MARK_CYAN "\x0F"

struct silt_page {
	struct silt_outlet outlet;
	bool colour;
	bool show_secrets;
	unsigned width; /* columns; a character counts as one */
};

/* `width` 0: 100; never less than 40. */
void silt_page_init(struct silt_page *page, const struct silt_report_options *options, struct silt_sink sink,
		    struct silt_error *err);

/*
 * Writes marked-up text as one paragraph: the first line starts at column `first`, the others at `rest`. Lines are
 * broken at spaces only: a word that is too long, such as a path, stays whole. No line is broken in front of "::".
 */
void silt_page_paragraph(struct silt_page *page, unsigned first, unsigned rest, const char *text);

/*
 * A paragraph with a dimmed label in front: the label at column `first`, the text at `body`, its further lines at
 * `rest`.
 */
void silt_page_labelled(struct silt_page *page, unsigned first, unsigned body, unsigned rest, const char *label,
			const char *text);

/* Columns that marked-up text takes in one line. Characters count, not bytes; marks do not. */
size_t silt_page_columns(struct silt_bytes text);

/* Adds marked-up text as it reads without colour, in one line. */
void silt_page_unmark(struct silt_buffer *out, struct silt_bytes marked);

void silt_page_blank(struct silt_page *page);

#endif
