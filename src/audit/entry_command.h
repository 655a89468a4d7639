/* The command string of a shell, as far as text tells what it runs. */
#ifndef SILT_AUDIT_ENTRY_COMMAND_H
#define SILT_AUDIT_ENTRY_COMMAND_H

#include "audit/entry_words.h"

/*
 * The program that the string is there to run: what it executes with `exec`, else its first one that is not built into
 * shells. `certain` if it is the first, and nothing but settings comes before it. Words are copied to `arena`;
 * SILT_ERR_MEMORY is the only failure.
 */
enum silt_status silt_command_start(struct silt_bytes command, struct silt_arena *arena, struct silt_started *out,
				    struct silt_error *err);

/* True if the string executes a program in the process of its shell. */
bool silt_command_executes(struct silt_bytes command);

#endif
