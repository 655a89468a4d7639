/*
 * Sentences that are written twice, plain and as Markdown, for programs that show them to people (SARIF, GitLab).
 *
 * Nothing of an image is markup in either: in Markdown, names are code spans, and other text has its punctuation
 * escaped; plain text has no "](", which SARIF takes for the middle of a link.
 */
#ifndef SILT_REPORT_PROSE_H
#define SILT_REPORT_PROSE_H

#include "base/buffer.h"

struct silt_prose {
	struct silt_buffer out; /* owns */
	bool markdown;
};

/* Words of ours, without a character that means something in Markdown. */
void silt_prose_words(struct silt_prose *prose, const char *words);

/* Printable text that may hold anything, as part of a sentence. */
void silt_prose_text(struct silt_prose *prose, const char *text);

/* A name of something, quoted; cut at `max` columns. */
void silt_prose_name(struct silt_prose *prose, const char *name, size_t max);

/* "[2](1)": text that leads to the related location of that number, in SARIF. */
void silt_prose_link(struct silt_prose *prose, size_t text, size_t location);

/* Ends the sentence, unless it has ended. */
void silt_prose_stop(struct silt_prose *prose);

#endif
