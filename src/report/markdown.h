/*
 * Text in Markdown as GitHub and GitLab read it (CommonMark with tables, links by themselves, mentions, references to
 * issues, formulas and emoji).
 *
 * None of that has an escape that all of them honour, but nothing is special in code. So each word that is not plain
 * becomes code: a path, a command, "@name", "#1", an address.
 */
#ifndef SILT_REPORT_MARKDOWN_H
#define SILT_REPORT_MARKDOWN_H

#include "base/buffer.h"

/* Text as one span of code; nothing if it is "". Not for tables, where "|" is special even in code. */
void silt_markdown_code(struct silt_buffer *out, const char *text);

/* A sentence inside of a line: plain words as they are, the others as code. */
void silt_markdown_words(struct silt_buffer *out, const char *text);

/* The same two inside of HTML, where no Markdown is read. */
void silt_markdown_html_code(struct silt_buffer *out, const char *text);
void silt_markdown_html_words(struct silt_buffer *out, const char *text);

#endif
