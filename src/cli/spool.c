/* A nameless temporary file. */
#include "cli/spool.h"

#include "cli/message.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* File systems without O_TMPFILE (overlayfs of old kernels, NFS) get a name that is removed at once. */
static int open_named(const char *folder)
{
	enum { PATH_SIZE = 4096 };
	char path[PATH_SIZE];
	const int len = snprintf(path, sizeof(path), "%s/silt-XXXXXX", folder);
	if (len < 0 || len >= PATH_SIZE) {
		errno = ENAMETOOLONG;
		return -1;
	}
	const int fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0) {
		(void)unlink(path);
	}
	return fd;
}

enum silt_status cli_spool_open(int *out, struct silt_error *err)
{
	const char *named = getenv("TMPDIR");
	const char *folder = named != NULL && *named != '\0' ? named : "/tmp";
	*out = open(folder, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
	if (*out < 0) {
		*out = open_named(folder);
	}
	return *out >= 0 ? SILT_OK
			 : cli_fail(err, SILT_ERR_IO,
				    "a pipe is read twice, and nothing can be kept of it in %s: %s; TMPDIR may name "
				    "another folder.",
				    cli_printable(folder).text, strerror(errno));
}

void cli_spool_close(int fd)
{
	if (fd >= 0) {
		(void)close(fd);
	}
}
