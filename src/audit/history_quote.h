/*
 * Commands of a history as text of findings: short, escaped, and without what may be a secret.
 */
#ifndef SILT_AUDIT_HISTORY_QUOTE_H
#define SILT_AUDIT_HISTORY_QUOTE_H

#include "audit/history.h"

enum { SILT_QUOTE_MAX = 120 };

/*
 * Adds words `first` up to, and without, `last` with one blank between: values of options that may be secrets and of
 * variables so called, what stands before the @ of an address and behind its ? become "***", as do the values that the
 * redactor of the build knows. Not escaped.
 */
void silt_quote_words(const struct silt_build *build, const struct silt_command *command, size_t first, size_t last,
		      struct silt_buffer *out);

/* All words of a command but its assignments, escaped and cut. NULL if memory ran out. */
const char *silt_quote_command(const struct silt_build *build, const struct silt_command *command,
			       struct silt_arena *arena);

/* The same of a line that is no RUN: its words are what blanks divide. */
const char *silt_quote_line(const struct silt_build *build, struct silt_bytes line, struct silt_arena *arena);

/* What was quoted by hand: escaped, cut. Ends `quoted`. NULL if memory ran out. */
const char *silt_quote_text(struct silt_buffer *quoted, struct silt_arena *arena);

#endif
