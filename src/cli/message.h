/*
 * What the program says on standard error, and the errors it makes itself.
 *
 * Texts of the library are printable already. Words of the command line are not: a file name can hold an escape
 * sequence, so they pass through cli_printable first.
 */
#ifndef SILT_CLI_MESSAGE_H
#define SILT_CLI_MESSAGE_H

#include "silt/error.h"

/* Room for a word of the command line in a message. */
#define CLI_PRINTABLE_MAX 160

struct cli_printable {
	char text[CLI_PRINTABLE_MAX];
};

/* `word` in printable ASCII: every other byte as `\xNN`, the backslash as `\\`, cut with "..." if it is long. */
struct cli_printable cli_printable(const char *word);

/* Sets `err`, unless an error is set already, and returns `status`. */
enum silt_status cli_fail(struct silt_error *err, enum silt_status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* "silt: TEXT" and a newline, in one write. A failure to say it is not reported: there is nowhere to say it. */
void cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
