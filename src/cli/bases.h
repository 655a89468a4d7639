/* Base images, as an option names them. */
#ifndef SILT_CLI_BASES_H
#define SILT_CLI_BASES_H

#include "silt/audit.h"

/* Zeroed: none. */
struct cli_bases {
	struct silt_base *items; /* owns, with the texts in them */
	size_t count;
};

/*
 * Reads the argument of --base or --allowed-bases (`option`):
 *
 *     sha256:...,sha256:...     the diff IDs of one base, lowest layer first
 *     a text file               one base a line, written so, after "NAME " if it has a name; '#' begins a comment
 *     an image file or folder   a base for each image in it
 *
 * NULL: none. SILT_ERR_USAGE for what is none of these; otherwise what reading the file gave.
 */
enum silt_status cli_bases_read(struct cli_bases *bases, const char *option, const char *argument,
				struct silt_error *err);
void cli_bases_done(struct cli_bases *bases);

#endif
