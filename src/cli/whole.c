/* Reading into memory that grows. */
#include "cli/whole.h"

#include "cli/message.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_ROOM = 64 * 1024 };

enum silt_status cli_whole_read(int fd, size_t most, const char *what, char **text, size_t *size,
				struct silt_error *err)
{
	size_t room = 0;
	for (ssize_t got = 1; got != 0; *size += got > 0 ? (size_t)got : 0) {
		if (*size == room) {
			room = room > 0 ? 2 * room : FIRST_ROOM;
			char *more = room <= 2 * most ? realloc(*text, room) : NULL;
			if (more == NULL && room <= 2 * most) {
				return cli_fail(err, SILT_ERR_MEMORY, "memory ran out.");
			}
			if (more == NULL) {
				return cli_fail(err, SILT_ERR_INPUT, "expected %s of at most %zu MiB", what,
						most >> 20);
			}
			*text = more;
		}
		got = read(fd, *text + *size, room - *size);
		if (got < 0 && errno == EAGAIN) { /* a named pipe that nobody writes to yet */
			(void)poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, -1);
		} else if (got < 0 && errno != EINTR) {
			return cli_fail(err, SILT_ERR_IO, "cannot read it: %s", strerror(errno));
		}
	}
	return SILT_OK;
}
