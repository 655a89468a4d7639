/* Pipes give and take what they like: all of it is written and read here. */
#include "cli/wire.h"

#include <errno.h>
#include <unistd.h>

bool cli_wire_write(int fd, const void *bytes, size_t size)
{
	for (const char *next = bytes; size > 0;) {
		const ssize_t written = write(fd, next, size);
		if (written < 0 && errno != EINTR) {
			return false;
		}
		next += written > 0 ? written : 0;
		size -= written > 0 ? (size_t)written : 0;
	}
	return true;
}

bool cli_wire_begin(int fd, uint32_t kind, size_t length)
{
	const struct cli_wire_head head = {.kind = kind, .length = (uint32_t)length};
	return cli_wire_write(fd, &head, sizeof(head));
}

bool cli_wire_read(int fd, void *bytes, size_t size)
{
	for (char *next = bytes; size > 0;) {
		const ssize_t got = read(fd, next, size);
		if (got < 0 && errno != EINTR) {
			return false;
		}
		if (got == 0) {
			errno = 0;
			return false;
		}
		next += got > 0 ? got : 0;
		size -= got > 0 ? (size_t)got : 0;
	}
	return true;
}
