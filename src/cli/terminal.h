/* What is known of the terminal, if there is one. */
#ifndef SILT_CLI_TERMINAL_H
#define SILT_CLI_TERMINAL_H

#include <stdbool.h>

/* True if `fd` is a terminal that understands cursor movement (TERM is not "dumb"). */
bool cli_terminal_is_smart(int fd);

/* Columns of the terminal, or 0 if `fd` is none or does not tell. */
unsigned cli_terminal_columns(int fd);

/* NO_COLOR is set and not empty: see no-color.org. */
bool cli_terminal_wants_no_colour(void);

#endif
