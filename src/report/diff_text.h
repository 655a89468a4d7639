/* What the two files of a comparison for people share. */
#ifndef SILT_REPORT_DIFF_TEXT_H
#define SILT_REPORT_DIFF_TEXT_H

#include "report/diff.h"
#include "report/page.h"

/* Labels stand at the left, what they label at this column. */
enum { SILT_DIFF_COLUMN = 10 };

/* A paragraph of marked-up text, and one behind a label. Both give the text back. */
void silt_diff_line(struct silt_page *page, unsigned first, unsigned rest, struct silt_buffer *line);
void silt_diff_labelled(struct silt_page *page, const char *label, struct silt_buffer *text);

/* The end of a list, of which so many lines are not shown. */
void silt_diff_more(struct silt_page *page, uint64_t left);

/* What differs between the images of a pair. */
void silt_diff_text_image(struct silt_page *page, const struct silt_compared_image *image);

#endif
