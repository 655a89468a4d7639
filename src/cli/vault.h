/*
 * A folder that files of an image are written into, and nothing outside of it.
 *
 * The names come from a process that reads hostile bytes, and are not believed: they are taken apart, each component is
 * opened by itself below the one before it, without following a link (openat2 with RESOLVE_BENEATH, RESOLVE_NO_SYMLINKS,
 * RESOLVE_NO_MAGICLINKS; openat with O_NOFOLLOW where the kernel has no openat2), and a file is only ever made anew.
 * Folders have mode 0700, files 0600: no setuid bit, no owner, no link and no device of the image comes to the host.
 */
#ifndef SILT_CLI_VAULT_H
#define SILT_CLI_VAULT_H

#include "silt/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is asked of it: the messages of the process that reads. */
enum cli_vault_message {
	CLI_VAULT_BEGIN = 32, /* a file: its name, "a/b/c" */
	CLI_VAULT_DATA,       /* its next bytes */
	CLI_VAULT_HOLE,       /* its next bytes are zeros: how many, a uint64_t */
	CLI_VAULT_END,        /* it is whole */
	CLI_VAULT_LAST = CLI_VAULT_END,
};

enum {
	CLI_VAULT_NAME_MAX = 64 * 1024,
	CLI_VAULT_COMPONENT_SIZE = 272, /* the longest component, a number behind it, a NUL */
};

/*
 * A file that is called as the one before it with this behind is written beside that, whatever number that one got. Others
 * with this ending are records of what is no file: their number stands in front of it.
 */
#define CLI_VAULT_RECORD ".silt.json"

struct cli_vault {
	int folder;       /* owns; -1: not open */
	bool made;        /* it was not there before */
	const char *path; /* of the folder; borrows */

	/* Of the file that is being written. */
	int file;                            /* owns; -1: there is none */
	int parent;                          /* owns; the folder that it is in */
	char name[CLI_VAULT_COMPONENT_SIZE]; /* in that; kept for its record */
	char *asked;                         /* owns; the whole name that was asked for; kept; NULL: none was */
	char shown[128];                     /* what it is called in messages */
	uint64_t written;

	struct silt_error err; /* the first failure; from then on everything is refused */
};

/* Opens `path` (borrowed), an empty folder, or makes it (mode 0700). SILT_ERR_USAGE: it is not empty; SILT_ERR_IO. */
enum silt_status cli_vault_open(const char *path, struct cli_vault *out, struct silt_error *err);

/* Takes a message. False from the first failure on, which is in `err`; the file that it met is removed. */
bool cli_vault_take(struct cli_vault *vault, unsigned kind, const void *bytes, size_t size);

/* Closes it. A file that was not ended is removed; the folder, too, if it was made here and nothing is in it. */
void cli_vault_close(struct cli_vault *vault);

#endif
