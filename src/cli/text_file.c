/* Reading a file into memory, piece by piece: it may be a pipe. */
#include "cli/text_file.h"

#include "cli/message.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64 * 1024 };

/* True if a signal came before the end, which is no error. */
static bool was_interrupted(FILE *file)
{
	const bool interrupted = ferror(file) != 0 && errno == EINTR;
	if (interrupted) {
		clearerr(file);
	}
	return interrupted;
}

/* False if memory ran out. */
static bool read_all(FILE *file, size_t most, struct cli_text_file *out)
{
	size_t room = 0, got = 0;
	do {
		room = room == 0 ? FIRST_ROOM : 2 * room;
		room = room < most ? room : most;
		char *more = realloc(out->text, room);
		if (more == NULL) {
			return false;
		}
		out->text = more;
		got = fread(out->text + out->size, 1, room - out->size, file);
		out->size += got;
	} while (was_interrupted(file) || (got > 0 && out->size == room && room < most));
	return true;
}

enum silt_status cli_text_file_read(const char *path, size_t most, struct cli_text_file *out, struct silt_error *err)
{
	struct cli_text_file read = {.path = path};
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		return cli_fail(err, SILT_ERR_IO, "%s: %s", cli_printable(path).text, strerror(errno));
	}
	const bool enough = read_all(file, most, &read);
	const bool failed = ferror(file) != 0;
	const int why = errno;
	(void)fclose(file);
	if (enough && !failed) {
		*out = read;
		return SILT_OK;
	}
	cli_text_file_done(&read);
	return enough ? cli_fail(err, SILT_ERR_IO, "%s: %s", cli_printable(path).text, strerror(why))
		      : cli_fail(err, SILT_ERR_MEMORY, "memory ran out.");
}

void cli_text_file_done(struct cli_text_file *file)
{
	free(file->text);
	file->text = NULL;
}
