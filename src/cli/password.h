/* Passwords: from a file, or asked for on the terminal. Never from a variable or an argument, which others can see. */
#ifndef SILT_CLI_PASSWORD_H
#define SILT_CLI_PASSWORD_H

#include "cli/parse.h"
#include "silt/proof.h"

#include <stdbool.h>

/* To be wiped with cli_password_done. */
struct cli_password {
	char text[SILT_PASSWORD_MAX + 2]; /* and what ends a line */
	size_t size;
};

/*
 * Takes it from --password-file ("-": standard input), without the newline at its end, or asks for it on the terminal
 * without showing it; if it is a new one, twice. `of` is the key file, for the question. SILT_ERR_USAGE: it is empty, too
 * long, not the same twice, or there is no terminal; SILT_ERR_IO.
 */
enum silt_status cli_password_take(const struct cli_arguments *arguments, const char *of, bool new,
				   struct cli_password *out, struct silt_error *err);
void cli_password_done(struct cli_password *password);

#endif
