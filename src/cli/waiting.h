/*
 * Reading an input that may keep one waiting: a pipe, a socket, a terminal.
 *
 * Whoever feeds it may have died without closing it. After so many seconds without a byte the input counts as ended
 * there: a sentence says so, what came is audited, and the result is incomplete.
 */
#ifndef SILT_CLI_WAITING_H
#define SILT_CLI_WAITING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cli_waiting {
	int fd;           /* borrows */
	const char *word; /* what the input is called; borrows */
	uint64_t seconds;
	bool gave_up;
};

/* The callback for silt_bundle_open_read; `ctx` is a struct cli_waiting. */
int64_t cli_waiting_read(void *ctx, void *buffer, size_t size);

#endif
