/* Base images, as an option names them. */
#ifndef SILT_CLI_BASES_H
#define SILT_CLI_BASES_H

#include "cli/input.h"
#include "silt/audit.h"

/* Zeroed: none. */
struct cli_bases {
	struct silt_base *items; /* owns, with the texts in them */
	size_t count;
	const char *option;     /* "base"; NULL: there is nothing to read yet */
	struct cli_input image; /* owns; if `option` is set */
};

/*
 * Takes the argument of --base or --allowed-bases (`option`):
 *
 *     sha256:...,sha256:...     the diff IDs of one base, lowest layer first
 *     a text file               one base a line, written so, after "NAME " if it has a name; '#' begins a comment
 *     an image file or folder   a base for each image in it
 *
 * NULL: none. SILT_ERR_USAGE for what is none of these; otherwise what opening or reading the file gave.
 * An image is opened only.
 */
enum silt_status cli_bases_take(struct cli_bases *bases, const char *option, const char *argument,
				struct silt_error *err);

/* Reads the image, if there is one, as confined as any other input, within the same limits and by the same cache. */
enum silt_status cli_bases_read(struct cli_bases *bases, const struct cli_limits *limits,
				const struct silt_cache_access *cache, struct silt_error *err);
void cli_bases_done(struct cli_bases *bases);

#endif
