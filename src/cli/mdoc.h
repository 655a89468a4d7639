/*
 * Writing mdoc(7), the language of man pages.
 *
 * A line that begins with "." is a macro and its words may be macros too, so text of the tables is written on lines of its
 * own, one sentence to a line, where only "\" and a leading "." or "'" have a meaning.
 */
#ifndef SILT_CLI_MDOC_H
#define SILT_CLI_MDOC_H

#include "cli/commands.h"

#include <stdio.h>

/* The page's name, in lower case, and what it is about. */
void cli_mdoc_title(FILE *out, const char *name, const char *summary);

/* Text, one sentence to a line: the formatter then knows where sentences end. */
void cli_mdoc_sentences(FILE *out, const char *text);

/* "[OPTIONS] show NAME... | list", word by word. */
void cli_mdoc_operands(FILE *out, const char *operands);

/* A list of the options of a command. */
void cli_mdoc_options(FILE *out, const struct cli_command *command);

/* Its examples, each behind its purpose as a sentence. */
void cli_mdoc_examples(FILE *out, const struct cli_command *command);

#endif
