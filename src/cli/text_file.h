/* Files that a person wrote for silt, read whole before anything of an image is. */
#ifndef SILT_CLI_TEXT_FILE_H
#define SILT_CLI_TEXT_FILE_H

#include "silt/error.h"

#include <stddef.h>

struct cli_text_file {
	const char *path; /* borrows */
	char *text;       /* owns */
	size_t size;
};

/*
 * Reads at most `most` bytes: who asks gives more than such a file can have, so that the library says what is wrong with
 * so long a one. SILT_ERR_IO, SILT_ERR_MEMORY.
 */
enum silt_status cli_text_file_read(const char *path, size_t most, struct cli_text_file *out, struct silt_error *err);
void cli_text_file_done(struct cli_text_file *file);

#endif
