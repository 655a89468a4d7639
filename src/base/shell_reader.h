/* The parts of the reader of shell scripts: bytes and words, of which shell_commands.c makes commands. */
#ifndef SILT_BASE_SHELL_READER_H
#define SILT_BASE_SHELL_READER_H

#include "base/shell_words.h"

/* Byte `at` of what is left of the script, or -1. */
static inline int silt_shell_peek(const struct silt_shell *shell, size_t at)
{
	return at < shell->rest.len ? shell->rest.ptr[at] : -1;
}

/* Takes `len` bytes off the script. */
void silt_shell_skip(struct silt_shell *shell, size_t len);

/* Takes the word that the script goes on with. It may be empty: nothing is taken then, unless QUOTED is set. */
struct silt_shell_word silt_shell_read_word(struct silt_shell *shell);

/*
 * How long a nested part is: `text` begins with "$(", "${", "<(", ">(" or "(", and `quoted` says that double quotes are
 * around it. 0: it does not end, or is nested too deep to tell.
 */
size_t silt_shell_nested_length(struct silt_bytes text, bool quoted);

#endif
