/*
 * How the library says that it could not go on.
 *
 * Three kinds of trouble are kept apart. Damage in the input is data: it becomes a finding or a line of the coverage
 * account, and the scan goes on. Trouble that stops the work (memory, I/O, an option that makes no sense) is a status
 * with a `struct silt_error`. A bug of ours is an assertion that stays on in release builds.
 */
#ifndef SILT_ERROR_H
#define SILT_ERROR_H

#include "silt/export.h"

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum silt_status {
	SILT_OK = 0,
	SILT_ERR_USAGE,    /* an argument or option makes no sense */
	SILT_ERR_INPUT,    /* the input is not a container image file, or cannot be read as one */
	SILT_ERR_IO,       /* the operating system refused: open, read, write */
	SILT_ERR_MEMORY,   /* no memory */
	SILT_ERR_STOPPED,  /* a callback asked to stop */
	SILT_ERR_INTERNAL, /* a library gave an answer it must not give */
	SILT_ERR_UNPROVEN, /* a signature, a password or a seal does not hold */
};

/* Longest text of an error, with its final NUL. Longer texts are cut at a character border. */
#define SILT_ERROR_TEXT_MAX 512

/*
 * One error. The caller owns it by value and starts with `{0}`; the first error set wins, later ones are dropped.
 * `text` is one printable sentence (hostile bytes are escaped in it): what was expected, what was found, where.
 */
struct silt_error {
	enum silt_status status;
	char text[SILT_ERROR_TEXT_MAX];
};

/* A short, fixed, lower-case name of a status, such as "input". Never NULL. */
SILT_API const char *silt_status_name(enum silt_status status);

#ifdef __cplusplus
}
#endif

#endif
