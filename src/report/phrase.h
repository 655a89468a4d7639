/* Pieces of sentences for people: counts, sizes, cut instructions, names of things. All marked up for a page. */
#ifndef SILT_REPORT_PHRASE_H
#define SILT_REPORT_PHRASE_H

#include "base/buffer.h"
#include "silt/result.h"

/* "1 layer", "7 layers". */
void silt_phrase_count(struct silt_buffer *out, uint64_t count, const char *one, const char *many);

/*
 * "1 image that --image or --platform did not choose; 2 findings that --only or --skip did not ask for". Nothing if nothing
 * was left out.
 */
void silt_phrase_left_out(struct silt_buffer *out, const struct silt_coverage *coverage);

/* "512 B", "77.8 MB": decimal, as container tools count. */
void silt_phrase_size(struct silt_buffer *out, uint64_t bytes);

/* Printable text in which no line is broken. */
void silt_phrase_unbroken(struct silt_buffer *out, const char *text);

/* Printable text, at most `max` columns of it, with "..." at the end if it was cut; never inside an escape. */
void silt_phrase_cut(struct silt_buffer *out, const char *text, size_t max);

/* The same with "..." in front of what is left, which is the end of the text. */
void silt_phrase_cut_front(struct silt_buffer *out, const char *text, size_t max);

/*
 * A build instruction, cut as above. Runs of 32 or more hex digits, such as the digests in "COPY file:6a87... in /etc/",
 * are shown by their first 12 and "..", so that there is room for what stands behind them.
 */
void silt_phrase_instruction(struct silt_buffer *out, const char *instruction, size_t max);

/* The first 12 digits of "sha256:...", by which people know it. */
void silt_phrase_digest(struct silt_buffer *out, const char *digest);

/* How a person calls an image: its first name, or its short config digest; "the image" if it has neither. */
void silt_phrase_image(struct silt_buffer *out, const struct silt_image *image);

/* The same for one of several: with its platform, if another one has the same name. */
void silt_phrase_image_of(struct silt_buffer *out, const struct silt_image *images, size_t count, size_t which);

/* The mark that colours a severity. */
const char *silt_phrase_severity_mark(enum silt_severity severity);

#endif
