/* Text in lines that fit a screen. */
#ifndef SILT_CLI_WRAP_H
#define SILT_CLI_WRAP_H

#include <stddef.h>
#include <stdio.h>

/*
 * Writes the words of `text`, which single spaces separate, in lines of less than `columns`, each but the first behind
 * `indent` spaces; `column` is where the first one begins. Ends with a newline. A word that does not fit runs over.
 */
void cli_wrap(FILE *out, const char *text, size_t column, size_t indent, size_t columns);

#endif
