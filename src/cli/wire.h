/*
 * Messages through a pipe of one machine, so in its byte order.
 *
 *   0        4        8
 *   +--------+--------+--------------+
 *   | kind   | length | length bytes |
 *   +--------+--------+--------------+
 */
#ifndef SILT_CLI_WIRE_H
#define SILT_CLI_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cli_wire_head {
	uint32_t kind, length;
};

/* Writes all bytes. False, with errno, if that failed. */
bool cli_wire_write(int fd, const void *bytes, size_t size);

/* Writes the head of a message. */
bool cli_wire_begin(int fd, uint32_t kind, size_t length);

/* Reads exactly so many bytes. False if the pipe failed (errno), or ended before (errno 0). */
bool cli_wire_read(int fd, void *bytes, size_t size);

#endif
